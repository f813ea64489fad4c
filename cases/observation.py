"""The observation after a return: how many school days in a row the child has been there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from students.attendance.rules.spells import MISSED, PRESENT, DayFact, Spell, passes, spells_of


@dataclass(frozen=True, slots=True)
class Observed:
    """The run of days present up to the last roll: since when, and how many school days."""

    since: date | None
    days: int
    last_missed_on: date | None


def observe(facts: Iterable[DayFact]) -> Observed:
    """Count the run: 未点名 and excused days are neutral, an unexcused half-day begins it anew.

    A day counts when the child was there on every half-day that was called (P9, P20).
    """
    since, days, missed = None, 0, None
    for fact in facts:
        if fact.unexcused:
            since, days, missed = None, 0, fact.day
        elif fact.called and fact.present == fact.called:
            since, days = since or fact.day, days + 1
    return Observed(since, days, missed)


def ever_steady(facts: Iterable[DayFact], days: int) -> bool:
    """Whether the child was ever there for ``days`` school days in a row (P20), as of any day."""
    run = 0
    for fact in facts:
        if fact.unexcused:
            run = 0
        elif fact.called and fact.present == fact.called:
            run += 1
        if run >= days:
            return True
    return False


def is_steady(facts: Iterable[DayFact], days: int, open_after_days: int) -> bool:
    """The same, but since the child was last away by more than P1: so long its case is over.

    A day entered late may have completed a run that a missed day has ended since.
    """
    own: list[DayFact] = []
    missed = 0
    for fact in facts:
        own.append(fact)
        for half in fact.halves:
            missed = missed + 1 if half == MISSED else 0
            if passes(missed, open_after_days):
                own.clear()
    return ever_steady(own, days)


def back_on(facts: Iterable[DayFact], open_after_days: int) -> date | None:
    """The day on which the roll found the child there, unless it was away by more than P1 since.

    A day missed after the return is part of the observation, whatever the order in which the two
    were entered.
    """
    since, missed = None, 0
    for day, half in ((fact.day, half) for fact in facts for half in fact.halves):
        missed = missed + 1 if half == MISSED else 0
        if passes(missed, open_after_days):
            since = None
        elif half == PRESENT:
            since = since or day
    return since


def away_again(facts: Sequence[DayFact], returned_on: date, by_roll: bool) -> Spell | None:
    """The spell that runs now and may break the observation that began on ``returned_on``.

    A return found by the roll is undone when the roll is corrected. A return on a person's word
    stands beside a roll that missed the child that morning: absence counts from the next day on.
    """
    if not by_roll:
        facts = [
            fact
            for fact in facts
            if fact.day > returned_on or (fact.day == returned_on and fact.present)
        ]
    spells = spells_of(facts)
    return spells[-1] if spells and spells[-1].ended_on is None else None
