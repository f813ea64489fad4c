"""Counts the ledger category of a case on a day from attendance alone (domain 3.1 axis B).

The category is not the handling stage: a child at D1 is no dropout in any figure (design 4.2). This
module counts the facts that ``cases/standing.py`` gathers.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from foundation.accounts.parameters import Parameters
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


class LedgerMove(NamedTuple):
    """A registered return (登记返校), or the end of an observation that did not hold.

    ``by_roll`` marks a return that the roll found, not a person.
    """

    day: date
    is_back: bool
    by_roll: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The facts of one case from which its category follows.

    ``gone_since`` is the last day at school before the case. ``there`` are the days on which the
    roll found the child, ``missed`` the unexcused days, each whole day once; both in order of days.
    ``moves`` are in the order of recording, because a later one may correct an earlier one.
    """

    opened_on: date
    gone_since: date
    missed: Sequence[date] = ()
    there: Sequence[date] = ()
    moves: Sequence[LedgerMove] = ()
    closed_on: date | None = None
    closed_as_back: bool = False
    vacations: Sequence[Vacation] = ()
    reset_days: Sequence[date] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the days at school: those of the roll, and returns on a person's word.

        A return that the roll found counts only while the roll still shows it: a presence that was
        corrected gives no time (design 4, A word is not a presence).
        """
        words = {move.day for move in self.moves if move.is_back and not move.by_roll}
        object.__setattr__(self, "reset_days", tuple(sorted(words.union(self.there))))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands in the ledger at the end of a day.

    ``category`` is None without an open case or once the child is back. ``missed`` counts the
    unexcused school days since ``last_there_on``. ``dropout_since`` is the day the child became a
    dropout (still standing), ``returned_on`` the day of the registered return that holds.
    """

    category: Category | None
    last_there_on: date
    missed: int
    dropout_since: date | None = None
    returned_on: date | None = None

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


def standing_at(history: History, day: date, rules: Parameters) -> Standing:
    """The case's standing at the end of ``day``."""
    category, last = category_at(history, day, rules), last_there_on(history, day)
    missed = missed_since(history, last, day)
    since: date | None = None
    if category is Category.DROPOUT:
        since = max(missed[rules.dropout_missed - 1], history.opened_on)
    return Standing(category, last, len(missed), since, returned_on(history, day))


def category_at(history: History, day: date, rules: Parameters) -> Category | None:
    """The category at the end of ``day``; None without an open case or once back."""
    if not is_away_on(history, day):
        return None
    last = last_there_on(history, day)
    paused = sum(vacation.days_within(last, day) for vacation in history.vacations)
    return category_on(day, last, missed_since(history, last, day), rules, paused)


def is_away_on(history: History, day: date) -> bool:
    """Whether the case is open and the child not back at the end of ``day``."""
    is_open = history.opened_on <= day and not (history.closed_on and history.closed_on <= day)
    return is_open and returned_on(history, day) is None


def returned_on(history: History, day: date) -> date | None:
    """The day of the registered return that holds at the end of ``day``; None where none does."""
    for move in reversed(history.moves):
        if move.day <= day:
            return move.day if move.is_back else None
    return None


def last_there_on(history: History, day: date) -> date:
    """The last day up to ``day`` on which the child was at school."""
    index = bisect_right(history.reset_days, day)
    known = history.reset_days[index - 1] if index else history.gone_since
    return max(known, history.gone_since)


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
