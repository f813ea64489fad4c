"""Counts spells and cases again when the counting rules have changed since they were counted.

The upgrade does it and says so; the sweep does it where only the tables were upgraded.
"""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min

from cases.actions.context import Contexts
from cases.recount.school_days import follow_school
from foundation.alone import alone
from students.attendance.models import AbsenceSpell, CountedRule, RollCall
from students.attendance.rules.spells import COUNTING

log = logging.getLogger(__name__)

_COUNTED = ("child_id", "started_on", "last_missed_on", "ended_on", "halves")


@dataclass(frozen=True, slots=True)
class Recounted:
    """What the change of a rule did: schools counted again, spells that differ, schools failed."""

    schools: int = 0
    spells: int = 0
    failed: int = 0


def follow_rules(contexts: Contexts) -> Recounted:
    """Count everything again if it was not counted by these rules yet.

    A school that fails delays only itself: the others are counted, and all are tried again (S36).
    """
    if CountedRule.objects.filter(version=COUNTING).exists():
        return Recounted()
    schools = spells = failed = 0
    for school_id, first in _called().items():
        with alone(log, "school %s: its spells are counted again later", school_id) as tried:
            spells += _count_again(school_id, first, contexts)
        schools += 1
        failed += tried.failed
    if not failed:
        row = CountedRule(version=COUNTING, counted_at=contexts.now)
        CountedRule.objects.bulk_create([row], ignore_conflicts=True)
    return Recounted(schools, spells, failed)


def _called() -> dict[int, date]:
    """Every school that called a roll, with the first day."""
    rows = RollCall.objects.order_by("school_class__school_id").values("school_class__school_id")
    return dict(rows.annotate(first=Min("day")).values_list("school_class__school_id", "first"))


def _count_again(school_id: int, first: date, contexts: Contexts) -> int:
    """Count the spells of a school again from the first day on; returns how many differ."""
    before = _standing(school_id)
    follow_school(school_id, {first, contexts.today}, contexts)
    after = _standing(school_id)
    return len({row[:2] for row in before ^ after})


def _standing(school_id: int) -> set[tuple[Any, ...]]:
    rows = AbsenceSpell.objects.standing().filter(school_class__school_id=school_id)
    return set(rows.values_list(*_COUNTED))
