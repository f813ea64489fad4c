"""Counts where every case stands today, so that lists and desks need not ask for each.

Once a day all cases of the month are counted, later only those that something happened to since: an
event (the case's version) or a roll call (the child's spells). ``cases/standing.py`` answers; this
module only keeps its answers.
"""

import logging
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from cases.models import Case, CountedLedger, CountedStanding
from cases.querysets import CaseQuerySet
from cases.rules.category import standing_at
from cases.standing import histories, last_returns
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.querysets import parameters_on
from foundation.alone import alone
from students.attendance.models import AbsenceSpell
from students.calendars.loading import calendars_of

log = logging.getLogger(__name__)

CHILDREN = 500  # counted in one transaction
_IN_FLIGHT = timedelta(minutes=1)  # what was written then may be committed after the reading


def count_ledgers(today: date, now: datetime) -> int:
    """Count every county's ledger for today. Returns how many cases were counted."""
    counties = Unit.objects.filter(kind=UnitKind.COUNTY)
    return sum(count_ledger(county, today, now) for county in counties)


def count_ledger(county: Unit, today: date, now: datetime) -> int:
    """Count what is not counted for today or has changed since. Failures leave the rest counted."""
    failed = counted = 0
    children = _changed(county, today)
    for start in range(0, len(children), CHILDREN):
        with alone(log, "county %s: a part of its ledger is counted later", county.pk) as tried:
            counted += _count(county, children[start : start + CHILDREN], today)
        failed += tried.failed
    if not failed:
        CountedLedger.objects.update_or_create(
            county=county, defaults={"day": today, "counted_at": now}
        )
    return counted


def _of_month(county: Unit, today: date) -> CaseQuerySet:
    return Case.objects.of_month(today.replace(day=1), today).filter(county=county)


def _changed(county: Unit, today: date) -> list[int]:
    """The children with a case that is not counted, or of whom something was told since."""
    told = AbsenceSpell.objects.filter(
        child=OuterRef("child"), updated_at__gte=OuterRef("counted__read_at")
    )
    stale = Q(counted__isnull=True) | ~Q(counted__day=today) | ~Q(counted__version=F("version"))
    rows = _of_month(county, today).filter(stale | Exists(told))
    return list(rows.order_by("child_id").values_list("child_id", flat=True).distinct())


def _count(county: Unit, children: Collection[int], today: date) -> int:
    """Count all cases of the children in the month: a return belongs to one case of a child."""
    read_at = timezone.now() - _IN_FLIGHT
    cases = list(_of_month(county, today).filter(child__in=children))
    known = histories(cases, calendars_of(county.pk), today)
    pairs = ((case, known[case.pk]) for case in cases)
    returned = last_returns(pairs, today.replace(day=1), today)
    rules = parameters_on(county.pk, today)
    rows = []
    for case in cases:
        row = CountedStanding(case=case, day=today, version=case.version, read_at=read_at)
        row.category = standing_at(known[case.pk], today, rules).category or ""
        row.returned_on = returned[case.pk].day if case.pk in returned else None
        rows.append(row)
    CountedStanding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["day", "category", "returned_on", "version", "read_at"],
    )
    return len(rows)
