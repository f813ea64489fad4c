"""Which days count as a weekday, a working day, a school day."""

from dataclasses import replace
from datetime import date

import pytest

from students.calendars.workdays import Calendar, DayType, SuspendedDays, school_year_of

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "weekday", "working", "school"),
    [
        ("2025-09-12", True, True, True),  # a Friday in term
        ("2025-09-13", False, False, False),  # Saturday
        ("2025-10-01", True, False, False),  # National Day, a Wednesday
        ("2025-09-28", False, True, True),  # make-up Sunday
        ("2025-10-11", False, True, True),  # make-up Saturday
        ("2026-01-16", True, True, True),  # the last day of term
        ("2026-01-19", True, True, False),  # the first Monday of the vacation
        ("2026-02-28", False, True, False),  # make-up Saturday in the vacation
        ("2026-03-02", True, True, True),  # the first day of term
    ],
)
def test_a_day_is_what_the_county_calendar_says(
    county: Calendar, day: str, weekday: bool, working: bool, school: bool
) -> None:
    assert county.counts(D(day), DayType.LITERAL_WEEKDAY) is weekday
    assert county.counts(D(day), DayType.WORKING) is working
    assert county.counts(D(day), DayType.SCHOOL) is school
    assert county.counts(D(day), DayType.CALENDAR) is True


def test_day_zero_is_never_counted(county: Calendar) -> None:
    friday = D("2025-09-12")
    assert county.nth_day_after(friday, 0, DayType.WORKING) == friday
    assert county.nth_day_after(friday, 1, DayType.CALENDAR) == D("2025-09-13")
    assert county.count_between(friday, friday, DayType.CALENDAR) == 0


def test_a_day_zero_on_a_weekend_stays_where_it_is(county: Calendar) -> None:
    assert county.nth_day_after(D("2025-09-13"), 0, DayType.WORKING) == D("2025-09-13")


def test_a_negative_period_is_refused(county: Calendar) -> None:
    with pytest.raises(ValueError, match="negative"):
        county.nth_day_after(D("2025-09-12"), -1, DayType.WORKING)


def test_a_flood_takes_days_from_school_and_from_nothing_else(county: Calendar) -> None:
    flood = SuspendedDays(D("2025-09-15"), D("2025-09-16"), "洪涝停课")
    flooded = replace(county, suspended=(flood,))
    assert [flooded.is_school_day(D(f"2025-09-{day}")) for day in (12, 15, 16, 17)] == [
        True,
        False,
        False,
        True,
    ]
    assert flooded.is_working(D("2025-09-15"))


def test_a_make_up_teaching_day_is_school_even_on_a_weekend_or_in_a_closure(
    county: Calendar,
) -> None:
    saturday = D("2025-09-20")
    closed = SuspendedDays(D("2025-09-15"), D("2025-09-21"))
    made_up = replace(county, suspended=(closed,), make_up_teaching=frozenset({saturday}))
    assert made_up.is_school_day(saturday)
    assert not made_up.is_working(saturday)
    assert not made_up.is_school_day(D("2025-09-19"))


def test_without_terms_a_school_day_is_a_working_day(state_council: Calendar) -> None:
    assert state_council.is_school_day(D("2026-01-19"))
    assert not state_council.is_school_day(D("2025-10-01"))
    assert state_council.is_school_day(D("2025-09-28"))


def test_working_days_next_to_a_holiday_skip_it_in_both_directions(county: Calendar) -> None:
    assert county.previous_working_day(D("2025-10-09")) == D("2025-09-30")
    assert county.next_working_day(D("2025-09-30")) == D("2025-10-09")
    assert county.next_working_day(D("2025-10-10")) == D("2025-10-11")
    assert county.on_or_after_working(D("2025-10-09")) == D("2025-10-09")
    assert county.on_or_after_working(D("2025-10-08")) == D("2025-10-09")


@pytest.mark.parametrize(
    ("year", "month", "due"),
    [
        (2025, 8, "2025-08-29"),  # the 31st is a Sunday
        (2025, 9, "2025-09-30"),
        (2025, 11, "2025-11-28"),
        (2025, 12, "2025-12-31"),
        (2026, 2, "2026-02-28"),  # a make-up Saturday
    ],
)
def test_the_monthly_report_is_due_on_the_last_working_day(
    county: Calendar, year: int, month: int, due: str
) -> None:
    assert county.report_due_day(year, month) == D(due)


@pytest.mark.parametrize(
    ("day0", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-10-31", 1, "2025-12-01"),  # 30 November is a Sunday
        ("2025-12-15", 1, "2026-01-15"),
    ],
)
def test_months_stop_at_the_end_of_a_short_month_and_then_roll(
    county: Calendar, day0: str, months: int, end: str
) -> None:
    assert county.months_after(D(day0), months) == D(end)


def test_a_school_year_turns_on_the_first_of_september() -> None:
    assert school_year_of(D("2025-08-31")) == 2024
    assert school_year_of(D("2025-09-01")) == 2025
    assert school_year_of(D("2026-07-10")) == 2025
