"""The registry's 71-column sheet as a workbook: an empty template, or filled with rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from foundation.workbooks.blank import BlankColumn, blank_book
from foundation.workbooks.page import TEXT, CellLook, box, bytes_of, middle, put
from students.roster.rules.columns import COLUMNS
from students.roster.rules.roster_column import CellKind, RosterColumn

SHEET = "学生信息"
LISTS = "代码表"
LAST_ROW = 3_000  # the drop-downs and text cells of the empty template end here

_HINTS: Mapping[CellKind, str] = {
    CellKind.ID_NUMBER: "文本格式，18位，末位X大写。不要让单元格变成数字，否则末几位会丢失。",
    CellKind.DAY: "8位数字，如20110101。",
    CellKind.MONTH: "6位数字，如202409。",
    CellKind.REGION: "12位行政区划代码。",
    CellKind.SCHOOL_CODE: "10位学校标识码。",
    CellKind.PHONE: "7至15位数字。",
}
_HEAD = CellLook(Font(bold=True), middle(), box("BFBFBF"))
_AS_TEXT = CellLook(number_format=TEXT)


def registry_workbook(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Build a sheet like the registry's template; a row is heading (without ★) → value.

    Every cell is text, as in the template; dates become 8 digits. An unknown heading raises
    KeyError.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append([column.title for column in COLUMNS])
    positions = {column.heading: position for position, column in enumerate(COLUMNS)}
    for row in rows:
        line: list[Any] = [None] * len(COLUMNS)
        for heading, value in row.items():
            line[positions[heading]] = _text_cell(sheet, value)
        sheet.append(line)
    return bytes_of(book)


def template_workbook() -> bytes:
    """Build the empty template: ★ headings, text columns, drop-downs, hints; the lists are
    hidden."""
    book = blank_book(SHEET, LISTS, _HEAD, map(_blank, COLUMNS), LAST_ROW)
    sheet = book.active
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 32
    return bytes_of(book)


def _text_cell(sheet: Any, value: Any) -> Any:
    if value is None or value == "":
        return None
    text = f"{value:%Y%m%d}" if isinstance(value, date) else str(value)
    return put(WriteOnlyCell(sheet), text, _AS_TEXT)


def _blank(column: RosterColumn) -> BlankColumn:
    return BlankColumn(
        column.title,
        column.star,
        22 if column.kind is CellKind.ID_NUMBER else 14,
        column.choices,
        _HINTS.get(column.kind, "") if column.field else "",
    )
