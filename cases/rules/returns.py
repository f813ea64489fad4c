"""Says from which day a return counts as back: a word is not a presence (design 4).

A return that a person registered counts once the roll shows the child there, or after two school
days without a mark against it where no roll asks. A return that the roll found counts while the
roll shows it: a presence that was corrected never happened.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from students.attendance.rules.spells import DayFact

SILENT_DAYS = 2  # school days after a word, where the class is not called


class LedgerMove(NamedTuple):
    """A registered return (登记返校), or the end of an observation that did not hold.

    ``by_roll`` marks a return that the roll found, not a person. ``placement`` is the code of where
    the child returned to.
    """

    day: date
    is_back: bool
    by_roll: bool = False
    placement: str = ""


@dataclass(frozen=True, slots=True)
class SeenDays:
    """What the roll says of a child, in order of days.

    ``there`` are the days on which the roll found the child, ``marked`` those with an unexcused
    half-day, ``silent`` the school days on which no roll tells of the child.
    """

    there: Sequence[date] = ()
    marked: Sequence[date] = ()
    silent: Sequence[date] = ()


def counts_from(moves: Sequence[LedgerMove], seen: SeenDays) -> tuple[date | None, ...]:
    """For each move the day from which it counts as back; None for one that never does."""
    ends = [*(move.day for move in moves[1:]), date.max][: len(moves)]
    return tuple(
        _counts_from(move, seen, end) if move.is_back else None
        for move, end in zip(moves, ends, strict=True)
    )


def _counts_from(move: LedgerMove, seen: SeenDays, end: date) -> date | None:
    """The first day that bears the return out, before ``end``, the day of the next move."""
    index = bisect_left(seen.there, move.day)
    days = list(seen.there[index : index + 1])
    if not move.by_roll:
        days += _after_silence(move.day, seen)
    day = min(days, default=date.max)
    return day if day < end else None


def _after_silence(told_on: date, seen: SeenDays) -> list[date]:
    """The day that ends two school days without a roll. A mark against the child starts anew."""
    days = sorted({*seen.silent, *seen.marked})
    quiet, against = 0, set(seen.marked)
    for day in days[bisect_left(days, told_on) :]:
        if day == told_on:
            continue
        quiet = 0 if day in against else quiet + 1
        if quiet == SILENT_DAYS:
            return [day]
    return []


def is_away_all_day(fact: DayFact) -> bool:
    """Whether the roll asked both half-days, missed the child without excuse and never saw it.

    A missed morning alone denies no return: the child may have come in the afternoon.
    """
    return fact.called == 2 and fact.unexcused > 0 and not fact.present


def denied_on(facts: Iterable[DayFact], told_on: date, seen: SeenDays) -> date | None:
    """The day on which the roll denies a person's word that the child is back since ``told_on``.

    It is the first missed day since then, unless a presence or the silent days bore the word out
    before it: later absence belongs to the observation (P9). Leave says nothing either way.
    """
    held_from = min(_after_silence(told_on, seen), default=date.max)
    for fact in facts:
        if fact.day < told_on:
            continue
        if fact.present or fact.day > held_from:
            return None
        if is_away_all_day(fact) or (fact.unexcused and fact.day > told_on):
            return fact.day
    return None
