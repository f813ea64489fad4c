"""A merge or closing that was carried out is undone: all goes back, or the words say why not."""

import re
from dataclasses import replace
from datetime import date

import time_machine
from django.test import Client
from django.utils import timezone

from cases.models import Case, Deadline
from cases.policy import Act
from foundation.accounts.models import AuditEvent, Person, Post, Unit, UnitChange
from students.census.models import Catchment
from students.roster.models import ClassPost, Enrolment
from tests.attendance.pages import Browser
from tests.browsing import client_of, page
from tests.cases.steps import do
from tests.cast import Cast, make_child
from tests.units.steps import make_merge
from tests.units.test_units_are_merged_and_closed import an_open_case, close

MONDAY = date(2025, 9, 15)
WHY = {"document": "登记有误，分管局长同意", "reason": "选错了接收单位"}


def keeper_of(cast: Cast) -> Client:
    """A fresh session: that of Friday has ended."""
    return client_of(cast.person("administrator"))


def undo(keeper: Client, status: int = 302) -> str:
    """Look at what comes back and confirm it; returns the words of the last page."""
    change = UnitChange.objects.filter(kind__in=("merged", "closed")).latest("pk")
    at = f"/units/changes/{change.pk}/undo/"
    answer = keeper.post(at, WHY)
    if seen := re.search(r'name="seen" value="(\w+)"', answer.content.decode()):
        answer = keeper.post(at, WHY | {"step": "confirm", "seen": seen[1]})
    return page(answer, status)


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day} 02:00:00+00:00", tick=False)


def test_a_village_merged_by_mistake_has_its_children_cases_and_cadre_again(
    cast: Cast, keeper: Client
) -> None:
    case = an_open_case(cast)
    old, new = cast.here.village, cast.there.village
    catchment = Catchment.objects.create(
        village=old, school=cast.here.school, stage="2", starts_on=date(2025, 8, 1),
        recorded_by=cast.post("county_desk"),
    )  # fmt: skip
    close(keeper, old, new)
    with on(MONDAY):
        keeper = keeper_of(cast)
        assert f"恢复{old.name}" in page(keeper.get(undo_page()))
        undo(keeper)
    case.refresh_from_db()
    case.child.refresh_from_db()
    assert (case.village, case.township) == (old, cast.here.township)
    assert (case.child.home_village, case.child.home_township) == (old, cast.here.township)
    moves = case.events.filter(act=Act.SUCCEED).values_list("data__before", "data__after")
    assert list(moves) == [(old.name, new.name), (new.name, old.name)]
    old.refresh_from_db()
    assert old.is_open
    assert old.region.valid_to is None
    cadre = cast.person("village_cadre")
    held = cadre.posts.get(unit=old, starts_on=MONDAY)
    assert held.ends_on is None
    assert f"{cadre.posts.get(unit=new).ends_on}" == "2025-09-14"
    rows = Catchment.objects.filter(stage="2", school=cast.here.school).order_by("starts_on")
    assert [(r.village, f"{r.starts_on}", f"{r.ends_on}") for r in rows] == [
        (old, "2025-08-01", "2025-09-11"),
        (new, "2025-09-12", "2025-09-14"),
        (old, "2025-09-15", "None"),
    ]
    assert rows[0] == catchment
    assert AuditEvent.objects.filter(verb="unit_handed_back").count() == 1
    with on(MONDAY):
        words = page(keeper.get(f"/units/{old.pk}/"))
    assert "不再算数" in words
    assert "/undo/" not in words


def undo_page() -> str:
    return f"/units/changes/{UnitChange.objects.latest('pk').pk}/undo/"


def test_what_comes_back_is_shown_before_it_is_confirmed(cast: Cast, keeper: Client) -> None:
    an_open_case(cast)
    old = cast.here.school.unit
    close(keeper, old, cast.there.school.unit)
    Person.objects.filter(pk=cast.person("registrar").pk).update(is_active=False)
    shown = page(keeper.post(undo_page(), WHY))
    for words in ("学生", "1（转回原单位）", "班级", "未销号的个案", "其他任职", "1（不恢复"):
        assert words in shown
    old.refresh_from_db()
    assert not old.is_open
    again = page(keeper.post(undo_page(), WHY | {"step": "confirm", "seen": "other"}), 409)
    assert "请再核对一遍" in again
    assert "确认恢复" in again
    edited = page(keeper.post(undo_page(), WHY | {"step": "edit"}))
    assert WHY["reason"] in edited
    undo(keeper)
    old.refresh_from_db()
    assert old.is_open


