"""People come in by a sheet: looked at row by row, then all of them or none."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from openpyxl import load_workbook

from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent, Person, Post
from students.roster.models import ClassPost
from students.roster.pupils.acts.pupils import open_class
from students.staff.acts.posts import take_on_staff
from students.staff.plan import ADDED, CLASS, NEW, REFUSED, UNCHANGED, plan_staff
from students.staff.sheet import WrongStaffSheet, read_staff
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.roster.sheets import plain_book
from tests.staff.steps import TITLES, TODAY, acting, row, sheet

HERE = "东镇中学"


def kinds(cast: Cast, *rows: Any, role: str = "head_teacher") -> list[str]:
    return [plan.kind for plan in plan_staff(cast.viewer(role, TODAY), rows, TODAY)]


def words(cast: Cast, one: Any, role: str = "head_teacher") -> str:
    plan = plan_staff(cast.viewer(role, TODAY), [one], TODAY)[0]
    assert plan.kind == REFUSED
    return "；".join(f"{p.label}：{p.message}" for p in plan.problems)


# --- reading --------------------------------------------------------------------------------------


def test_a_sheet_is_read_under_titles_and_other_headings() -> None:
    rows: list[list[Any]] = [
        ["东镇中学教师名单", None],
        ["姓 名★", "工号（或手机号）", "职务", "所带班级", "任职日期"],
        ["林一新", 13900001111.0, "班主任", "七年级1班", "20250901"],
        [None, None, None, None, None],
        ["陈二", "Ｔ2002", "学籍管理员", None, date(2025, 9, 2)],
    ]
    first, second = read_staff(rows)
    assert (first.number, first.login, first.class_name) == (3, "13900001111", "七年级1班")
    assert first.starts_on == date(2025, 9, 1)
    assert (second.number, second.login, second.starts_on) == (5, "T2002", date(2025, 9, 2))
    assert not first.problems + second.problems


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["姓名", "班级"], ["林一新", "1班"]], "没有找到「姓名」「账号」「职务」"),
        ([list(TITLES)], "没有数据行"),
        ([list(TITLES), *[["林", "t001", "班主任"]] * 3001], "超过3000人"),
    ],
)
def test_what_is_no_list_of_people_is_refused(rows: list[list[Any]], message: str) -> None:
    with pytest.raises(WrongStaffSheet, match=message):
        read_staff(rows)


def test_a_cell_that_is_wrong_is_named_by_row_and_column() -> None:
    [one] = read_staff([list(TITLES), ["", "a b!", "班主任", "", "", "昨天"]])
    found = {(p.column, p.label) for p in one.problems}
    assert found == {("A", "姓名"), ("B", "账号"), ("F", "任职起")}


# --- planning -------------------------------------------------------------------------------------


def test_somebody_new_a_second_post_and_the_same_again(cast: Cast) -> None:
    known = cast.post("class_teacher")
    again: Any = {"name": known.person.name, "login": known.person.username}
    assert kinds(
        cast,
        row(),
        row(**again, role="学籍管理员"),
        row(**again, role="班主任"),
        row(**again, role="班主任", class_name="八年级2班"),
        role="head_teacher",
    ) == [NEW, ADDED, UNCHANGED, UNCHANGED]


def test_two_rows_of_one_new_person_are_one_account(cast: Cast) -> None:
    open_class(cast.here.school, "2", 2025, 1)
    open_class(cast.here.school, "2", 2025, 3)
    teaching: Any = {"role": "班主任"}
    rows = [
        row(),
        row(3, **teaching, class_name="初一（1）班"),
        row(4, **teaching, class_name="初一（3）班"),
    ]
    assert kinds(cast, *rows) == [NEW, ADDED, CLASS]
    take_on_staff(acting(cast), rows, are_others=False)
    person = Person.objects.get(username="13900001111")
    assert person.posts.count() == 2
    assert ClassPost.objects.filter(post__person=person).count() == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"role": "校长"}, "您不能登记「校长」。可以登记的职务：班主任、学籍管理员"),
        ({"role": "厨师"}, "您不能登记「厨师」"),
        ({"unit": "西镇中学"}, "没有叫「西镇中学」"),
        ({"login": "registrar"}, "已经登记在另一个姓名下"),
        ({"login": "head_teacher", "name": "head_teacher甲"}, "不能登记自己的任职"),
        ({"role": "班主任"}, "班主任须填写所带班级"),
        ({"role": "班主任", "class_name": "九年级9班"}, "班级「九年级9班」在本校没有找到"),
        ({"role": "班主任", "class_name": "火箭班"}, "在本校没有找到"),
        (
            {"role": "班主任", "class_name": "八年级2班"},
            "这个班的班主任是class_teacher甲，请先在「班主任安排」中更换或空出",
        ),
        ({"class_name": "八年级2班", "role": "学籍管理员"}, "只有班主任填写班级"),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast: Cast, values: Any, message: str) -> None:
    assert message in words(cast, row(**values))


def test_one_account_of_two_names_in_a_sheet_is_refused(cast: Cast) -> None:
    assert kinds(cast, row(), row(3, name="陈二")) == [NEW, REFUSED]


def test_one_class_of_two_teachers_in_a_sheet_is_refused(cast: Cast) -> None:
    open_class(cast.here.school, "2", 2025, 1)
    teaching: Any = {"role": "班主任", "class_name": "七年级1班"}
    rows = [row(**teaching), row(3, name="陈二", login="t2002", **teaching)]
    assert kinds(cast, *rows) == [NEW, REFUSED]


@pytest.mark.parametrize("unit", ["东镇中学", "3153000101", ""])
def test_a_school_is_named_by_name_or_code_or_is_the_only_one(cast: Cast, unit: str) -> None:
    assert kinds(cast, row(unit=unit)) == [NEW]


def test_the_township_takes_on_its_villages_and_no_others(cast: Cast) -> None:
    cadre: Any = {"role": "村（居）委会专干", "login": "cun01"}
    assert kinds(cast, row(**cadre, unit="东村村民委员会"), role="township_officer") == [NEW]
    assert kinds(cast, row(**cadre, unit="530999101201"), role="township_officer") == [NEW]
    assert "没有叫" in words(cast, row(**cadre, unit="西村村民委员会"), "township_officer")
    assert "您不能登记" in words(cast, row(unit=HERE), "township_officer")


def test_the_security_officer_takes_on_everywhere_and_must_name_the_unit(cast: Cast) -> None:
    assert kinds(cast, row(unit="西镇中学"), role="security_officer") == [NEW]
    assert "请填写单位" in words(cast, row(), "security_officer")


def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast, count_queries: Any) -> None:
    def asked(rows: int) -> int:
        people = [row(n, login=f"t{n:05d}", name=f"林{n}") for n in range(rows)]
        with count_queries(connection) as seen:
            assert set(kinds(cast, *people)) == {NEW}
        return len(seen)

    assert asked(2) == asked(60)


# --- writing --------------------------------------------------------------------------------------


def test_one_wrong_row_and_nobody_is_taken_on(cast: Cast) -> None:
    with pytest.raises(Refused, match="您不能登记"):
        take_on_staff(acting(cast), [row(), row(3, role="校长")], are_others=True)
    assert not Person.objects.filter(username="13900001111").exists()


def test_a_namesake_of_the_unit_is_asked_about(cast: Cast) -> None:
    one = row(name="class_teacher甲")
    with pytest.raises(Refused, match="是否同一人"):
        take_on_staff(acting(cast), [one], are_others=False)
    assert len(take_on_staff(acting(cast), [one], are_others=True)) == 1


def test_a_namesake_in_another_unit_is_nobody_s_business(cast: Cast) -> None:
    person = Person.objects.create_person("far_away", "林一新")
    assert person.pk
    assert len(take_on_staff(acting(cast), [row()], are_others=False)) == 1


def test_what_changed_since_the_preview_is_looked_at_again(cast: Cast) -> None:
    take_on_staff(acting(cast), [row()], are_others=False)
    with pytest.raises(Refused, match="核对之后人员情况有变化"):
        take_on_staff(acting(cast), [row()], are_others=False, seen=[NEW])


# --- the pages ------------------------------------------------------------------------------------


def upload(client: Any, content: bytes) -> Any:
    return client.post("/staff/sheet/", {"file": SimpleUploadedFile("人员.xlsx", content)})


def test_a_mobile_number_that_lacks_a_digit_is_no_account(cast: Cast) -> None:
    assert "像是手机号，但有10位" in words(cast, row(login="1391111000"))
    assert kinds(cast, row(login="13911110001")) == [NEW]
    assert kinds(cast, row(login="T1391111000")) == [NEW]


@pytest.mark.parametrize(
    ("title", "is_read"), [("西镇中学教师名单", False), ("东镇中学教师名单", True), ("名单", True)]
)
def test_a_sheet_headed_with_another_school_is_refused(
    cast: Cast, title: str, is_read: bool
) -> None:
    one = ("林一新", "13900001111", "学籍管理员", "", "", "2025-09-12")
    client = client_of(cast.person("head_teacher"))
    answer = upload(client, plain_book([[title], TITLES, one]))
    assert (answer.status_code == 200) is is_read
    assert (
        "表的标题写的是「西镇中学」，不是您管理的单位" in answer.content.decode()
    ) is not is_read


def token_of(shown: str) -> str:
    return shown.split('name="token" value="')[1].split('"')[0]


def test_the_whole_story_of_a_sheet(cast: Cast) -> None:
    open_class(cast.here.school, "2", 2025, 1)
    client = client_of(cast.person("head_teacher"))
    shown = page(
        upload(
            client,
            sheet(
                ("林一新", "13900001111", "班主任", HERE, "七年级1班", "20250901"),
                ("陈二", "t2002", "学籍管理员", "", "", ""),
            ),
        )
    )
    assert "表中共 <strong>2</strong> 行" in shown
    assert "确认登记 2 行" in shown
    assert not Person.objects.filter(username="t2002").exists()
    answer = client.post("/staff/sheet/confirm/", {"token": token_of(shown)})
    assert answer["Location"] == "/staff/slips/"
    post = Post.objects.get(person__username="13900001111")
    assert (post.starts_on, post.granted_by) == (date(2025, 9, 1), cast.post("head_teacher"))
    assert post.classes.get().starts_on == date(2025, 9, 1)
    assert AuditEvent.objects.get(verb="staff_taken_on").details == {NEW: 2}
    waiting = page(client.get("/staff/slips/"))
    assert "已登记2人" in waiting
    assert "陈二" in waiting


def test_a_wrong_row_is_shown_with_its_cell_and_nothing_can_be_confirmed(cast: Cast) -> None:
    client = client_of(cast.person("head_teacher"))
    shown = page(upload(client, sheet(("林一新", "t1001", "校长", "", "", ""))))
    assert "<strong>C2</strong> 职务：您不能登记「校长」" in shown
    assert 'name="token"' not in shown


def test_the_template_comes_back_empty_and_offers_what_may_be_chosen(cast: Cast) -> None:
    client = client_of(cast.person("head_teacher"))
    content = client.get("/staff/sheet/template.xlsx").content
    book = load_workbook(BytesIO(content))
    chosen = [cell.value for line in book["选项"].iter_rows() for cell in line if cell.value]
    assert set(chosen) == {"班主任", "学籍管理员", HERE, "八年级2班"}
    assert "没有数据行" in page(upload(client, content), 422)


@pytest.mark.parametrize("content", [b"hello", plain_book([["x"]])])
def test_a_file_that_is_no_list_gets_words(cast: Cast, content: bytes) -> None:
    client = client_of(cast.person("head_teacher"))
    assert "field-error" in page(upload(client, content), 422)


def test_a_preview_is_confirmed_by_who_saw_it(cast: Cast) -> None:
    client = client_of(cast.person("head_teacher"))
    token = token_of(page(upload(client, sheet(("林一新", "t1001", "学籍管理员", "", "", "")))))
    for role, there, sent in (("registrar", False, token), ("head_teacher", False, token + "x")):
        other = client_of(cast.person(role, there))
        assert other.post("/staff/sheet/confirm/", {"token": sent})["Location"] == "/staff/sheet/"
    assert not Person.objects.filter(username="t1001").exists()
