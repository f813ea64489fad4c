"""The school days that the rules look back over, computed from a calendar."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cases.watch.rules import BEFORE, LONG, RECENT
from foundation.days import ONE_DAY
from students.calendars.workdays import Calendar

LONGEST = 500  # days; a calendar without enough school days within these has no more
FREE = 3  # days off in a row that make a holiday, since a weekend has two
MONDAY, FRIDAY = 0, 4


@dataclass(frozen=True, slots=True)
class Windows:
    """The first day of each window up to ``day``, and the days that follow a holiday."""

    day: date
    recent: date
    long: date
    before: date
    after_holidays: frozenset[date]

    def is_at_week_end(self, day: date) -> bool:
        """Whether the day is next to a weekend."""
        return day.weekday() in (MONDAY, FRIDAY)


def windows_of(calendar: Calendar, day: date) -> Windows:
    """The windows that end with ``day``. A short calendar shortens them."""
    held = _school_days(calendar, day, RECENT + BEFORE + 1)
    return Windows(
        day=day,
        recent=_nth(held, RECENT, day),
        long=_nth(held, LONG, day),
        before=_nth(held, RECENT + BEFORE, day),
        after_holidays=frozenset(
            later for later, earlier in pairwise(held) if (later - earlier).days > FREE
        ),
    )


def _school_days(calendar: Calendar, day: date, most: int) -> list[date]:
    """School days up to ``day``, the latest first."""
    back = (day - ONE_DAY * n for n in range(LONGEST))
    found: list[date] = []
    for one in back:
        if calendar.is_school_day(one):
            found.append(one)
        if len(found) == most:
            break
    return found


def _nth(held: list[date], n: int, day: date) -> date:
    return held[min(n, len(held)) - 1] if held else day
