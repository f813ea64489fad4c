"""Counts how a case moved in the ledger within a month.

Both ends of a month come from the same function. Therefore 月末 = 结转 + 新增 − 复学 − 其他销号
holds for every case and for every sum (forms 1.6, 4). A child that came back and is away again
within 10 school days is no new one (domain 4.3); where it stands on a day is not changed by that.
"""

from collections import Counter
from datetime import date
from itertools import pairwise

from cases.rules.category import (
    Category,
    History,
    category_at,
    closed_as_back_on,
    returned_on,
)
from foundation.accounts.parameters import Parameters
from reporting.figures.months import ReturnMonth

RECENT_DAYS = 10  # school days (domain 4.3, 粤教基〔2009〕3号)


def movements(history: History, month: ReturnMonth, rules: Parameters) -> Counter[str]:
    """The counts of one case in the month, under the codes of the indicators."""
    days = (month.before, *month.days)
    standings = [(day, category_at(history, day, rules)) for day in days]
    counts, left = Counter[str](), dict[Category, date]()
    _count(counts, standings[0][1], "carried")
    for (_, before), (day, now) in pairwise(standings):
        if now is before:
            continue
        _count_change(counts, history, before, now, day)
        if now in left and _is_away_again(history, left.pop(now), day):
            _take_out(counts, now)
        if before and now in (None, Category.BELOW) and _came_back(history, day):
            left[before] = day
    _count(counts, standings[-1][1], "end")
    return +counts


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


def _is_away_again(history: History, back_on: date, day: date) -> bool:
    """Whether the child was there fewer than 10 school days between its return and its absence."""
    missed = next((one for one in history.missed if back_on < one <= day), day)
    return sum(back_on <= one < missed for one in history.seen.there) < RECENT_DAYS


def _take_out(counts: Counter[str], category: Category) -> None:
    """Take the return and the fall after it out of both flows: neither a clearing nor a new one."""
    counts[f"{category}_new"] -= 1
    counts["dropout_back" if category is Category.DROPOUT else "suspected_cleared"] -= 1


def _came_back(history: History, day: date) -> bool:
    is_back = returned_on(history, day) is not None or day in history.seen.there
    return is_back or closed_as_back_on(history, day)
