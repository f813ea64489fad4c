"""The tables of domain 3.4, row by row."""

from datetime import date

import pytest

from students.calendars.workdays import Calendar, DayType

D = date.fromisoformat
LITERAL, WORKING, SCHOOL = DayType.LITERAL_WEEKDAY, DayType.WORKING, DayType.SCHOOL

PERSUASION = [
    # day 0, day type, day 1, day 2, day 3
    ("2025-09-12", LITERAL, "2025-09-15", "2025-09-16", "2025-09-17"),
    ("2025-09-12", WORKING, "2025-09-15", "2025-09-16", "2025-09-17"),
    ("2025-09-29", LITERAL, "2025-09-30", "2025-10-01", "2025-10-02"),
    ("2025-09-29", WORKING, "2025-09-30", "2025-10-09", "2025-10-10"),
    ("2025-09-25", LITERAL, "2025-09-26", "2025-09-29", "2025-09-30"),
    ("2025-09-25", WORKING, "2025-09-26", "2025-09-28", "2025-09-29"),
    ("2025-10-11", LITERAL, "2025-10-13", "2025-10-14", "2025-10-15"),
    ("2025-10-11", WORKING, "2025-10-13", "2025-10-14", "2025-10-15"),
    ("2025-09-28", LITERAL, "2025-09-29", "2025-09-30", "2025-10-01"),
    ("2025-09-28", WORKING, "2025-09-29", "2025-09-30", "2025-10-09"),
    ("2026-01-14", LITERAL, "2026-01-15", "2026-01-16", "2026-01-19"),
    ("2026-01-14", WORKING, "2026-01-15", "2026-01-16", "2026-01-19"),
    ("2026-01-14", SCHOOL, "2026-01-15", "2026-01-16", "2026-03-02"),
]


@pytest.mark.parametrize(("day0", "day_type", "first", "second", "third"), PERSUASION)
def test_the_three_days_of_persuasion_run_as_the_table_says(
    county: Calendar, day0: str, day_type: DayType, first: str, second: str, third: str
) -> None:
    days = [county.nth_day_after(D(day0), n, day_type) for n in (1, 2, 3)]
    assert days == [D(first), D(second), D(third)]


@pytest.mark.parametrize(
    ("day0", "due"),
    [
        ("2025-09-12", "2025-09-18"),
        ("2025-09-29", "2025-10-11"),
        ("2025-09-25", "2025-09-30"),
        ("2025-10-11", "2025-10-16"),
        ("2025-09-28", "2025-10-10"),
    ],
)
def test_the_village_is_asked_on_the_working_day_after_the_three_days(
    county: Calendar, day0: str, due: str
) -> None:
    end = county.nth_day_after(D(day0), 3, WORKING)
    assert county.next_working_day(end) == D(due)


@pytest.mark.parametrize(
    ("opening", "ten", "fifteen"),
    [("2025-09-01", "2025-09-15", "2025-09-22"), ("2026-03-02", "2026-03-16", "2026-03-23")],
)
def test_the_checks_of_term_start_fall_on_the_tenth_and_fifteenth_working_day(
    county: Calendar, opening: str, ten: str, fifteen: str
) -> None:
    assert county.nth_day_after(D(opening), 10, WORKING) == D(ten)
    assert county.nth_day_after(D(opening), 15, WORKING) == D(fifteen)


@pytest.mark.parametrize(
    ("opening", "thirty_days", "one_month", "two_months"),
    [
        ("2025-09-01", "2025-10-09", "2025-10-09", "2025-11-03"),
        ("2026-03-02", "2026-04-01", "2026-04-02", "2026-05-06"),
    ],
)
def test_the_reports_of_term_start_move_past_holidays_and_weekends(
    county: Calendar, opening: str, thirty_days: str, one_month: str, two_months: str
) -> None:
    assert county.calendar_period_end(D(opening), 30) == D(thirty_days)
    assert county.months_after(D(opening), 1) == D(one_month)
    assert county.months_after(D(opening), 2) == D(two_months)


def test_one_week_from_a_notice_before_national_day_ends_after_the_holiday(
    county: Calendar,
) -> None:
    assert county.calendar_period_end(D("2025-09-24"), 7) == D("2025-10-09")
    assert county.nth_day_after(D("2025-09-24"), 7, WORKING) == D("2025-10-10")


def test_the_worked_example_climbs_on_the_days_it_names(county: Calendar) -> None:
    found = D("2025-09-12")
    persuaded = county.nth_day_after(found, 3, WORKING)
    village_asked = county.next_working_day(persuaded)
    village_done = county.nth_day_after(village_asked, 3, WORKING)
    township_told = county.next_working_day(village_done)
    assert [persuaded, village_asked, village_done, township_told] == [
        D("2025-09-17"),
        D("2025-09-18"),
        D("2025-09-23"),
        D("2025-09-24"),
    ]


def test_the_worked_example_counts_the_make_up_sunday_for_the_township(county: Calendar) -> None:
    township_done = county.nth_day_after(D("2025-09-24"), 5, WORKING)
    assert township_done == D("2025-09-30")
    assert D("2025-09-28") < township_done
    assert county.is_working(D("2025-09-28"))


def test_the_worked_example_ends_the_order_after_national_day(county: Calendar) -> None:
    assert county.calendar_period_end(D("2025-09-30"), 7) == D("2025-10-09")


def test_the_worked_example_misses_its_sixth_and_twentieth_school_day(county: Calendar) -> None:
    last_seen = D("2025-09-10")
    assert county.count_between(last_seen, D("2025-09-18"), SCHOOL) == 6
    assert county.count_between(last_seen, D("2025-09-18"), DayType.CALENDAR) == 8
    assert county.nth_day_after(last_seen, 20, SCHOOL) == D("2025-10-14")


def test_friday_and_the_next_monday_are_two_school_days_in_a_row(county: Calendar) -> None:
    assert county.count_between(D("2025-09-11"), D("2025-09-15"), SCHOOL) == 2
