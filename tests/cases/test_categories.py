"""疑似辍学 and 辍学 come from attendance and a day, never from the rung (P11, P12; domain 3.4)."""

from datetime import date, timedelta

import pytest

from cases.rules.category import Category, category_on
from foundation.accounts.parameters import defaults
from students.calendars.workdays import Calendar

LAST = date(2025, 9, 10)
# The State Council's autumn of 2025.
CALENDAR = Calendar(
    off=frozenset(date(2025, 10, day) for day in range(1, 9)),
    extra=frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
)
MISSED = [
    day for day in (LAST + timedelta(days=n) for n in range(1, 60)) if CALENDAR.is_school_day(day)
]


def _on(day: date, missed: list[date] = MISSED) -> Category:
    return category_on(day, LAST, missed, defaults())


@pytest.mark.parametrize(
    ("day", "category"),
    [
        (date(2025, 9, 12), Category.BELOW),
        (date(2025, 9, 17), Category.BELOW),
        (date(2025, 9, 18), Category.SUSPECTED),
        (date(2025, 9, 19), Category.SUSPECTED),
        (date(2025, 10, 13), Category.SUSPECTED),
        (date(2025, 10, 14), Category.DROPOUT),
        (date(2025, 10, 15), Category.DROPOUT),
    ],
)
def test_the_worked_example(day: date, category: Category) -> None:
    assert _on(day) is category


def test_the_category_becomes_worse_on_the_twentieth_missed_day_not_after_28_days() -> None:
    assert MISSED[19] == date(2025, 10, 14)
    assert _on(LAST + timedelta(days=28)) is Category.SUSPECTED


def test_more_than_a_week_without_five_missed_days_is_not_suspected() -> None:
    assert _on(date(2025, 9, 30), MISSED[:4]) is Category.BELOW
    assert _on(date(2025, 9, 30), MISSED[:5]) is Category.SUSPECTED


def test_days_before_the_last_day_at_school_do_not_count() -> None:
    earlier = [date(2025, 9, 1) + timedelta(days=n) for n in range(9)]
    assert _on(date(2025, 9, 19), earlier) is Category.BELOW
