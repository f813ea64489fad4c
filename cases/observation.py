"""The observation after a return: how many school days in a row the child has been there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from students.attendance.spells import DayFact


@dataclass(frozen=True, slots=True)
class Observed:
    """The run of days present up to the last roll: since when, and how many school days."""

    since: date | None
    days: int
    last_missed_on: date | None


def observe(facts: Iterable[DayFact]) -> Observed:
    """Count the run: 未点名 and excused days are neutral, an unexcused half-day begins it anew."""
    since, days, missed = None, 0, None
    for fact in facts:
        if fact.unexcused:
            since, days, missed = None, 0, fact.day
        elif fact.called - fact.excused > 0:
            since, days = since or fact.day, days + 1
    return Observed(since, days, missed)


def is_back(facts: Iterable[DayFact]) -> date | None:
    """The day on which the last called roll found the child present, else nothing."""
    last = None
    for fact in facts:
        if fact.called:
            last = fact
    if last is None or last.called - last.unexcused - last.excused <= 0:
        return None
    return last.day
