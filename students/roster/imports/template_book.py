"""The registry's 71-column sheet as a workbook: the empty template, and one filled with rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from students.roster.imports.cells import (
    Parser,
    id_number,
    month,
    name,
    phone,
    region,
    school_code,
)
from students.roster.imports.cells import day as day_of
from students.roster.rules.columns import COLUMNS, Column

SHEET = "学生信息"
LISTS = "代码表"
LAST_ROW = 3_000  # of the drop-downs and text cells of the empty template
TEXT = "@"

_HINTS: Mapping[Parser, str] = {
    id_number: "文本格式，18位，末位X大写。不要让单元格变成数字，否则末几位会丢失。",
    day_of: "8位数字，如20110101。",
    month: "6位数字，如202409。",
    region: "12位行政区划代码。",
    school_code: "10位学校标识码。",
    phone: "7至15位数字。",
    name: "",
}
_HEAD = Font(bold=True)
_NEEDED = PatternFill("solid", fgColor="FFF2CC")
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def registry_workbook(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A sheet as the registry's template holds it; a row is heading (without ★) → value.

    Every cell is text, as in the template; dates become 8 digits. Unknown headings raise KeyError.
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
    return _bytes(book)


def template_workbook() -> bytes:
    """The empty template: ★ headings, text columns, drop-downs, hints; the lists stand hidden."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for position, column in enumerate(COLUMNS, start=1):
        _head(sheet, position, column)
        if column.choices:
            _drop_down(sheet, lists, position, column.choices)
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 32
    return _bytes(book)


def _text_cell(sheet: Any, value: Any) -> Any:
    if value is None or value == "":
        return None
    text = f"{value:%Y%m%d}" if isinstance(value, date) else str(value)
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # a name that begins with = is a name
    cell.number_format = TEXT
    return cell


def _head(sheet: Any, position: int, column: Column) -> None:
    cell = sheet.cell(1, position, column.title)
    cell.font, cell.border = _HEAD, _BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if column.star:
        cell.fill = _NEEDED
    if hint := _HINTS.get(column.parse, "") if column.field else "":
        cell.comment = Comment(hint, "填写说明")
    letter = get_column_letter(position)
    sheet.column_dimensions[letter].width = 22 if column.parse is id_number else 14
    # The whole column is text, so that Excel leaves long numbers alone.
    sheet.column_dimensions[letter].number_format = TEXT


def _drop_down(sheet: Any, lists: Any, position: int, choices: Sequence[str]) -> None:
    letter = get_column_letter(position)
    for line, choice in enumerate(choices, start=1):
        lists.cell(line, position, choice)
    rule = DataValidation(
        type="list",
        formula1=f"'{LISTS}'!${letter}$1:${letter}${len(choices)}",
        allow_blank=True,
        showErrorMessage=False,  # a code is as good as its name
    )
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _bytes(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()
