"""Lays a return out sheet by sheet, for workbook and screen alike."""

from collections.abc import Mapping
from typing import Any

from foundation.workbooks.definition import SIGNATURES
from foundation.workbooks.layout import Page, Placing
from reporting.figures.months import ReturnMonth
from reporting.returns.sheets.definition import ReturnSheet
from reporting.returns.styles import DRESS


def lay_out(
    sheet: ReturnSheet, content: Mapping[str, Any], filed_on: str, *, sensitive: bool = False
) -> Page:
    """Lay out a return's rows as a sheet. ``sensitive`` shows causes that not everybody may see."""
    month = ReturnMonth.of(content["month"], content["as_of"])
    title = sheet.title.format(place=content["place"])
    gaps = content.get("gaps", ())
    warned = "，数据不完整，见注" if gaps else ""
    period = f"（{month.words}，统计时点{month.as_of_words}{warned}）"
    info = (f"填报单位：{content['unit']}（盖章）", f"单位：{sheet.unit}", f"填报时间：{filed_on}")
    top = ((title,), (period,), info)
    blocks, row = [], len(top) + 1
    for block in sheet.blocks:
        rows, given = content["blocks"][block.code], content["totals"]
        laid = Placing(block, DRESS, sheet.columns, rows, given, sensitive).lay(row)
        blocks.append(laid)
        row = laid.last_row + 2
    return Page(
        sheet.name,
        DRESS,
        sheet.columns,
        top,
        tuple(blocks),
        SIGNATURES if sheet.is_signed else (),
        (*(f"数据不完整：{words}" for words in gaps), *sheet.notes),
        sheet.freeze_columns,
        sheet.fits_one_page,
    )
