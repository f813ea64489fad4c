"""Counts the ledger category of a case on a day: days missed, or a confirmation (domain 3.1, P12).

The category is not the handling stage: a child at D1 is no dropout in any figure (design 4.2). This
module counts the facts that ``cases/standing.py`` gathers.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cases.rules.returns import LedgerMove, SeenDays, counts_from
from foundation.accounts.parameters import Parameters
from foundation.days import ONE_DAY
from students.calendars.workdays import Vacation


class Category(StrEnum):
    """台账类别 of a child with an open case that is not back at school."""

    BELOW = "below"  # the case is open, neither threshold is reached
    SUSPECTED = "suspected"
    DROPOUT = "dropout"


LABELS = {
    Category.BELOW: "未达疑似",
    Category.SUSPECTED: "疑似辍学",
    Category.DROPOUT: "辍学",
}
TOLD_BACK = "已登记返校，待点名核实"


class Confirmed(NamedTuple):
    """辍学认定 apart from the days missed (P12): by the head teacher, or 失联 by the police."""

    day: date
    is_lost: bool = False


class Closing(NamedTuple):
    """An approved closing (销号), from ``day`` to ``until``, the day on which the number went on.

    ``until`` is ``date.max`` while no other absence has ended the closing (domain 3.7).
    """

    day: date
    until: date
    as_back: bool

    def holds_on(self, day: date) -> bool:
        """Whether the case was closed at the end of ``day``."""
        return self.day <= day < self.until


@dataclass(frozen=True, slots=True)
class History:
    """The facts of one case from which its category follows.

    ``gone_since`` is the last day at school before the case. ``missed`` are the unexcused days,
    each whole day once, in order of days; ``seen`` is what the roll says of the child. ``moves``
    are in the order of recording, because a later one may correct an earlier one. ``back_from``
    says for each move from which day it counts as back (``cases/rules/returns.py``).
    ``confirmed`` are the confirmations that were not reverted, in order of days. ``closings`` are
    the approved ones: each answered for the absence before it.
    """

    opened_on: date
    gone_since: date
    missed: Sequence[date] = ()
    seen: SeenDays = field(default_factory=SeenDays)
    moves: Sequence[LedgerMove] = ()
    confirmed: Sequence[Confirmed] = ()
    closed_on: date | None = None
    closed_as_back: bool = False
    closings: Sequence[Closing] = ()
    vacations: Sequence[Vacation] = ()
    back_from: Sequence[date | None] = field(init=False)
    reset_days: Sequence[date] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the days from which returns count, and the days that answer for the absence."""
        back_from = counts_from(self.moves, self.seen)
        there = {day for day in back_from if day}.union(self.seen.there)
        there.update(closing.day for closing in self.closings if not closing.as_back)
        object.__setattr__(self, "back_from", back_from)
        object.__setattr__(self, "reset_days", tuple(sorted(there)))


class HeldReturn(NamedTuple):
    """A return that counts, from ``day`` on, to the placement ``move`` tells."""

    day: date
    move: LedgerMove


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands in the ledger at the end of a day.

    ``category`` is None without an open case or once the child is back. ``missed`` counts the
    unexcused school days since ``last_there_on``. ``dropout_since`` is the day the child became a
    dropout (still standing), ``returned_on`` the day from which a return counts.
    ``told_back_on`` is the day of a return on somebody's word that the roll has yet to bear out.
    ``is_lost`` says that the police could not find the dropout.
    """

    category: Category | None
    last_there_on: date
    missed: int
    dropout_since: date | None = None
    returned_on: date | None = None
    told_back_on: date | None = None
    is_lost: bool = False

    @property
    def is_away(self) -> bool:
        """Whether the case is open and the child not back."""
        return self.category is not None

    @property
    def ledger_label(self) -> str:
        """The name of the child's ledger. Empty if the child stands in none yet."""
        if self.category is None or self.category is Category.BELOW:
            return ""
        return LABELS[self.category]

    @property
    def pending_label(self) -> str:
        """What page, list and return say of a return that is only somebody's word. Else empty."""
        return TOLD_BACK if self.told_back_on else ""


