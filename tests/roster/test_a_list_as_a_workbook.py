"""A list as a workbook: an official head, A4 across, text that stays text, any number of rows."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import python_calamine

from foundation.workbooks.definition import columns
from foundation.workbooks.listing import ListSheet, write_list
from foundation.workbooks.measure import lines_in

SHEET = ListSheet(
    name="名单",
    title="学生名册",
    info="填报单位：东镇中学",
    mark="导出人：甲 & 乙　用途：核对",
    columns=columns(("姓名", 12), ("证件号", 22, True)),
    signatures=("负责人：", "填表人："),
)
FIRST = 5
PAYLOADS = [
    "=1+1",
    '=HYPERLINK("http://x","点击")',
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1",
    "-1",
    "\t=1",
    "%0A=1",
    "＝1＋1",
    "|x",
    "\u200b=1",
    "\ufeff=1",
    "  两端空格  ",
    "<b>&amp;</b>",
    "]]>",
    "530999201205060013",
    "0123",
    "1e5",
    "第一行\n第二行",
    "𠮷·买买提",
]


def written(rows: Iterable[Any], sheet: ListSheet = SHEET) -> tuple[int, Any]:
    target = BytesIO()
    count = write_list(target, sheet, rows)
    return count, openpyxl.load_workbook(BytesIO(target.getvalue()))["名单"]


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("七年级1班", 12, 1),
        ("一二三四五六", 12, 1),
        ("一二三四五六七", 12, 2),
        ("abcdefghijkl", 12, 1),
        ("abcdefghijklm", 12, 2),
        ("一\n二", 12, 2),
        ("", 12, 1),
    ],
)
def test_words_take_as_many_lines_as_their_column_is_narrow(words: str, width: int, lines: int):
    assert lines_in(words, width) == lines


def test_a_row_of_more_lines_is_higher_so_that_nothing_is_cut():
    _, page = written([("一", "x"), ("一二三四五六七八", "x")])
    low, high = (page.row_dimensions[FIRST + n].height for n in (0, 1))
    assert (low, high) == (20, 35)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_cell_of_data_is_text_and_never_a_formula(payload: str):
    _, page = written([(payload, "x")])
    cell = page.cell(FIRST, 2)
    assert (cell.value, cell.data_type) == (payload, "s")
    assert cell.number_format == "@"
    assert cell.hyperlink is None


@pytest.mark.parametrize("payload", PAYLOADS[:4])
def test_what_a_person_typed_into_the_head_is_no_formula_either(payload: str):
    sheet = ListSheet("名单", payload, payload, payload, SHEET.columns)
    _, page = written([("甲", "乙")], sheet)
    for row in (1, 2, 3):
        assert (page.cell(row, 1).value, page.cell(row, 1).data_type) == (payload, "s")


def test_what_excel_would_read_as_an_escaped_letter_is_escaped_itself():
    target = BytesIO()
    write_list(target, SHEET, [("_x0041_", "_x")])
    with zipfile.ZipFile(target) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert ">_x005F_x0041_<" in page
    assert ">_x<" in page


def test_characters_that_no_workbook_may_hold_are_left_out():
    _, page = written([("甲\x00\x0b乙", "一\r\n二")])
    assert page.cell(FIRST, 2).value == "甲乙"
    assert page.cell(FIRST, 3).value == "一\n二"


def test_the_rows_are_numbered_and_all_of_them_are_there():
    count, page = written((f"生{n}", str(n)) for n in range(1_001))
    assert count == 1_001
    assert page.cell(FIRST, 1).value == 1
    assert [page.cell(FIRST + 1_000, column).value for column in (1, 2, 3)] == [
        1001,
        "生1000",
        "1000",
    ]


def test_an_empty_list_is_a_whole_workbook_too():
    count, page = written([])
    assert count == 0
    assert page.cell(4, 2).value == "姓名"


def test_the_head_is_official_and_the_paper_a4_across():
    _, page = written([("甲", "乙")])
    assert [page.cell(row, 1).value for row in (1, 2, 3)] == [SHEET.title, SHEET.info, SHEET.mark]
    assert [cell.value for cell in page[4]] == ["序号", "姓名", "证件号"]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$4:$4"
    assert page.freeze_panes == "A5"
    assert page.oddFooter.right.text == "第 &P 页，共 &N 页"
    assert "用途：核对" in page.oddFooter.left.text
    assert "A1:C1" in {str(merged) for merged in page.merged_cells.ranges}


def test_signatures_stand_under_the_last_row():
    _, page = written([("甲", "乙")])
    assert [page.cell(FIRST + 1, column).value for column in (1, 2)] == ["负责人：", "填表人："]


def test_another_reader_finds_the_same():
    target = BytesIO()
    write_list(target, SHEET, [("甲", "530999201205060013")])
    target.seek(0)
    book = python_calamine.load_workbook(target)
    assert book.get_sheet_by_name("名单").to_python()[4] == [1.0, "甲", "530999201205060013"]
