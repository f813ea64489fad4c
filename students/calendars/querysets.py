"""Short queries on the calendar's tables."""

from datetime import date

from django.db.models import Exists, Q, QuerySet

from foundation.accounts.models import Unit
from students.calendars.coverage import calendar_warning
from students.calendars.models import CalendarYear, SchoolDayOverride, SchoolTerm


def calendar_banner(county_id: int | None, today: date) -> str:
    """Return the warning every page of a county shows on ``today``, or nothing: one query."""
    if county_id is None:
        return ""
    years = CalendarYear.objects.filter(county_id=county_id)
    terms = SchoolTerm.objects.filter(county_id=county_id, last_day__gte=today)
    known = (
        Unit.objects.filter(pk=county_id)
        .annotate(
            has_this_year=Exists(years.filter(year=today.year)),
            has_next_year=Exists(years.filter(year=today.year + 1)),
            has_term=Exists(terms),
        )
        .values_list("has_this_year", "has_next_year", "has_term")
        .first()
    )
    if known is None:
        return ""
    this_year, next_year, term = known
    return calendar_warning(today, this_year=this_year, next_year=next_year, term=term)


def overrides_between(
    county_id: int, school_id: int | None, first: date, last: date
) -> QuerySet[SchoolDayOverride]:
    """Return the exceptions of a county with those of its schools, or those that reach a school."""
    rows = SchoolDayOverride.objects.filter(county_id=county_id, day__range=(first, last))
    if school_id is not None:
        rows = rows.filter(Q(school_id=None) | Q(school_id=school_id))
    return rows.select_related("school").order_by("-day", "-id")
