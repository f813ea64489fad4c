"""The empty sheet of people, with drop-downs of what the person who fills it may choose."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from students.staff.sheet import HEADINGS, MAX_ROWS, MUST

SHEET, LISTS = "人员", "选项"
_HINTS = {
    "login": "工号或本人手机号，4至40位，一人一号。",
    "role": "从下拉列表中选择。",
    "unit": "学校名称或标识码、村（居）委会名称。只有一个单位时可以不填。",
    "class_name": "班主任所带班级，如：七年级2班。不带班的不填。",
    "starts_on": "8位数字，如20260901。不填为登记当天。",
}


def staff_template(roles: Sequence[str], units: Sequence[str], classes: Sequence[str]) -> bytes:
    """The sheet as a workbook; the lists stand on a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    choices = {"role": roles, "unit": units, "class_name": classes}
    for position, (field, titles) in enumerate(HEADINGS.items(), start=1):
        _head(sheet, position, field, titles[0])
        if choices.get(field):
            _drop_down(sheet, lists, position, choices[field])
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _head(sheet: Any, position: int, field: str, title: str) -> None:
    cell = sheet.cell(1, position, f"{title}★" if field in MUST else title)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    if field in MUST:
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
    if hint := _HINTS.get(field):
        cell.comment = Comment(hint, "填写说明")
    letter = get_column_letter(position)
    sheet.column_dimensions[letter].width = 26 if field == "unit" else 16
    sheet.column_dimensions[letter].number_format = "@"  # a telephone number stays whole


def _drop_down(sheet: Any, lists: Any, position: int, choices: Sequence[str]) -> None:
    letter = get_column_letter(position)
    for line, choice in enumerate(choices, start=1):
        lists.cell(line, position, choice)
    rule = DataValidation(
        type="list",
        formula1=f"'{LISTS}'!${letter}$1:${letter}${len(choices)}",
        allow_blank=True,
        showErrorMessage=False,  # a code is as good as a name
    )
    rule.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
    sheet.add_data_validation(rule)
