"""The empty sheet of people as a workbook, with drop-downs for posts, units and classes."""

from collections.abc import Sequence

from openpyxl.styles import Font

from foundation.workbooks.blank import BlankColumn, blank_book
from foundation.workbooks.page import CellLook, bytes_of, middle
from foundation.workbooks.paper import repeat_head, set_a4
from students.staff.sheet import HEADINGS, MAX_ROWS, MUST

SHEET, LISTS = "人员", "选项"
_HINTS = {
    "login": "工号或本人手机号，4至40位，一人一号。",
    "role": "从下拉列表中选择。",
    "unit": "学校名称或标识码、村（居）委会名称。只有一个单位时可以不填。",
    "class_name": "班主任所带班级，如：七年级2班。不带班的不填。",
    "starts_on": "8位数字，如20260901。不填为登记当天。",
}
_HEAD = CellLook(Font(bold=True), middle(wrap=False))


def staff_template(roles: Sequence[str], units: Sequence[str], classes: Sequence[str]) -> bytes:
    """Build the workbook; the lists stand on a hidden sheet."""
    choices = {"role": roles, "unit": units, "class_name": classes}
    columns = (_column(field, choices.get(field, ())) for field in HEADINGS)
    book = blank_book(SHEET, LISTS, _HEAD, columns, MAX_ROWS + 1)
    sheet = book.active
    set_a4(sheet)
    repeat_head(sheet, 1, 1, freeze="B")
    return bytes_of(book)


def _column(field: str, choices: Sequence[str]) -> BlankColumn:
    must = field in MUST
    return BlankColumn(
        f"{HEADINGS[field][0]}{'★' if must else ''}",
        must,
        26 if field == "unit" else 16,
        choices,
        _HINTS.get(field, ""),
    )
