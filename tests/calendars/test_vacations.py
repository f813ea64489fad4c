"""Vacations: where they lie, and what they do to a school's own clock (domain 3.5)."""

from dataclasses import replace
from datetime import date

import pytest

from students.calendars.workdays import Calendar, DayType, Term

D = date.fromisoformat
WORKING, SCHOOL = DayType.WORKING, DayType.SCHOOL
NEXT_AUTUMN = Term("秋季学期", D("2026-08-31"), D("2027-01-15"), D("2026-08-30"))


@pytest.mark.parametrize(
    ("day", "in_term"),
    [
        ("2025-08-01", True),  # nothing is known of the school year before
        ("2025-08-31", False),
        ("2025-09-01", True),
        ("2026-01-16", True),
        ("2026-01-17", False),
        ("2026-03-01", False),
        ("2026-03-02", True),
        ("2026-07-10", True),
        ("2026-07-11", False),
        ("2026-08-31", False),
        ("2026-09-01", True),  # the next term is not entered: taken to begin today
    ],
)
def test_a_vacation_lies_between_two_terms(county: Calendar, day: str, in_term: bool) -> None:
    assert county.in_term(D(day)) is in_term


def test_a_summer_ends_where_the_next_autumn_term_begins(county: Calendar) -> None:
    longer = replace(county, terms=(*county.terms, NEXT_AUTUMN))
    assert not longer.in_term(D("2026-08-30"))
    assert longer.is_school_day(D("2026-08-31"))
    assert longer.school_year_of(D("2026-08-31")) == 2026
    assert longer.school_year_of(D("2026-08-30")) == 2025


def test_a_spring_term_that_nobody_entered_does_not_close_the_schools_in_march(
    county: Calendar,
) -> None:
    forgotten = replace(county, terms=(county.terms[0], NEXT_AUTUMN))
    assert not forgotten.is_school_day(D("2026-02-27"))
    assert forgotten.is_school_day(D("2026-03-02"))
    assert forgotten.is_school_day(D("2026-06-30"))
    assert not forgotten.is_school_day(D("2026-08-28"))


def test_a_term_put_off_for_months_is_still_one_vacation(county: Calendar) -> None:
    late_spring = Term("春季学期", D("2026-05-06"), D("2026-08-14"), D("2026-05-06"))
    put_off = replace(county, terms=(county.terms[0], late_spring))
    assert not put_off.is_school_day(D("2026-04-15"))
    assert put_off.is_school_day(D("2026-05-06"))


def test_terms_may_be_given_in_any_order(county: Calendar) -> None:
    turned = replace(county, terms=county.terms[::-1])
    assert turned.vacation_on(D("2026-02-01")) == county.vacation_on(D("2026-02-01"))


def test_the_first_teaching_day_after_a_vacation_is_the_first_of_term(county: Calendar) -> None:
    assert county.first_teaching_day_on_or_after(D("2026-01-16")) == D("2026-01-16")
    assert county.first_teaching_day_on_or_after(D("2026-01-17")) == D("2026-03-02")
    assert county.first_teaching_day_on_or_after(D("2026-03-01")) == D("2026-03-02")


def test_a_term_is_found_by_any_of_its_days(county: Calendar) -> None:
    autumn, spring = county.terms
    assert county.term_of(D("2025-09-13")) == autumn
    assert county.term_of(D("2026-07-10")) == spring
    assert county.term_of(D("2026-02-01")) is None


@pytest.mark.parametrize("day_type", [WORKING, SCHOOL])
@pytest.mark.parametrize(
    ("day0", "end"),
    [
        ("2026-01-13", "2026-01-16"),  # complete on the last day of term
        ("2026-01-14", "2026-03-01"),
        ("2026-01-16", "2026-03-01"),
        ("2026-02-10", "2026-03-01"),  # reported in the vacation, by the village
        ("2026-03-01", "2026-03-01"),
        ("2026-03-02", "2026-03-05"),
    ],
)
def test_a_school_window_cut_by_a_vacation_ends_with_it(
    county: Calendar, day_type: DayType, day0: str, end: str
) -> None:
    assert county.paused_window_end(D(day0), 3, day_type) == D(end)


def test_the_case_of_a_cut_window_climbs_on_the_first_teaching_day(county: Calendar) -> None:
    end = county.paused_window_end(D("2026-01-14"), 3, WORKING)
    assert county.next_working_day(end) == D("2026-03-02")


def test_a_window_of_the_same_day_is_not_stretched_by_a_vacation(county: Calendar) -> None:
    assert county.paused_window_end(D("2026-01-20"), 0, WORKING) == D("2026-01-20")


def test_without_terms_a_school_window_runs_on(state_council: Calendar) -> None:
    assert state_council.paused_window_end(D("2026-01-14"), 3, WORKING) == D("2026-01-19")
