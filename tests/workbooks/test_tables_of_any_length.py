"""Tables with no row, one row, unknown counts: 合计 and rates agree with the rows."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from foundation.workbooks.definition import NOTHING, Leaf, ValueKind, count
from foundation.workbooks.table import table_page
from foundation.workbooks.writing import write_book

COLUMNS = (
    Leaf("name", "学校", ValueKind.TEXT, 20),
    count("due", "应点"),
    count("called", "已点"),
    Leaf("rate", "提交率", ValueKind.RATE, 9, numerator=("called",), base=("due",)),
)
TOP = ("统计表", "2025年11月", ("填报单位：某县", "单位：班次", "截至：今天"))


def cells_below_the_head(rows: list[dict[str, Any]], *, results: bool) -> list[tuple[Any, ...]]:
    content = write_book([table_page("表", TOP, COLUMNS, rows)], "2025-11-12")
    sheet = load_workbook(BytesIO(content), data_only=results).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=5)]


def school(name: str, due: int | str, called: int | str) -> dict[str, Any]:
    return {"name": name, "due": due, "called": called}


def test_a_table_without_rows_says_so_and_has_no_total():
    assert cells_below_the_head([], results=True) == [("无", None, None, None)]


def test_the_total_is_a_formula_stored_with_its_result():
    rows = [school("甲校", 4, 3), school("乙校", 6, 6)]
    *_, total = cells_below_the_head(rows, results=False)
    assert total == ("合计", "=SUM(B5:B6)", "=SUM(C5:C6)", '=IF(B7=0,"—",(C7)/(B7))')
    assert cells_below_the_head(rows, results=True)[-1] == ("合计", 10, 9, 0.9)


def test_a_count_that_nobody_knows_adds_nothing():
    rows = [school("甲校", 4, NOTHING), school("乙校", 0, 0)]
    assert cells_below_the_head(rows, results=True) == [
        ("甲校", 4, "—", 0),
        ("乙校", 0, 0, "—"),
        ("合计", 4, 0, 0),
    ]
