"""A county's rows become the calendar its deadlines are counted by."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.accounts.models import Unit
from students.calendars.actions import TermEntry, seed_state_council, seed_terms
from students.calendars.loading import calendar_for, calendars_of
from students.calendars.models import CalendarDay, SchoolDayOverride
from students.calendars.workdays import Calendar, DayType

D = date.fromisoformat
pytestmark = pytest.mark.django_db


def add(county: Unit, day: str, is_school_day: bool, school: Unit | None = None) -> None:
    SchoolDayOverride.objects.create(
        county=county, school=school, day=D(day), is_school_day=is_school_day, reason="洪涝停课"
    )


def test_the_seed_holds_the_arrangements_of_2025_and_2026(
    bureau: Unit, state_council: Calendar
) -> None:
    assert seed_state_council(bureau, (2025, 2026)) == [2025, 2026]
    loaded = calendar_for(bureau.pk)
    assert loaded.off == state_council.off
    assert loaded.extra == state_council.extra
    assert loaded.covered_years == {2025, 2026}


def test_every_seeded_day_names_its_document_and_its_holiday(bureau: Unit) -> None:
    seed_state_council(bureau, (2025,))
    saturday = CalendarDay.objects.get(day=D("2025-10-11"))
    assert saturday.source == "国务院办公厅关于2025年部分节假日安排的通知"
    assert saturday.note == "国庆节调休上班"
    assert CalendarDay.objects.get(day=D("2025-10-01")).note == "国庆节放假"


def test_seeding_twice_changes_nothing(bureau: Unit) -> None:
    seed_state_council(bureau, (2025, 2026))
    before = calendar_for(bureau.pk)
    seed_state_council(bureau, (2025, 2026))
    assert calendar_for(bureau.pk) == before


def test_seeding_leaves_a_county_s_correction_alone(bureau: Unit) -> None:
    CalendarDay.objects.create(county=bureau, day=D("2025-10-11"), is_working=False, source="更正")
    seed_state_council(bureau, (2025,))
    assert not calendar_for(bureau.pk).is_working(D("2025-10-11"))


def test_a_year_not_published_yet_is_passed_over(bureau: Unit) -> None:
    assert seed_state_council(bureau, (2026, 2100)) == [2026]
    calendar = calendar_for(bureau.pk)
    assert calendar.is_provisional(D("2100-01-04"))
    assert calendar.is_working(D("2100-01-04"))


def test_a_county_with_nothing_entered_still_has_a_calendar(bureau: Unit) -> None:
    empty = calendar_for(bureau.pk)
    assert empty == Calendar()
    assert empty.nth_day_after(D("2025-09-29"), 2, DayType.SCHOOL) == D("2025-10-01")


def test_the_loaded_calendar_counts_as_the_rules_do(
    bureau: Unit, county: Calendar, term_entries: tuple[TermEntry, ...]
) -> None:
    seed_state_council(bureau, (2025, 2026))
    seed_terms(bureau, term_entries)
    loaded = calendar_for(bureau.pk)
    days = [D("2025-08-01") + timedelta(days=n) for n in range(400)]
    assert [loaded.is_school_day(day) for day in days] == [
        county.is_school_day(day) for day in days
    ]


def test_another_county_s_days_do_not_reach_this_one(bureau: Unit, next_bureau: Unit) -> None:
    seed_state_council(next_bureau, (2025,))
    add(next_bureau, "2025-09-15", False)
    assert calendar_for(bureau.pk) == Calendar()


def test_a_school_s_closure_reaches_that_school_only(bureau: Unit, schools: list[Unit]) -> None:
    add(bureau, "2025-09-15", False, schools[0])
    day = D("2025-09-15")
    assert not calendar_for(bureau.pk, schools[0].pk).is_school_day(day)
    assert calendar_for(bureau.pk, schools[1].pk).is_school_day(day)
    assert calendar_for(bureau.pk).is_school_day(day)


def test_of_the_rows_that_reach_a_school_the_newest_counts(
    bureau: Unit, schools: list[Unit]
) -> None:
    day = D("2025-09-15")
    add(bureau, "2025-09-15", False)
    assert not calendar_for(bureau.pk, schools[0].pk).is_school_day(day)
    add(bureau, "2025-09-15", True, schools[0])
    assert calendar_for(bureau.pk, schools[0].pk).is_school_day(day)
    assert not calendar_for(bureau.pk, schools[1].pk).is_school_day(day)
    add(bureau, "2025-09-15", False)
    assert not calendar_for(bureau.pk, schools[0].pk).is_school_day(day)


def test_an_override_cannot_be_changed_afterwards(bureau: Unit) -> None:
    add(bureau, "2025-09-15", False)
    with pytest.raises(DatabaseError), transaction.atomic():
        SchoolDayOverride.objects.update(is_school_day=True)


def test_the_version_grows_with_every_change_that_reaches_the_school(
    bureau: Unit, schools: list[Unit], term_entries: tuple[TermEntry, ...]
) -> None:
    def versions() -> tuple[int, int]:
        return (
            calendar_for(bureau.pk, schools[0].pk).version,
            calendar_for(bureau.pk, schools[1].pk).version,
        )

    seen = [versions()]
    seed_state_council(bureau, (2025,))
    seen.append(versions())
    seed_terms(bureau, term_entries)
    seen.append(versions())
    add(bureau, "2025-09-15", False)
    seen.append(versions())
    for school in (0, 1):
        of_school = [pair[school] for pair in seen]
        assert of_school == sorted(set(of_school))
    add(bureau, "2025-09-16", False, schools[0])
    assert versions() == (seen[-1][0] + 1, seen[-1][1])


def test_calendars_loaded_together_are_those_loaded_one_by_one(
    bureau: Unit, schools: list[Unit], term_entries: tuple[TermEntry, ...]
) -> None:
    seed_state_council(bureau, (2025, 2026))
    seed_terms(bureau, term_entries)
    add(bureau, "2025-09-15", False, schools[0])
    add(bureau, "2025-09-20", True)
    together = calendars_of(bureau.pk)
    assert together.county == calendar_for(bureau.pk)
    for school in schools:
        assert together.of_school(school.pk) == calendar_for(bureau.pk, school.pk)


def test_one_query_loads_a_calendar_whatever_it_holds_and_one_those_of_all(
    bureau: Unit,
    schools: list[Unit],
    django_assert_num_queries,
    term_entries: tuple[TermEntry, ...],
) -> None:
    seed_state_council(bureau, (2025, 2026))
    seed_terms(bureau, term_entries)
    for n in range(1, 20):
        add(bureau, f"2025-10-{n:02}", False, schools[n % 2])
    with django_assert_num_queries(1, connection=connection):
        calendar_for(bureau.pk, schools[0].pk)
    with django_assert_num_queries(1, connection=connection):
        together = calendars_of(bureau.pk)
        assert all(together.of_school(school.pk).suspended for school in schools)
