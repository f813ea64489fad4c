"""What the rules are told of a child: from standing marks alone, in a fixed number of queries."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from cases.watch.facts import facts_of
from cases.watch.rules import ChildFacts
from cases.watch.windows import windows_of
from students.attendance.models import Absence
from students.calendars.loading import calendar_for
from students.roster.models import Child, Enrolment, GroupSpell, GuardianAbsence
from tests.cast import Cast, make_child
from tests.watch.help import FRI, Roll, back, open_case

pytestmark = pytest.mark.django_db
NOTHING = ChildFacts()


def facts(cast: Cast, day: date = FRI) -> dict[int, ChildFacts]:
    members = Enrolment.objects.expected_on(day).select_related("child", "school_class")
    return facts_of(list(members), windows_of(calendar_for(cast.county.pk), day), "530999")


def fact(cast: Cast, child: Child, day: date = FRI) -> ChildFacts:
    return facts(cast, day).get(child.pk, NOTHING)


def test_a_child_without_a_mark_has_no_facts(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.called(*(back(cast, n) for n in range(1, 6)))
    assert facts(cast) == {}


@pytest.mark.parametrize(("n", "recent", "long"), [(20, 2, 2), (21, 0, 2), (60, 0, 2), (61, 0, 0)])
def test_a_day_falls_out_of_each_window_after_its_last(
    cast: Cast, ming: Child, roll: Roll, n: int, recent: int, long: int
) -> None:
    roll.missed(ming, back(cast, n))
    found = fact(cast, ming)
    assert (found.missed_recent, found.missed_long) == (recent, long)


def test_a_leave_is_absence_and_not_unexcused(cast: Cast, ming: Child, roll: Roll) -> None:
    day = back(cast, 3)
    roll.missed(ming, day, kind="sick", leave_until=day)
    found = fact(cast, ming)
    assert (found.missed_long, found.absent_long) == (0, 2)


def test_a_leave_past_its_end_is_unexcused(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, back(cast, 3), kind="sick", leave_until=back(cast, 4))
    assert fact(cast, ming).missed_recent == 2


def test_a_mark_that_was_corrected_counts_no_more(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, back(cast, 3))
    Absence.objects.update(until_version=2)
    assert fact(cast, ming) == NOTHING


def test_the_spell_that_goes_on_is_counted_to_today(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, back(cast, 2), back(cast, 1))
    assert fact(cast, ming).missed_now == 4


def test_a_spell_that_has_ended_is_none_now(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, back(cast, 3), back(cast, 2))
    roll.called(back(cast, 1))
    assert fact(cast, ming).missed_now == 0


def test_mondays_and_fridays_are_counted(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, date(2025, 12, 1), date(2025, 12, 5), date(2025, 12, 9))
    found = fact(cast, ming)
    assert (found.days_missed, found.at_week_ends) == (3, 2)


def test_the_day_after_a_holiday_is_counted(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, date(2025, 10, 9), date(2025, 10, 10))
    assert fact(cast, ming).after_holidays == 1


def test_what_was_before_is_counted_apart(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, back(cast, 20), back(cast, 21), back(cast, 22))
    found = fact(cast, ming)
    assert (found.absent_recent, found.absent_before, found.called_before) == (2, 4, 2)


def test_a_closed_case_is_an_earlier_one(cast: Cast, ming: Child) -> None:
    open_case(cast, ming, stage="DX", outcome="C01", closed_on=FRI)
    assert fact(cast, ming).cases == 1


@pytest.mark.parametrize("outcome", ["C14", "C15", "W"])
def test_a_case_that_was_none_does_not_count(cast: Cast, ming: Child, outcome: str) -> None:
    open_case(cast, ming, stage="DX", outcome=outcome, closed_on=FRI)
    assert fact(cast, ming) == NOTHING


def test_a_case_that_is_open_is_no_earlier_one(cast: Cast, ming: Child) -> None:
    open_case(cast, ming)
    assert fact(cast, ming) == NOTHING


def test_groups_in_force_on_the_day_are_told(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, back(cast, 3))
    _group(cast, ming, "disabled", FRI)
    _group(cast, ming, "poor", date(2025, 12, 13))
    assert fact(cast, ming).groups == {"disabled"}


def test_a_parent_who_is_away_three_months_leaves_a_child_behind(
    cast: Cast, ming: Child, roll: Roll
) -> None:
    roll.missed(ming, back(cast, 3))
    away = GuardianAbsence.objects.create(
        child=ming,
        parent="father",
        starts_on=date(2025, 9, 13),
        place="country",
        carer="grandparents",
        recorded_by=cast.post("registrar"),
    )
    assert fact(cast, ming).groups == frozenset()
    away.starts_on = date(2025, 9, 12)
    away.save()
    assert fact(cast, ming).groups == {"left_behind"}


def test_a_child_who_has_left_is_not_asked_about(cast: Cast, ming: Child, roll: Roll) -> None:
    roll.missed(ming, back(cast, 30))
    assert fact(cast, ming) != NOTHING
    Enrolment.objects.update(ends_on=date(2025, 12, 11))
    assert fact(cast, ming) == NOTHING


def test_more_children_cost_no_more_queries(
    cast: Cast, ming: Child, roll: Roll, count_queries: Any
) -> None:
    def asked() -> int:
        with count_queries(connection) as seen:
            facts(cast)
        return len(seen)

    roll.missed(ming, *(back(cast, n) for n in (3, 5)))
    first = asked()
    for n in range(12):
        child = make_child(cast.here, f"王小{n}")
        roll.missed(child, *(back(cast, day) for day in (4, 9, 30)))
        _group(cast, child, "disabled", date(2025, 9, 1))
    assert asked() == first


def _group(cast: Cast, child: Child, group: str, starts_on: date) -> None:
    GroupSpell.objects.create(
        child=child, group=group, starts_on=starts_on, recorded_by=cast.post("registrar")
    )