def test_a_school_closed_by_mistake_has_its_classes_again_on_the_same_day(
    cast: Cast, keeper: Client
) -> None:
    case = an_open_case(cast)
    old, new = cast.here.school.unit, cast.there.school.unit
    owed = Deadline.objects.owed().filter(case=case, unit=old)
    due = sorted(owed.values_list("code", "due_on"))
    close(keeper, old, new)
    assert not owed.exists()
    undo(keeper)
    case.refresh_from_db()
    assert (case.school, case.school_class) == (old, cast.here.school_class)
    assert sorted(owed.values_list("code", "due_on")) == due
    assert not Deadline.objects.owed().filter(case=case, unit=new).exists()
    here = Enrolment.objects.filter(child=case.child)
    assert {row.school_id for row in here} == {old.pk}
    cast.here.school_class.refresh_from_db()
    assert cast.here.school_class.closed_on is None
    today = timezone.localdate()
    teaching = ClassPost.objects.get(school_class=cast.here.school_class, starts_on=today)
    assert (teaching.post.person, teaching.post.unit) == (cast.person("class_teacher"), old)
    for role in ("head_teacher", "registrar"):
        assert Post.objects.filter(role=role, unit=old, starts_on=today).exists(), role
    closed = ClassPost.objects.filter(school_class__school=new.school).latest("pk")
    assert closed.never_began


def test_after_days_the_successor_s_days_stay_its_own(cast: Cast, keeper: Client) -> None:
    child = make_child(cast.here)
    close(keeper, cast.here.school.unit, cast.there.school.unit)
    with on(MONDAY):
        undo(keeper_of(cast))
    rows = Enrolment.objects.filter(child=child).order_by("starts_on")
    assert [(row.school_id, f"{row.ends_on}") for row in rows] == [
        (cast.here.school.pk, "2025-09-11"),
        (cast.there.school.pk, "2025-09-14"),
        (cast.here.school.pk, "None"),
    ]


def test_a_roll_called_at_the_successor_stands_in_the_way(cast: Cast, keeper: Client) -> None:
    child = make_child(cast.here)
    old = cast.here.school.unit
    close(keeper, old, cast.there.school.unit)
    moved = Enrolment.objects.filter(child=child).latest("starts_on").school_class
    with on(MONDAY):
        keeper = keeper_of(cast)
        called = Browser(client_of(cast.person("class_teacher")), f"/roll/{moved.pk}/")
        assert called.open().send().status == 200
        assert "已经点名" in page(keeper.get(undo_page()))
        assert "已经点名" in undo(keeper, 422)
    old.refresh_from_db()
    assert not old.is_open
    assert not UnitChange.objects.filter(kind="undone").exists()


def test_an_act_in_a_moved_case_stands_in_the_way_and_is_named(cast: Cast, keeper: Client) -> None:
    case = an_open_case(cast)
    close(keeper, cast.here.school.unit, cast.there.school.unit)
    with on(MONDAY):
        case.refresh_from_db()
        there = replace(cast, here=cast.there)
        do(there, case, Act.CONTACT, "registrar", MONDAY)
        words = undo(keeper_of(cast), 422)
    assert f"转去的个案{case.number}等1件已经办理过" in words


def test_a_new_home_stands_in_the_way(cast: Cast, keeper: Client) -> None:
    child = make_child(cast.here)
    close(keeper, cast.here.village, cast.there.village)
    type(child).objects.filter(pk=child.pk).update(home_village=None)
    assert "1名转去的学生又改了户籍所在村" in undo(keeper, 422)


def test_within_thirty_days_and_once(cast: Cast, keeper: Client) -> None:
    old: Unit = cast.here.village
    close(keeper, old, cast.there.village)
    at = undo_page()
    for day, status in ((date(2025, 10, 12), 200), (date(2025, 10, 13), 404)):
        with on(day):
            assert keeper_of(cast).get(at).status_code == status, day
    undo(keeper)
    assert keeper.get(at).status_code == 404
    close(keeper, old, cast.there.village, day=f"{MONDAY}")
    assert Case.objects.count() == 0


def test_a_merge_from_before_there_were_marks_is_refused_in_words(
    cast: Cast, keeper: Client
) -> None:
    change = make_merge(cast, cast.here, is_marked=False)
    answer = keeper.post(f"/units/changes/{change.pk}/undo/", WHY)
    assert "没有留下恢复要用的登记" in page(answer, 422)
