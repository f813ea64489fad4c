"""Counts spells and cases again when the calendar was changed for days past.

The result is as if the calendar had read so from the start. The page that enters a suspended day
for one school does this in its own transaction. The sweep finds everything else, school by school:
days of the whole county, make-up days, and days that a changed term or holiday added or removed.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from cases.actions.context import Contexts
from cases.actions.following import follow
from cases.models import Case
from foundation.accounts.models import Unit, UnitKind
from foundation.alone import alone
from students.attendance.actions import mark_followed, mark_ruled, recount_school, rule_days
from students.attendance.models import RollCall, RuledDay
from students.calendars.models import SchoolDayOverride

log = logging.getLogger(__name__)

Where = tuple[int, int | None]  # county, and the school if it is one school's


def follow_calendar(contexts: Contexts) -> int:
    """Follow every change of a day past that was not followed yet. Returns how many schools failed.

    A school that fails delays only itself and is tried again (S36).
    """
    return _follow_overrides(contexts) + _follow_rulings(contexts)


def _follow_overrides(contexts: Contexts) -> int:
    failed = 0
    for (county_id, school_id), rows in _waiting().items():
        days = {row.day for row in rows if row.day <= contexts.today}
        schools = [school_id] if school_id else _schools_called_on(county_id, days)
        lost = _follow_schools(schools, days, contexts)
        if not lost:
            mark_followed([row.pk for row in rows], contexts.now)
        failed += lost
    return failed


def _follow_rulings(contexts: Contexts) -> int:
    """Follow the days that changed terms and holidays added or removed, county by county."""
    for county_id in Unit.objects.filter(kind=UnitKind.COUNTY).values_list("pk", flat=True):
        rule_days(county_id, contexts.terms_of(county_id), contexts.now)
    failed = 0
    for county_id, rows in _ruled().items():
        days = {row.day for row in rows}
        lost = _follow_schools(_schools_called_on(county_id, days), days, contexts)
        if not lost:
            mark_ruled([row.pk for row in rows], contexts.now)
        failed += lost
    return failed


@transaction.atomic
def follow_school(school_id: int, days: Collection[date], contexts: Contexts) -> int:
    """Count a school's spells and cases again for the days. Returns how many children."""
    past = {day for day in days if day <= contexts.today}
    if not past:
        return 0
    touched = recount_school(school_id, past, contexts.today)
    cases = Case.objects.open() | Case.objects.closed_by_roll().filter(closed_on__gte=min(past))
    stirred = cases.filter(school_id=school_id).values_list("child_id", flat=True)
    follow(touched | set(stirred), contexts.today, contexts.now, contexts.by)
    return len(touched)


def _waiting() -> dict[Where, list[SchoolDayOverride]]:
    found: dict[Where, list[SchoolDayOverride]] = defaultdict(list)
    for row in SchoolDayOverride.objects.filter(followed__isnull=True).order_by("pk"):
        found[row.county_id, row.school_id].append(row)
    return found


def _ruled() -> dict[int, list[RuledDay]]:
    found: dict[int, list[RuledDay]] = defaultdict(list)
    for row in RuledDay.objects.filter(followed_at=None).order_by("pk"):
        found[row.county_id].append(row)
    return found


def _schools_called_on(county_id: int, days: Collection[date]) -> list[int]:
    """The schools of a county that called a roll on one of the days."""
    calls = (
        RollCall.objects.called()
        .filter(school_class__school__unit__county_id=county_id, day__in=days)
        .order_by("school_class__school_id")
    )
    return list(calls.values_list("school_class__school_id", flat=True).distinct())


def _follow_schools(schools: Iterable[int], days: Collection[date], contexts: Contexts) -> int:
    return sum(not _alone(school_id, days, contexts) for school_id in schools)


def _alone(school_id: int, days: Collection[date], contexts: Contexts) -> bool:
    with alone(log, "school %s: its days are followed in a later sweep", school_id) as tried:
        follow_school(school_id, days, contexts)
    return not tried.failed
