"""Headings as the rules take them: exactly, by another name, as said before, or as a guess."""

from collections.abc import Sequence

import pytest

from students.roster.imports.reading.headings import (
    OFFERED,
    WrongSheet,
    chosen_layout,
    complaint_about,
    doubts,
    likely_header,
    recognise,
    to_remember,
)

HEAD = ["姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]


def taken(
    headings: Sequence[str], saved: dict[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    return {
        at.text: (at.column.heading if at.column else "", at.surety)
        for at in recognise(headings, saved or {})
    }


def said(*rows: Sequence[str]) -> list[str]:
    header = likely_header(rows)
    return doubts(rows, header, recognise(rows[header], {}))


def test_each_heading_says_how_sure_it_is():
    found = taken([*HEAD, "血型", "学生名字"])

    assert found["姓名"] == ("姓名", "exact")
    assert found["身份证号"] == ("身份证件号", "alias")
    assert found["血型"] == ("", "ignored")


def test_an_unknown_heading_that_looks_close_is_a_guess_and_asked():
    head = ["学生名字", *HEAD[1:]]

    assert taken(head)["学生名字"] == ("姓名", "guessed")
    assert said(head) == ["A列「学生名字」可能是「姓名」，请确认或改正。"]


def test_a_guess_never_takes_what_another_heading_has():
    assert taken([*HEAD, "学生名字"])["学生名字"] == ("", "ignored")


@pytest.mark.parametrize("heading", ["学号", "备注", "序号", "姓名拼音", "曾用名", "家庭人口数"])
def test_what_nobody_needs_is_not_asked_about(heading: str):
    assert taken([*HEAD, heading])[heading] == ("", "ignored")
    assert said([*HEAD, heading]) == []


def test_what_was_chosen_before_comes_first():
    assert taken(["称呼", *HEAD[1:]], {"称呼": "姓名"})["称呼"] == ("姓名", "saved")
    assert taken([*HEAD, "手机号"], {"手机号": ""})["手机号"] == ("", "saved")


def test_a_missing_essential_column_is_named():
    assert said(["姓名", "性别", "班级", "成绩"]) == [
        f"没有找到「{title}」列。请在下面指定是哪一列；表中确实没有的，请先补上再上传。"
        for title in ("出生日期", "身份证件号", "入学年月")
    ]


def test_a_heading_that_stands_twice_is_asked_with_its_columns():
    assert said([*HEAD, "姓名"]) == [
        "表头「姓名」重复（A、G列），请选定用哪一列，其余的选「忽略」。"
    ]


def test_two_rows_that_may_both_be_the_header_are_asked_about():
    rival = ["性别", "班级", "姓名", "入学年月", "身份证号", "出生日期"]
    assert said(HEAD, rival) == ["表头可能在第1行，也可能在第2行，请核对。"]
    assert said(HEAD, HEAD) == []


def test_few_known_headings_make_the_header_itself_a_doubt():
    assert said(["标题"], ["姓名", "性别", "电话号"])[0] == "不能确定表头是不是第2行，请核对。"
    assert "不能确定" not in "".join(said(["姓名", "性别", "班级"]))


def test_a_sheet_of_something_else_has_no_header():
    with pytest.raises(WrongSheet, match="没有找到表头"):
        likely_header([["物品", "数量"], ["桌子", 3.0]])


def choice(*ours: str) -> dict[int, str]:
    return dict(enumerate(ours))


def test_a_choice_must_hold_what_a_roster_needs():
    layout = chosen_layout(0, choice("姓名", "性别", "出生日期", "身份证件号", "班级", ""))
    assert complaint_about(layout, HEAD) == (
        "还没有指定「入学年月」列。请指定；表中确实没有的，请在表里补上这一列后重新上传。"
    )


def test_one_thing_cannot_stand_in_two_columns():
    layout = chosen_layout(0, choice("姓名", "姓名", "出生日期"))
    assert complaint_about(layout, HEAD) == (
        "「姓名」选了2列（A、B列）。请只留一列，其余的选「忽略」。"
    )
    boards = chosen_layout(0, choice("就读方式", "是否住校"))
    assert "「就读方式」选了2列" in complaint_about(boards, HEAD)


@pytest.mark.parametrize("cell", ["530999201205060013", "2012-05-06", 20120506.0, "13800000001"])
def test_a_pupil_s_row_is_no_header(cell):
    layout = chosen_layout(3, choice(*OFFERED))
    assert complaint_about(layout, ["王小乙", cell]).startswith("第4行像是学生数据")


def test_only_what_was_not_known_is_remembered():
    head = ["学生名字", *HEAD[1:], "备用电话", "血型"]
    chosen = choice("姓名", "性别", "出生日期", "身份证件号", "班级", "入学年月", "联系电话", "")

    assert to_remember(head, chosen, {}) == {"学生名字": "姓名", "备用电话": "联系电话"}
    assert to_remember(head, chosen, {"学生名字": "姓名", "备用电话": "联系电话"}) == {}


def test_a_guess_that_was_refused_is_remembered_too():
    head = [*HEAD[:5], "哪年来的", "入学年月份"]
    assert taken(head)["入学年月份"] == ("入学年月", "guessed")
    chosen = choice("姓名", "性别", "出生日期", "身份证件号", "班级", "入学年月", "")

    assert to_remember(head, chosen, {}) == {"哪年来的": "入学年月", "入学年月份": ""}
