"""The school year as the page shows it."""

from dataclasses import replace
from datetime import date

import pytest

from students.calendars.grid import GridKind, kind_of, mark_of, months_of
from students.calendars.workdays import Calendar, DayType, SuspendedDays

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "kind", "mark"),
    [
        ("2025-09-12", GridKind.SCHOOL, ""),
        ("2025-09-13", GridKind.WEEKEND, ""),
        ("2025-10-01", GridKind.HOLIDAY, "休"),
        ("2025-09-28", GridKind.SCHOOL, "班"),
        ("2026-02-17", GridKind.VACATION, "休"),
        ("2026-02-28", GridKind.VACATION, "班"),
        ("2025-09-15", GridKind.CLOSED, ""),
        ("2025-09-20", GridKind.MAKE_UP, ""),
    ],
)
def test_each_day_says_what_is_held_on_it(
    county: Calendar, day: str, kind: GridKind, mark: str
) -> None:
    flooded = replace(
        county,
        suspended=(SuspendedDays(D("2025-09-15"), D("2025-09-15"), "洪涝停课"),),
        make_up_teaching=frozenset({D("2025-09-20")}),
    )
    assert (kind_of(flooded, D(day)), mark_of(flooded, D(day))) == (kind, mark)


def test_a_school_year_is_shown_from_september_to_august(county: Calendar) -> None:
    months = months_of(county, 2025)
    assert [(month.year, month.month) for month in months] == [
        *((2025, n) for n in range(9, 13)),
        *((2026, n) for n in range(1, 9)),
    ]


def test_every_day_of_the_year_stands_in_the_grid_once(county: Calendar) -> None:
    cells = [
        cell.day
        for month in months_of(county, 2025)
        for week in month.weeks
        for cell in week
        if cell
    ]
    assert len(cells) == len(set(cells)) == 365


def test_the_school_days_of_a_month_are_those_a_period_counts(county: Calendar) -> None:
    september, october = months_of(county, 2025)[:2]
    counted = county.count_between(D("2025-08-31"), D("2025-09-30"), DayType.SCHOOL)
    assert september.school_days == counted == 23
    assert october.school_days == 18
