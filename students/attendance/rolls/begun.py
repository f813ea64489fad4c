"""From which day a school owes its rolls: the day on which its roster came into the system.

A roster may tell of an earlier day (数据日期), so that the school year has its base. Nobody could
call a roll on the days before it came: they are no missing rolls.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone

from foundation.prepared import prepared
from students.roster.models import ImportBatch, ImportTurn


def rosters_came(schools: Collection[int]) -> dict[int, date]:
    """The day of the first roster that was written, by school. One query.

    A school whose pupils came without a roster is absent: it owes rolls from its first pupil on.
    """
    firsts = _firsts(schools=list(schools))
    return {pk: timezone.localtime(moment).date() for pk, moment in firsts}


@prepared
def _firsts(*, schools: Any) -> QuerySet[ImportTurn, Any]:
    rows = ImportTurn.objects.filter(school__among=schools, batch__state=ImportBatch.DONE)
    return rows.order_by().values_list("school_id").annotate(first=Min("batch__done_at"))


def days_from(came: date | None, days: Iterable[date]) -> list[date]:
    """The days on which a school owes rolls; all of them without a day of its roster."""
    return [day for day in days if came is None or day >= came]