def standing_at(history: History, day: date, rules: Parameters) -> Standing:
    """The case's standing at the end of ``day``."""
    category, last = category_at(history, day, rules), last_there_on(history, day)
    missed = missed_since(history, last, day)
    found = confirmed_since(history, last, day)
    since: date | None = None
    if category is Category.DROPOUT:
        reached = [one.day for one in found[:1]]
        reached += missed[rules.dropout_missed - 1 : rules.dropout_missed]
        since = max(min(reached), history.opened_on)
    back, told = returned_on(history, day), told_back_on(history, day)
    is_lost = category is not None and any(one.is_lost for one in found)
    return Standing(category, last, len(missed), since, back, told, is_lost)


def category_at(history: History, day: date, rules: Parameters) -> Category | None:
    """The category at the end of ``day``; None without an open case or once back."""
    if not is_away_on(history, day):
        return None
    last = last_there_on(history, day)
    if confirmed_since(history, last, day):
        return Category.DROPOUT
    paused = sum(vacation.days_within(last, day) for vacation in history.vacations)
    return category_on(day, last, missed_since(history, last, day), rules, paused)


def is_away_on(history: History, day: date) -> bool:
    """Whether the case is open and the child not back at the end of ``day``."""
    is_open = history.opened_on <= day and not is_closed_on(history, day)
    return is_open and returned_on(history, day) is None


def is_closed_on(history: History, day: date) -> bool:
    """Whether the case is closed at the end of ``day``."""
    if history.closed_on and history.closed_on <= day:
        return True
    return any(closing.holds_on(day) for closing in history.closings)


def closed_as_back_on(history: History, day: date) -> bool:
    """Whether a closing of ``day`` says that the child is back (劝返复学)."""
    approved = any(closing.day == day and closing.as_back for closing in history.closings)
    return approved or (history.closed_on == day and history.closed_as_back)


def returned_on(history: History, day: date) -> date | None:
    """The day from which the standing return counts at the end of ``day``; None where none does."""
    for move, back in reversed(list(zip(history.moves, history.back_from, strict=True))):
        if back and back <= day:
            return back
        if not move.is_back and move.day <= day:
            return None
    return None


def told_back_on(history: History, day: date) -> date | None:
    """The day of a return on a person's word that does not count yet at the end of ``day``."""
    if not is_away_on(history, day):
        return None
    last = next((move for move in reversed(history.moves) if move.day <= day), None)
    return last.day if last and last.is_back and not last.by_roll else None


def returns_in(history: History, first: date, last: date) -> list[HeldReturn]:
    """The returns that begin to count between two days, in the order of recording."""
    return [
        HeldReturn(back, move)
        for move, back in zip(history.moves, history.back_from, strict=True)
        if back and first <= back <= last and not is_closed_on(history, back - ONE_DAY)
    ]


def last_there_on(history: History, day: date) -> date:
    """The last day up to ``day`` on which the child was at school."""
    index = bisect_right(history.reset_days, day)
    known = history.reset_days[index - 1] if index else history.gone_since
    return max(known, history.gone_since)


def confirmed_since(history: History, last_there: date, day: date) -> list[Confirmed]:
    """What was confirmed after the child was last at school, up to and with ``day``."""
    return [one for one in history.confirmed if last_there < one.day <= day]


def missed_since(history: History, last_there: date, day: date) -> Sequence[date]:
    """The unexcused days after the child was last at school, up to and with ``day``."""
    first = bisect_right(history.missed, last_there)
    return history.missed[first : bisect_right(history.missed, day)]


def category_on(
    day: date,
    last_present_on: date,
    missed: Sequence[date],
    rules: Parameters,
    in_vacation: int = 0,
) -> Category:
    """The category on ``day`` of a child last at school on ``last_present_on``.

    ``missed`` are the unexcused school days since, each whole day once. P11: more than 7 calendar
    days **and** at least 5 missed school days. P12: at least 20 missed school days. Both clocks
    stand still in a vacation (domain 3.5): ``in_vacation`` is how many of the days since fall in
    one.
    """
    days = sum(1 for one in missed if last_present_on < one <= day)
    if days >= rules.dropout_missed:
        return Category.DROPOUT
    away = (day - last_present_on).days - in_vacation
    if away > rules.suspected_days and days >= rules.suspected_missed:
        return Category.SUSPECTED
    return Category.BELOW
