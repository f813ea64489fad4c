"""Counts a month by school and 学段, by township and 学段, and for the county by 学段.

Each grouping is counted from the single facts, not from another grouping. Comparing the groupings
(school → township → county) is therefore a real check.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from cases.models import Deadline
from cases.rules.category import Category, standing_at
from foundation.days import ONE_DAY
from reporting.figures.ledger import movements
from reporting.figures.loading import CaseFacts, MonthFacts
from reporting.figures.months import ReturnMonth

STAGES = {"1": "小学", "2": "初中"}
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class TallyEntry:
    """What one fact adds and where. ``school_id`` is None for a child on no roll here."""

    school_id: int | None
    township_id: int
    stage: str
    counts: Counter[str]


def entries_of(facts: MonthFacts) -> tuple[TallyEntry, ...]:
    """The head counts of every school, and the counts of every case in the month."""
    heads = (
        TallyEntry(school_id, facts.schools[school_id].township_id, stage, counts)
        for (school_id, stage), counts in facts.counts.items()
    )
    return (*heads, *(_entry(case, facts) for case in facts.cases))


def _entry(one: CaseFacts, facts: MonthFacts) -> TallyEntry:
    case = one.case
    school = facts.schools.get(case.school_id or 0)
    township_id = school.township_id if school else case.township_id
    return TallyEntry(
        school.pk if school else None, township_id, one.stage_of_school, count_case(one, facts)
    )


def count_case(one: CaseFacts, facts: MonthFacts) -> Counter[str]:
    """The counts of one case in the month, under the codes of the indicators."""
    month, rules = facts.month, facts.rules
    counts = movements(one.history, month, rules)
    standing = standing_at(one.history, month.as_of, rules)
    if standing.dropout_since is not None:
        counts["dropout_of_year"] = int(standing.dropout_since >= month.year_start)
        counts["lost"], counts["ordered"] = int(standing.is_lost), int(one.is_ordered)
    counts["away"] = int(standing.is_away)
    counts["below"] = int(standing.category is Category.BELOW)
    counts["returned"] = int(one.case.pk in facts.returned)
    counts["return_times"] = len(one.returns_in(month))
    counts["overdue"] = sum(is_missed_in(deadline, month) for deadline in one.deadlines)
    return counts


def is_missed_in(deadline: Deadline, month: ReturnMonth) -> bool:
    """Whether the duty became late within the month. It is late from the day after its due day.

    A missed duty belongs to one month only, even if it was met, lapsed or void later.
    """
    late_on = deadline.due_on + ONE_DAY
    if not month.first <= late_on <= month.as_of:
        return False
    met_in_time = deadline.met_on is not None and deadline.met_on <= deadline.due_on
    void_in_time = deadline.void_on is not None and deadline.void_on <= deadline.due_on
    return not (met_in_time or void_in_time)


def sums(
    entries: Iterable[TallyEntry], key: Callable[[TallyEntry], Key]
) -> dict[Key, Counter[str]]:
    """The counts summed by ``key``."""
    totals: dict[Key, Counter[str]] = {}
    for entry in entries:
        totals.setdefault(key(entry), Counter()).update(entry.counts)
    return totals
