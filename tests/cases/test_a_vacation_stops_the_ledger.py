"""The clocks of 疑似辍学 and 辍学 stand still in a vacation (domain 3.5)."""

from datetime import date, timedelta

import pytest

from cases.rules.category import Category, category_on
from foundation.accounts.parameters import defaults
from students.calendars.workdays import Calendar, Term

LAST_SEEN = date(2026, 1, 14)  # two school days before the winter vacation
TERMS = (
    Term("秋季学期", date(2025, 9, 1), date(2026, 1, 16), date(2025, 8, 31)),
    Term("春季学期", date(2026, 3, 2), date(2026, 7, 10), date(2026, 3, 1)),
)
CALENDAR = Calendar(terms=TERMS)


def on(day: date) -> Category:
    span = (LAST_SEEN + timedelta(days=n) for n in range(1, (day - LAST_SEEN).days + 1))
    missed = [one for one in span if CALENDAR.is_school_day(one)]
    paused = CALENDAR.days_in_vacation(LAST_SEEN, day)
    return category_on(day, LAST_SEEN, missed, defaults(), paused)


@pytest.mark.parametrize(
    ("day", "category"),
    [
        (date(2026, 2, 20), Category.BELOW),  # five weeks away, all but two days a vacation
        (date(2026, 3, 6), Category.BELOW),  # the seventh day outside the vacation
        (date(2026, 3, 7), Category.SUSPECTED),  # the eighth
        (date(2026, 3, 25), Category.DROPOUT),  # the 20th missed school day
        (date(2026, 3, 24), Category.SUSPECTED),
    ],
)
def test_days_of_the_winter_vacation_do_not_count(day: date, category: Category) -> None:
    assert on(day) is category


def test_a_month_without_vacation_counts_every_day() -> None:
    assert CALENDAR.days_in_vacation(date(2025, 9, 10), date(2025, 10, 14)) == 0


def test_the_days_of_a_vacation_are_counted_once() -> None:
    assert CALENDAR.days_in_vacation(date(2026, 1, 16), date(2026, 3, 2)) == 44
    assert CALENDAR.days_in_vacation(date(2026, 1, 20), date(2026, 1, 25)) == 5
