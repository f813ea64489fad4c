"""Counts the observation after a return: the school days in a row that the child was there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from students.attendance.rules.spells import MISSED, PRESENT, DayFact, Spell, passes, spells_of


@dataclass(frozen=True, slots=True)
class Observed:
    """The run of days present up to the last roll: its first day and its school days."""

    since: date | None
    days: int
    last_missed_on: date | None


def observe(facts: Iterable[DayFact]) -> Observed:
    """Count the run: 未点名 and excused days are neutral, an unexcused half-day starts it anew.

    A day counts if the child was there on every half-day that was called (P9, P20).
    """
    since, days, missed = None, 0, None
    for fact in facts:
        if fact.unexcused:
            since, days, missed = None, 0, fact.day
        elif fact.called and fact.present == fact.called:
            since, days = since or fact.day, days + 1
    return Observed(since, days, missed)


def ever_steady(facts: Iterable[DayFact], days: int) -> bool:
    """Whether the child was ever there for ``days`` school days in a row (P20)."""
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
    """Whether a run of ``days`` was reached since the child was last away by more than P1.

    Once reached, it holds although the child was missed later by at most P1: a day entered late may
    have completed a run that a missed day has ended since.
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
    """The first day the roll found the child there since it was last away by more than P1.

    A day missed after the return belongs to the observation, in whatever order the two were
    entered.
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
    holds beside a roll that missed the child that morning: absence counts from the next day on.
    """
    if not by_roll:
        facts = [
            fact
            for fact in facts
            if fact.day > returned_on or (fact.day == returned_on and fact.present)
        ]
    spells = spells_of(facts)
    return spells[-1] if spells and spells[-1].ended_on is None else None
