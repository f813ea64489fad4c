"""No book fails on control characters: they are left out, wherever words of people stand."""

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from foundation.workbooks.definition import Branch, columns
from foundation.workbooks.listing import ListSheet, write_list
from foundation.workbooks.table import form_page, table_page
from foundation.workbooks.writing import write_book
from students.roster.changes.book import month_book
from students.roster.changes.figures import GradeRow
from students.roster.changes.months import MonthOfChanges
from students.roster.imports.books.error_book import (
    CHECK,
    ROW_NO,
    WHY,
    WrongRow,
    check_of,
    error_workbook,
)
from students.roster.imports.books.receipt_book import receipt_workbook
from students.roster.imports.books.template_book import registry_workbook
from students.roster.rules.columns import COLUMNS
from students.staff.template_book import staff_template

TYPED, KEPT = "=甲\x00\x0b\x1b乙", "=甲乙"


def sheets(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).worksheets


def texts(sheet: Any) -> list[Any]:
    """The cells that hold text, and no formula among them."""
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    return [cell.value for cell in cells]


def test_the_receipt_of_an_import():
    (sheet,) = sheets(receipt_workbook([(TYPED, TYPED)]))
    assert texts(sheet)[1:3] == [KEPT, KEPT]


def test_the_empty_sheet_of_people():
    """A unit's name may be anything: in the drop-down's list it is no formula either."""
    _, lists = sheets(staff_template([TYPED], [TYPED], [TYPED]))
    assert texts(lists) == [KEPT] * 3


def test_a_filled_sheet_of_the_registry():
    (sheet,) = sheets(registry_workbook([{"姓名": TYPED}]))
    assert texts(sheet)[len(COLUMNS) :] == [KEPT]


def test_the_error_workbook():
    """Its comments too, which tell what stood in the cell."""
    problem = {"column": "A", "message": TYPED}
    (sheet,) = sheets(error_workbook("key", [TYPED], [WrongRow(2, [TYPED], [problem])]))
    assert texts(sheet) == [KEPT, ROW_NO, WHY, CHECK, KEPT, "2", KEPT, check_of("key", 2)]
    assert sheet["A2"].comment.text == KEPT


def test_the_month_of_changes():
    month = MonthOfChanges(date(2025, 9, 1), date(2025, 9, 30), [GradeRow("合计")], [])
    figures, changes = sheets(month_book(TYPED, TYPED, month, [[TYPED, *"abcdef"]], (TYPED,)))
    assert texts(figures)[0] == KEPT
    assert "填报单位：=甲乙（盖章）" in texts(figures)
    words = texts(changes)
    assert words[0] == "=甲乙（异动名册）"
    at = words.index(KEPT)
    assert words[at : at + 7] == [KEPT, *"abcdef"]


def test_the_mark_at_the_foot_of_a_streamed_list():
    target = BytesIO()
    sheet = ListSheet("名单", TYPED, TYPED, TYPED, columns((TYPED, 12)), (TYPED,))
    write_list(target, sheet, [[TYPED]])
    (page,) = sheets(target.getvalue())
    assert texts(page) == [KEPT, KEPT, KEPT, "序号", KEPT, 1, KEPT, KEPT]
    assert page.oddFooter.left.text == KEPT


def test_a_table_and_a_form():
    """Wherever words stand: above, in the head, in a cell, as signature and as note."""
    top = (TYPED, TYPED, (TYPED, TYPED, TYPED))
    leaves = columns((TYPED, 9), (TYPED, 9), (TYPED, 9))
    row = {leaf.field: TYPED for leaf in leaves}
    pages = (
        table_page("表", top, [Branch(TYPED, leaves)], [row], (TYPED,), (TYPED, TYPED)),
        form_page("单", top, [[(TYPED, TYPED)]], (TYPED,), (TYPED,)),
    )
    table, form = sheets(write_book(pages, "2025-11-12"))
    assert texts(table) == [KEPT] * 13 + [f"注：1.{KEPT}", f"　　2.{KEPT}"]
    assert texts(form) == [KEPT] * 8 + [f"注：1.{KEPT}"]
