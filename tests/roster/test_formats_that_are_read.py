"""A roster comes in every dress; it is read by what it is, never by its name."""

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.roster.files import changed, delimited, ods_book, page, read_bytes, xls_book
from tests.roster.sheets import plain_book, saved

HEAD = ["姓名", "性别", "身份证件号"]
WANG = ["王小乙", "男", "530999201205060016"]
LI = ["李·阿依", None, "53099920120506002X"]
ROWS: list[list[Any]] = [HEAD, WANG, LI]
TEXT = delimited(ROWS)

DRESSES: dict[str, bytes] = {
    "xlsx": plain_book(ROWS),
    "xls": xls_book(ROWS),
    "ods": ods_book(ROWS),
    "page in UTF-8": page(ROWS).encode(),
    "page that says gb2312": page(ROWS, "gb2312").encode("gb18030"),
    "page in GB18030 that says nothing": page(ROWS).encode("gb18030"),
    "page that says gb2312 and is UTF-8": page(ROWS, "gb2312").encode(),
    "page under an XML head": b'<?xml version="1.0"?>\n' + page(ROWS).encode(),
    "csv in UTF-8": TEXT.encode(),
    "csv in UTF-8 with a mark": TEXT.encode("utf-8-sig"),
    "csv in GB18030": TEXT.encode("gb18030"),
    "csv in UTF-16": TEXT.encode("utf-16"),
    "csv in UTF-16, the other way round": "\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"),
    "semicolons": delimited(ROWS, ";").encode(),
    "tabs": delimited(ROWS, "\t").encode("gb18030"),
    "a separator that is said": b"sep=;\r\n" + delimited(ROWS, ";").encode(),
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("name", ["名册.xls", "名册.txt"])
def test_the_same_rows_come_out_of_every_dress(dress: str, name: str):
    assert read_bytes(DRESSES[dress], name=name).rows == ROWS


@pytest.mark.parametrize("make", [plain_book, xls_book, ods_book])
def test_numbers_days_and_gaps_keep_their_kind_and_place(make: Any):
    day = date(2012, 5, 6)
    rows = [["表"], [], [None, 3, 2.5, day], [20110101, "0701"]]

    assert read_bytes(make(rows)).rows == rows


def test_a_blank_row_in_the_middle_keeps_its_number_and_blanks_at_the_end_do_not_count():
    text = "姓名,性别\r\n,\r\n王小乙,男\r\n,\r\n \r\n"

    assert read_bytes(text.encode()).rows == [["姓名", "性别"], [], ["王小乙", "男"]]


def test_cells_of_a_page_that_span_others_push_them_aside():
    table = (
        "<table><tr><td rowspan=2>班级</td><td colspan=2>学生</td></tr>"
        "<tr><td>姓名</td><td>性别</td></tr>"
        "<tr><td>1</td><td>王小&middot;乙<br>a&nbsp;&lt;b</td><td>男</td></tr></table>"
    )

    assert read_bytes(table.encode()).rows == [
        ["班级", "学生"],
        [None, "姓名", "性别"],
        ["1", "王小·乙 a <b", "男"],
    ]


def test_a_page_that_leaves_out_the_ends_of_rows_and_cells_is_read():
    assert read_bytes(b"<table><tr><td>a<td>b<tr><td>c</table>").rows == [["a", "b"], ["c"]]


def test_of_several_tables_of_a_page_the_fullest_is_read_and_the_rest_is_told():
    menu = b"<html><table><tr><td>menu</td></tr></table>"
    sheet = read_bytes(menu + page(ROWS).encode())

    assert sheet.rows == ROWS
    assert "另有「网页中的第1个表格」没有读取" in "".join(sheet.notes)


def test_quoted_text_holds_separators_and_lines():
    assert read_bytes('姓名,住址\n"王,小乙","东镇\n东村"\n'.encode()).rows[1] == [
        "王,小乙",
        "东镇\n东村",
    ]


def test_digits_that_were_kept_as_text_by_a_formula_lose_its_dress():
    assert read_bytes('证件号,a\n="530999201205060016",b\n'.encode()).rows[1][0] == WANG[2]


def test_a_number_of_eighteen_digits_stays_the_float_that_it_has_become():
    (cell,) = read_bytes(plain_book([[530999201205060016]])).rows[0]
    assert isinstance(cell, float)


def test_strings_that_cells_share_are_read_without_their_pronunciation():
    row = b'<row r="1"><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>0</v></c></row>'
    strings = (
        "<sst><si><t>𠮷</t></si>"
        "<si><r><t>王小</t></r><r><t>乙_x000D_</t></r>"
        "<rPh sb='0' eb='1'><t>ワン</t></rPh></si></sst>"
    )

    def shared(_: bytes) -> bytes:
        return b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"

    content = changed(
        plain_book([["a"]]),
        {"xl/worksheets/sheet1.xml": shared},
        {"xl/sharedStrings.xml": strings.encode()},
    )
    assert read_bytes(content).rows == [[None, "王小乙\r", "𠮷"]]


def test_cells_written_in_line_and_under_a_prefix_are_read():
    rows = (
        '<x:row><x:c t="inlineStr"><x:is><x:t>王</x:t></x:is></x:c>'
        '<x:c t="b"><x:v>1</x:v></x:c></x:row>'
    )

    def prefixed(part: bytes) -> bytes:
        head = b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        return head + f"<x:sheetData>{rows}</x:sheetData></x:worksheet>".encode()

    content = changed(plain_book([["a"]]), {"xl/worksheets/sheet1.xml": prefixed})
    assert read_bytes(content).rows == [["王", True]]


def test_days_are_known_by_their_format_alone():
    made = Workbook()
    sheet = made.active
    for column, pattern in enumerate(
        ("yyyy/m/d", 'yyyy"年"m"月"', "[$-804]m月d日", "General", "0.00", "h:mm", "[h]:mm", "@"), 1
    ):
        sheet.cell(1, column, 41035).number_format = pattern

    days = [date(2012, 5, 6)] * 3
    assert read_bytes(saved(made)).rows == [[*days, *[41035] * 5]]


def test_the_calendar_that_begins_in_1904_is_heeded():
    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active["A1"] = date(2012, 5, 6)
    assert read_bytes(saved(made)).rows == [[date(2012, 5, 6)]]
