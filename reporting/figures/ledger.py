"""Where a case stood in the ledger on any day, and how it moved within a month.

Both ends of a month come from the same function, so that 月末 = 结转 + 新增 − 复学 − 其他销号 holds
for every case and therefore for every sum (forms 1.6, 4).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from cases.category import Category, category_on
from foundation.accounts.parameters import Parameters
from reporting.figures.months import Month
from students.calendars.workdays import Vacation


@dataclass(frozen=True, slots=True)
class History:
    """The facts of one case that its category follows from; every sequence is in order of days.

    ``gone_since`` is the last day at school before the case; ``there`` the days on which the roll
    found the child; ``missed`` the unexcused days, each whole day once; ``moves`` the days of a
    registered return (True) or of a broken observation (False).
    """

    opened_on: date
    gone_since: date
    missed: Sequence[date] = ()
    there: Sequence[date] = ()
    moves: Sequence[tuple[date, bool]] = ()
    closed_on: date | None = None
    closed_as_back: bool = False
    vacations: Sequence[Vacation] = ()
    reset_days: Sequence[date] = field(init=False)

    def __post_init__(self) -> None:
        """A registered return counts as a day at school, also where the roll cannot see it."""
        back = {day for day, is_back in self.moves if is_back}
        object.__setattr__(self, "reset_days", tuple(sorted(back.union(self.there))))


def is_back_on(history: History, day: date) -> bool:
    """Whether the last registered move up to ``day`` is a return."""
    moves = [is_back for moved_on, is_back in history.moves if moved_on <= day]
    return bool(moves) and moves[-1]


def last_there_on(history: History, day: date) -> date:
    """The last day up to ``day`` on which the child was at school."""
    index = bisect_right(history.reset_days, day)
    known = history.reset_days[index - 1] if index else history.gone_since
    return max(known, history.gone_since)


def missed_until(history: History, day: date) -> Sequence[date]:
    """The unexcused days since the child was last at school, up to and with ``day``."""
    since = bisect_right(history.missed, last_there_on(history, day))
    return history.missed[since : bisect_right(history.missed, day)]


def is_away_on(history: History, day: date) -> bool:
    """Whether the case is open and the child not back at the end of ``day``."""
    is_open = history.opened_on <= day and not (history.closed_on and history.closed_on <= day)
    return is_open and not is_back_on(history, day)


def standing_on(history: History, day: date, rules: Parameters) -> Category | None:
    """The ledger category at the end of ``day``; None without an open case or once back."""
    if not is_away_on(history, day):
        return None
    last = last_there_on(history, day)
    paused = sum(vacation.days_within(last, day) for vacation in history.vacations)
    return category_on(day, last, missed_until(history, day), rules, paused)


def dropout_since(history: History, day: date, rules: Parameters) -> date | None:
    """The day on which the dropout standing on ``day`` was reached; None when there is none."""
    if standing_on(history, day, rules) is not Category.DROPOUT:
        return None
    reached = missed_until(history, day)[rules.dropout_missed - 1]
    return max(reached, history.opened_on)


def movements(history: History, month: Month, rules: Parameters) -> Counter[str]:
    """The month of one case, as counts under the codes of the indicators."""
    days = (month.before, *month.days)
    standings = [(day, standing_on(history, day, rules)) for day in days]
    counts = Counter[str]()
    _count(counts, standings[0][1], "carried")
    for (_, before), (day, now) in pairwise(standings):
        if now is not before:
            _count_change(counts, history, before, now, day)
    _count(counts, standings[-1][1], "end")
    return counts


def _count(counts: Counter[str], standing: Category | None, column: str) -> None:
    if standing in (Category.SUSPECTED, Category.DROPOUT):
        counts[f"{standing}_{column}"] += 1


def _count_change(
    counts: Counter[str],
    history: History,
    before: Category | None,
    now: Category | None,
    day: date,
) -> None:
    if before is Category.SUSPECTED:
        counts["suspected_worse" if now is Category.DROPOUT else "suspected_cleared"] += 1
    if before is Category.DROPOUT:
        counts["dropout_back" if _came_back(history, day) else "dropout_other"] += 1
    _count(counts, now, "new")


def _came_back(history: History, day: date) -> bool:
    closed_as_back = history.closed_on == day and history.closed_as_back
    return is_back_on(history, day) or day in history.there or closed_as_back
