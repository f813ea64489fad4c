"""Finds the days on which no class's roll expected a child."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from students.attendance.rolls.facts import FOREVER, away_days
from students.roster.models import Enrolment

Spans = list[tuple[date, date]]  # first day, and the first day that no longer belongs to it


@dataclass(frozen=True, slots=True)
class Stays:
    """A child's days in classes, and its days out of class during them."""

    enrolled: Spans = field(default_factory=list)
    away: Spans = field(default_factory=list)

    def is_called_on(self, day: date) -> bool:
        """Whether a class's roll expects the child on ``day``."""
        return _lies_in(self.enrolled, day) and not _lies_in(self.away, day)


def _lies_in(spans: Spans, day: date) -> bool:
    return any(first <= day < end for first, end in spans)


def stays_of(child_ids: Collection[int], since: date, until: date) -> dict[int, Stays]:
    """The stays of children between two days, by child: two queries."""
    enrolled: dict[int, Spans] = defaultdict(list)
    rows = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=since),
        child_id__in=child_ids,
        starts_on__lte=until,
    )
    for child, first, last in rows.values_list("child_id", "starts_on", "ends_on"):
        enrolled[child].append((first, date.fromordinal(last.toordinal() + 1) if last else FOREVER))
    away = away_days(child_ids, since, until)
    return {child: Stays(enrolled[child], away[child]) for child in child_ids}
