"""Short queries on the calendar's tables."""

from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet

from foundation.accounts.models import Unit
from foundation.prepared import prepared
from students.calendars.coverage import calendar_warning
from students.calendars.models import CalendarYear, SchoolDayOverride, SchoolTerm


def calendar_banner(county_id: int | None, today: date) -> str:
    """Return the warning every page of a county shows on ``today``, or nothing: one query."""
    if county_id is None:
        return ""
    found = _known(county=county_id, today=today, this=today.year, following=today.year + 1)
    if not found:
        return ""
    this_year, next_year, term = found[0]
    return calendar_warning(today, this_year=this_year, next_year=next_year, term=term)


def calendars_known(county: Any, today: Any, this: Any, following: Any) -> dict[str, Exists]:
    """Whether the county has set this calendar year, the following one, and a term to come.

    Annotations of a query; each argument is a value, or the place of one in a prepared query.
    """
    years = CalendarYear.objects.filter(county_id=county)
    terms = SchoolTerm.objects.filter(county_id=county, last_day__gte=today)
    return {
        "has_this_year": Exists(years.filter(year=this)),
        "has_next_year": Exists(years.filter(year=following)),
        "has_term": Exists(terms),
    }


@prepared
def _known(*, county: Any, today: Any, this: Any, following: Any) -> QuerySet[Any, Any]:
    known = calendars_known(county, today, this, following)
    return Unit.objects.filter(pk=county).annotate(**known).values_list(*known)


def overrides_between(
    county_id: int, school_id: int | None, first: date, last: date
) -> QuerySet[SchoolDayOverride]:
    """Return the exceptions of a county with those of its schools, or those that reach a school."""
    rows = SchoolDayOverride.objects.filter(county_id=county_id, day__range=(first, last))
    if school_id is not None:
        rows = rows.filter(Q(school_id=None) | Q(school_id=school_id))
    return rows.select_related("school").order_by("-day", "-id")
