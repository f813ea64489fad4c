"""The table of columns: the 71 of the template in order, aliases, and what is never stored."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from students.roster.imports.books.template_book import registry_workbook, template_workbook
from students.roster.rules.columns import COLUMNS, EXTRA
from students.roster.rules.sheet_headings import (
    letter_of,
    map_columns,
    missing,
    plain_heading,
    repeated,
)


def fields(*headings: str) -> dict[str, str]:
    """Field → heading it was taken from."""
    return {column.field: headings[at] for at, column in map_columns(headings).items()}


def test_the_template_has_71_columns_in_the_registry_s_order():
    assert len(COLUMNS) == 71
    assert [column.heading for column in COLUMNS[:4]] == ["学校标识码", "姓名", "性别", "出生日期"]
    assert COLUMNS[12].heading == "身份证件号"
    assert COLUMNS[46].heading == "成员1姓名"
    assert COLUMNS[69].heading == "成员2职务"
    assert COLUMNS[70].heading == "是否进城务工人员随迁子女"


def test_the_ministry_s_starred_columns_are_starred():
    starred = {position for position, column in enumerate(COLUMNS, start=1) if column.star}
    form = {1, 2, 3, 4, 5, 7, 8, 9, 10, 11, *range(13, 27)}
    assert starred == form


def test_what_the_work_does_not_need_has_no_field():
    for heading in ("政治面貌", "血型", "健康状况", "曾用名", "成员1工作单位", "成员2身份证件号"):
        column = next(column for column in COLUMNS if column.heading == heading)
        assert column.field == ""


def test_a_needed_column_has_its_complaint():
    assert all(column.complaint for column in COLUMNS if column.needed)


def test_no_heading_or_alias_means_two_fields():
    seen: dict[str, str] = {}
    for column in (*COLUMNS, *EXTRA):
        if column.field:
            for name in (column.heading, *column.aliases):
                assert seen.setdefault(name, column.field) == column.field


@pytest.mark.parametrize(
    "heading",
    ["★身份证件号", " 身份证 件号*", "身份证件号\n（必填）", "身份证件号：", "身份证件号★"],
)
def test_stars_spaces_hints_and_line_breaks_in_a_heading_are_overlooked(heading: str):
    assert plain_heading(heading) == "身份证件号"


def test_full_width_headings_are_the_same_headings():
    assert plain_heading("成员１姓名") == "成员1姓名"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("全国学籍号", "registry_no"),
        ("学生姓名", "name"),
        ("出生年月日", "born_on"),
        ("公民身份号码", "id_no"),
        ("户籍所在地", "home_region"),
        ("家庭住址", "address"),
        ("所在年级", "grade"),
        ("行政班", "class_name"),
        ("是否寄宿生", "boarding"),
        ("监护人姓名", "guardian1_name"),
        ("家长电话", "guardian1_phone"),
        ("母亲姓名", "guardian2_name"),
        ("学籍状态", "status"),
    ],
)
def test_the_headings_of_other_lists_are_known(heading: str, field: str):
    assert fields(heading) == {field: heading}


def test_the_template_s_own_heading_goes_before_an_alias():
    assert fields("家庭地址", "现住址")["address"] == "现住址"
    assert fields("家庭地址")["address"] == "家庭地址"


def test_what_is_missing_is_named_and_a_number_of_either_kind_will_do():
    assert missing(map_columns(["姓名", "性别", "学籍号", "年级"])) == ["出生日期", "班级"]


def test_a_kept_heading_that_stands_twice_is_found():
    assert repeated(["姓名", "血型", "姓名", "血型"]) == {"姓名": [0, 2]}


@pytest.mark.parametrize(("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (70, "BS")])
def test_columns_are_called_as_excel_calls_them(position: int, letters: str):
    assert letter_of(position) == letters


def test_the_empty_template_has_the_headings_and_nothing_else():
    sheet = load_workbook(BytesIO(template_workbook())).active
    headings = [cell.value for cell in sheet[1]]
    assert headings == [column.title for column in COLUMNS]
    assert headings[1] == "姓名★"
    assert sheet.max_row == 1


def test_the_template_keeps_numbers_as_text_and_offers_the_lists():
    book = load_workbook(BytesIO(template_workbook()))
    sheet = book.active
    assert sheet.column_dimensions["M"].number_format == "@"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["C2:C3000"] == "'代码表'!$C$1:$C$2"
    assert book["代码表"].sheet_state == "hidden"
    assert book["代码表"]["G1"].value == "汉族"


def test_a_value_that_begins_like_a_formula_stays_text():
    sheet = load_workbook(BytesIO(registry_workbook([{"姓名": "=1+1"}]))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
