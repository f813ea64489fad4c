"""What is wrong in an opening workbook is said cell by cell, in words that tell what to do."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from kongchuo.setup.opening.rules.book import CheckedBook, KnownCounty
from kongchuo.setup.opening.rules.checks import check
from kongchuo.setup.opening.rules.definition import BY_CODE
from kongchuo.setup.opening.rules.taking import WrongOpeningBook, take
from tests.opening.steps import ROWS

TODAY = date(2026, 9, 2)
Line = tuple[Any, ...]


def table(code: str, lines: Sequence[Line]) -> tuple[str, list[list[Any]]]:
    """A sheet as it is read: title, headings, rows."""
    sheet = BY_CODE[code]
    heads = [column.heading for column in sheet.columns]
    return sheet.name, [["开通工作簿（第1版）　甲县"], heads, *map(list, lines)]


def checked(**changed: Sequence[Line]) -> CheckedBook:
    """The usual book with other rows in some sheets."""
    tables = [table(code, lines) for code, lines in {**ROWS, **changed}.items()]
    return check(take(tables), KnownCounty(), TODAY)


def problems(**changed: Sequence[Line]) -> list[str]:
    return [f"{one.where} {one.message}" for one in checked(**changed).problems]


def test_the_usual_book_is_right() -> None:
    assert problems() == []
    assert checked().may_be_written


TOWN, VILLAGE = ROWS["townships"][0], ROWS["villages"][0]
SCHOOL, TERM = ROWS["schools"][0], ROWS["terms"][0]
CODE = ("2153000109",)
WRONG: tuple[tuple[str, Sequence[Line], str], ...] = (
    ("townships", [TOWN, ("530999101", "北镇", "", "", "")], "乡镇 A4 「530999101」与第3行重复"),
    ("townships", [*ROWS["townships"], ("530999103", "东镇")], "乡镇 B5 「东镇」与第3行同名"),
    ("townships", [*ROWS["townships"], ("530922101", "爱华镇")], "乡镇 A5 不是本县的代码"),
    ("townships", [*ROWS["townships"], ("53099910", "北镇")], "乡镇 A5 乡镇代码应为9位数字"),
    ("villages", [*ROWS["villages"], ("530999101202", "山上村", "西乡")],
     "村 C6 村代码属于「东镇」，填的乡镇是「西乡」"),
    ("villages", [*ROWS["villages"], ("530999109202", "山上村", "")],
     "村 A6 乡镇530999109还没有登记"),
    ("villages", [*ROWS["villages"], ("530999101202", "永胜村民委员会")],
     "村 B6 「永胜村民委员会」与第3行同名"),
    ("villages", [*ROWS["villages"], ("530999101201", "永和村")],
     "村 A6 「530999101201」与第3行重复"),
    ("schools", [*ROWS["schools"], ("2153000109", "无镇小学", "", "", "小学")],
     "学校 D6 请填写乡镇"),
    ("schools", [*ROWS["schools"], ("215300010", "短码小学", "", "东镇", "小学")],
     "学校 A6 学校标识码应为10位数字"),
    ("schools", [*ROWS["schools"], (*CODE, "抢村小学", "", "东镇", "小学", "", "", "", "永胜村")],
     "学校 I6 「永胜村」已划给学校2153000101"),
    ("schools", [*ROWS["schools"], (*CODE, "他校", "", "东镇", "小学", "", "", "南镇中心校")],
     "学校 H6 没有叫「南镇中心校」的中心校"),
    ("terms", [("2026", "秋季学期", "2026-08-31", "2026-09-01", "")],
     "学年学期 E3 请填写最后一个上课日"),
    ("terms", [("2026", "春季学期", "2026-08-31", "2026-09-01", "2027-01-15")],
     "学年学期 D3 起止日期与所选学年、学期不符"),
    ("terms", [("2026", "秋季学期", "2026-11-28", "2026-11-28", "2026-11-29")],
     "学年学期 E3 这个学期没有一天上课"),
    ("terms", [TERM, ("2026", "春季学期", "2027-01-10", "2027-01-11", "2027-07-01")],
     "学年学期 D4 与2026学年秋季学期日期重叠"),
    ("terms", [TERM, ("2026", "春季学期", "2027-01-10", "2027-03-01", "2027-07-01")],
     "学年学期 C4 在2026学年秋季学期的上课日期里"),
    ("people", [("郑班主", "13900000009", "班主任", "东镇中学")], "人员 C3 班主任要先有班级"),
    ("people", [("郑某", "13900000009", "门卫", "东镇中学")], "人员 C3 没有「门卫」这个职务"),
    ("people", [("郑某", "1390000", "校长", "东镇中学")], "人员 B3 手机号应为11位数字"),
    ("people", [("郑某", "13900000009", "校长", "永胜村")], "人员 D3 「永胜村」不设「校长」"),
    ("people", [("郑某", "13900000009", "校长", "南镇中学")], "人员 D3 没有叫「南镇中学」的单位"),
    ("people", [("郑某", "13900000009", "系统管理员", "县教体局"),
                ("郑某", "13900000009", "审计员", "县教体局")],
     "人员 C4 系统管理员、安全管理员、审计员由不同的人担任，也不兼别的职务，他（她）已任系统"),
    ("people", [("郑某", "13900000009", "系统管理员", "县教体局"),
                ("郑某", "13900000009", "教育局基教股", "县教体局")],
     "人员 C4 系统管理员、安全管理员、审计员由不同的人担任，也不兼别的职务"),
    ("people", [*ROWS["people"], ("另一人", "13900000006", "校长", "东镇完全小学")],
     "人员 B8 手机号13900000006已经登记在另一个姓名下"),
)  # fmt: skip


@pytest.mark.parametrize(("code", "lines", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_a_wrong_cell_is_named_and_nothing_may_be_written(
    code: str, lines: Sequence[Line], words: str
) -> None:
    found = checked(**{code: lines})
    told = [f"{one.where} {one.message}" for one in found.problems]
    assert any(words in line for line in told), told
    assert not found.may_be_written


def test_a_book_of_another_version_is_refused_in_words() -> None:
    name, rows = table("townships", [TOWN])
    rows[0] = ["开通工作簿（第2版）　甲县"]
    with pytest.raises(WrongOpeningBook, match="这是第2版的开通工作簿，本系统用的是第1版"):
        take([(name, rows)])


def test_a_sheet_without_its_headings_and_a_file_that_is_none_are_refused_in_words() -> None:
    with pytest.raises(WrongOpeningBook, match="「村」里没有找到这些栏目：村代码、村名"):
        take([("村", [["一", "二"], ["530999101201", "永胜村"]])])
    with pytest.raises(WrongOpeningBook, match="请下载开通工作簿"):
        take([("Sheet1", [["成绩", "名次"], [1, 2]])])
    with pytest.raises(WrongOpeningBook, match="没有填写的行"):
        take([table("villages", [("例：530999101201", "永胜村")])])


def test_the_same_row_twice_counts_once_and_is_said() -> None:
    found = checked(villages=[*ROWS["villages"], VILLAGE])
    assert found.may_be_written
    assert "村第6行与第3行相同，只算一行。" in found.warnings


def test_units_without_people_and_a_code_of_another_stage_are_only_warned_of() -> None:
    special = ("3153000109", "混码学校", "", "东镇", "特殊教育")
    wrong = ("3453000109", "错类小学", "", "东镇", "小学")
    found = checked(schools=[special, wrong], people=[])
    assert found.may_be_written
    told = "\n".join(found.warnings)
    assert "2个学校还没有人" in told
    clerk = ("吴学籍", "13900000007", "学籍管理员", "混码学校")
    told = "\n".join(checked(schools=[special], people=[clerk]).warnings)
    assert "1所学校还没有校长：「混码学校」" in told
    told = "\n".join(found.warnings)
    assert "前两位与学段「小学」不符" in told
    assert "「西乡」没有村" not in told


def test_a_list_of_the_statistics_bureau_is_taken_by_the_length_of_its_codes() -> None:
    listed: list[list[Any]] = [
        ["统计用区划代码", "城乡分类代码", "名称"],
        ["530999000000", "", "甲县"],
        ["530999101000", "", "东镇"],
        ["530999101201", "220", "永胜村民委员会"],
        [530999102000.0, "", "西乡"],
        ["530922000000", "", "别的县"],
        ["530922101000", "", "别镇"],
        ["530922101201", "220", "别村民委员会"],
    ]
    book = check(
        take([("Sheet1", listed), table("offices", ROWS["offices"])]), KnownCounty(), TODAY
    )
    assert book.problems == []
    assert [row.values["name"] for row in book.rows["townships"]] == ["东镇", "西乡"]
    assert [row.values["code"] for row in book.rows["villages"]] == ["530999101201"]
    assert "另有2行属于其他县，未采用。" in book.warnings


def test_without_a_county_the_book_says_which_row_is_missing() -> None:
    assert checked(offices=[("督导室", "甲县督导室")]).missing
    book = checked(offices=[("县教育局", "甲县教育体育局", "", "", "", "")])
    assert [one.message for one in book.problems][:2] == ["请填写县代码", "请填写县名"]


def test_the_word_of_the_category_names_the_unit() -> None:
    office = ("督导室", "甲县人民政府教育督导室", "")
    rows = [ROWS["offices"][0], office]
    assert problems(offices=rows, people=[("赵督导", "13900000003", "督导室", "督导室")]) == []


def test_what_follows_from_a_red_row_says_which_row_it_is() -> None:
    rows = [("215300010", "东镇完全小学", "", "东镇", "小学"), *ROWS["schools"][1:]]
    person = ("周校长", "13900000006", "校长", "东镇完全小学")
    cause, follow = checked(schools=rows, people=[person]).problems
    assert (follow.follows, cause.follows) == ((cause.sheet, cause.number), None)
    assert "在学校第3行，那一行改好以后，这里不用改" in follow.message


def test_a_day_may_be_written_in_both_ways_and_that_is_said() -> None:
    (told,) = problems(people=[("周校长", "13900000006", "校长", "东镇中学", "2026-13-01")])
    assert "如20110101、2011-01-01" in told
    for day in ("2026-08-20", "20260820"):
        assert problems(people=[("周校长", "13900000006", "校长", "东镇中学", day)]) == []
