"""What a village or school had goes to its successor on the day, all of it or nothing."""

from datetime import date

import time_machine
from django.test import Client
from django.utils import timezone

from cases.models import Case, Deadline
from cases.policy import Act
from foundation.accounts.models import Post, Unit, UnitChange
from foundation.accounts.querysets import successor_of
from kongchuo.setup.units.carrying import carry_out_due
from students.roster.imports.snapshot import _homes
from students.roster.models import Change, ClassPost, Enrolment
from tests.browsing import client_of, page
from tests.cases.steps import call_roll
from tests.cast import Cast, make_child
from tests.units.conftest import PAPER, TOMORROW
from tests.units.steps import close_unit

MONDAY = "2025-09-15"


def close(
    keeper: Client, unit: Unit, successor: Unit | None, status: int = 302, **more: str
) -> str:
    return close_unit(keeper, unit, successor, PAPER | more, status)


def an_open_case(cast: Cast) -> Case:
    """A child of our village, missing on two days."""
    child = make_child(cast.here)
    for day in (date(2025, 9, 10), date(2025, 9, 11)):
        call_roll(cast, day, child)
    return Case.objects.get(child=child)


def test_a_merged_village_s_children_cases_and_cadre_go_to_the_other(
    cast: Cast, keeper: Client
) -> None:
    case = an_open_case(cast)
    old, new = cast.here.village, cast.there.village
    words = page(keeper.get(f"/units/{old.pk}/close/"))
    assert "户籍在本村的学生" in words
    assert "未销号的个案" in words
    close(keeper, old, new)
    case.refresh_from_db()
    case.child.refresh_from_db()
    assert (case.village, case.township) == (new, cast.there.township)
    assert (case.child.home_village, case.child.home_township) == (new, cast.there.township)
    assert case.events.get(act=Act.SUCCEED).data == {"before": old.name, "after": new.name}
    old.refresh_from_db()
    assert not old.is_open
    assert list(new.region.predecessors.all()) == [old.region]
    assert cast.person("village_cadre").posts.get(unit=new).starts_on == timezone.localdate()
    change = UnitChange.objects.get()
    assert change.end.moved == {"任职转出": 1, "学生": 1, "个案": 1}


def test_an_import_reads_the_former_code_as_the_successor_s(cast: Cast, keeper: Client) -> None:
    old, new = cast.here.village, cast.there.village
    close(keeper, old, new)
    old.refresh_from_db()
    assert successor_of(old) == new
    assert _homes(cast.county.pk)[old.region.code].village_id == new.pk


def test_a_village_is_merged_into_a_village(cast: Cast, keeper: Client) -> None:
    old = cast.here.village
    assert "请选择并入哪个村" in close(keeper, old, None, 422)
    close(keeper, old, cast.here.township, 422)
    old.refresh_from_db()
    assert old.is_open


def test_a_school_with_children_is_not_closed_without_a_successor(
    cast: Cast, keeper: Client
) -> None:
    make_child(cast.here)
    words = close(keeper, cast.here.school.unit, None, 422)
    assert "还有在籍学生1、班级1" in words
    assert "请选择接收单位" in words
    assert not UnitChange.objects.exists()


def test_a_closed_school_s_classes_pupils_teacher_and_cases_go_to_the_other(
    cast: Cast, keeper: Client
) -> None:
    case = an_open_case(cast)
    old, new = cast.here.school.unit, cast.there.school.unit
    owed = Deadline.objects.owed().filter(case=case, unit=old)
    due = sorted(owed.values_list("code", "due_on"))
    assert due
    close(keeper, old, new)
    case.refresh_from_db()
    assert (case.school, case.school_township) == (new, cast.there.township)
    assert case.school_class
    assert case.school_class.school_id == new.pk
    assert not owed.exists()
    there = Deadline.objects.owed().filter(case=case, unit=new)
    assert sorted(there.values_list("code", "due_on")) == due
    before, after = Enrolment.objects.filter(child=case.child).order_by("starts_on")
    assert (before.school_id, f"{before.ends_on}") == (old.pk, "2025-09-11")
    assert (after.school_id, f"{after.starts_on}") == (new.pk, "2025-09-12")
    teacher = ClassPost.objects.get(school_class=after.school_class).post
    assert (teacher.person, teacher.unit) == (cast.person("class_teacher"), new)
    head = Post.objects.get(role="head_teacher", unit=old)
    assert f"{head.ends_on}" == "2025-09-11"
    old.refresh_from_db()
    assert not old.is_open


def test_a_school_that_called_its_roll_today_goes_on_until_the_evening(
    cast: Cast, keeper: Client
) -> None:
    child = make_child(cast.here)
    call_roll(cast, date(2025, 9, 12))
    close(keeper, cast.here.school.unit, cast.there.school.unit)
    last = Enrolment.objects.filter(child=child).latest("starts_on")
    assert f"{last.starts_on}" == TOMORROW


def test_a_closing_ahead_waits_for_its_day(cast: Cast, keeper: Client) -> None:
    child = make_child(cast.here)
    close(keeper, cast.here.school.unit, cast.there.school.unit, day=MONDAY)
    assert Enrolment.objects.get(child=child).school_id == cast.here.school.pk
    with time_machine.travel(f"{MONDAY} 00:10:00+08:00", tick=False):
        assert carry_out_due(timezone.localdate(), timezone.now()) == 1
    last = Enrolment.objects.filter(child=child).latest("starts_on")
    assert (last.school_id, f"{last.starts_on}") == (cast.there.school.pk, MONDAY)


def test_a_school_with_a_change_under_way_is_not_closed(cast: Cast, keeper: Client) -> None:
    child = make_child(cast.here)
    Change.objects.create(
        county=cast.county,
        child=child,
        kind="transfer_out",
        state="asked",
        from_school=cast.here.school,
        occurred_on=timezone.localdate(),
        recorded_on=timezone.localdate(),
        recorded_at=timezone.now(),
        recorded_by=cast.post("registrar"),
    )
    words = close(keeper, cast.here.school.unit, cast.there.school.unit, 422)
    assert "还有1件异动没有办结" in words


def test_a_township_with_villages_is_not_closed(cast: Cast, keeper: Client) -> None:
    words = close(keeper, cast.here.township, cast.there.township, 422)
    assert "下面还有2个" in words


def test_the_new_village_s_cadre_sees_the_case_and_the_old_one_s_post_is_over(
    cast: Cast, keeper: Client
) -> None:
    case = an_open_case(cast)
    Case.objects.filter(pk=case.pk).update(village_asked_on=timezone.localdate())
    close(keeper, cast.here.village, cast.there.village)
    assert case.number in page(client_of(cast.person("village_cadre", there=True)).get("/cases/"))
