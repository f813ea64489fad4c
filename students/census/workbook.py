"""The register of notices as a workbook (B15): every cell text, never a formula (S44)."""

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from foundation.workbooks.listing import lines_in
from students.census.models import Notice

COLUMNS = (
    ("编号", 24),
    ("儿童姓名", 10),
    ("性别", 6),
    ("出生日期", 12),
    ("身份证件号", 21),
    ("监护人", 10),
    ("户籍村（居）", 15),
    ("报到学校", 15),
    ("报到时间", 13),
    ("签发日期", 12),
    ("发放日期", 12),
    ("领取人", 10),
    ("报到日期", 12),
    ("备注", 12),
)
_FONT = "宋体"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
A4 = 9
_INCH = 2.54


def register_workbook(
    rows: Iterable[Notice], year: int, unit: str, today: date, name_of: Callable[[str], str]
) -> bytes:
    """Title, unit and day, the table, and room for signatures; A4 across."""
    book = Workbook()
    sheet = book.active
    sheet.title = "通知书登记册"
    width = len(COLUMNS)
    _across(
        sheet, 1, width, f"{year}年义务教育入学通知书登记册", Font(name=_FONT, size=18, bold=True)
    )
    _across(
        sheet, 2, width, f"单位：{unit}　　日期：{today:%Y年%-m月%-d日}", Font(name=_FONT, size=11)
    )
    for position, (heading, wide) in enumerate(COLUMNS, start=1):
        _put(sheet, 3, position, heading, bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = wide
    sheet.row_dimensions[3].height = 28
    last = 3
    for last, notice in enumerate(rows, start=4):
        values = _cells(notice, name_of)
        for position, value in enumerate(values, start=1):
            _put(sheet, last, position, value)
        lines = max(
            lines_in(words, wide - 1) for words, (_, wide) in zip(values, COLUMNS, strict=True)
        )
        sheet.row_dimensions[last].height = 8 + 15 * lines
    _across(
        sheet,
        last + 2,
        width,
        "填表人：　　　　　　审核人：　　　　　　单位负责人：　　　　　　（公章）",
        Font(name=_FONT),
    )
    _set_paper(sheet)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def _cells(notice: Notice, name_of: Callable[[str], str]) -> tuple[str, ...]:
    entrant = notice.entrant
    child = entrant.child
    guardian = next((g.name for g in child.guardians.all()), "")
    came = next((c.day for c in entrant.checkins.all() if c.undone_on is None), None)
    return (
        notice.number,
        name_of(child.name),
        child.sex_label,
        _day(child.born_on),
        child.masked_id,
        name_of(guardian) if guardian else "",
        str(entrant.village or ""),
        str(entrant.school.unit),
        f"{notice.register_on:%Y-%m-%d} {notice.register_hours}".strip(),
        _day(notice.issued_on),
        _day(notice.served_on),
        notice.received_by,
        _day(came),
        f"作废：{notice.cancel_reason}" if notice.cancelled_on else "",
    )


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _put(sheet: Any, row: int, column: int, text: str, bold: bool = False) -> None:
    """Text stays text: openpyxl makes a formula of anything that begins with = (S44)."""
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type, cell.number_format = "s", "@"
    cell.font, cell.border, cell.alignment = Font(name=_FONT, size=11, bold=bold), _BOX, _MIDDLE


def _across(sheet: Any, row: int, width: int, text: str, font: Font) -> None:
    cell = sheet.cell(row, 1)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type, cell.font, cell.alignment = "s", font, _MIDDLE
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet.row_dimensions[row].height = 26


def _set_paper(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "3:3"
    sheet.freeze_panes = "C4"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 1.0 / _INCH
    margins.top, margins.bottom, margins.footer = 1.4 / _INCH, 1.6 / _INCH, 0.8 / _INCH
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
