"""The page of the county's calendar, for everybody who is signed in."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.models import UnitKind
from foundation.accounts.requests import Request
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.files.emblems import KEEPERS
from foundation.pages.paging import page_of
from students.calendars.grid import months_of
from students.calendars.loading import calendar_for
from students.calendars.models import CalendarYear
from students.calendars.querysets import calendar_banner, overrides_between
from students.calendars.terms import Term, school_year_of
from students.calendars.workdays import Calendar

YEARS = range(2000, 2100)


@require_safe
def school_year(request: Request) -> HttpResponse:
    """A school year month by month: of one's own school, or of the county."""
    viewer = request.viewer
    if viewer.county_id is None:
        raise PermissionDenied
    today = clock.today()
    school_id = _own_school(viewer)
    calendar = calendar_for(viewer.county_id, school_id)
    year = _asked_year(request, calendar.school_year_of(today))
    context = {
        "today": today,
        "year": year,
        "previous": year - 1 if year - 1 in YEARS else None,
        "next": year + 1 if year + 1 in YEARS else None,
        "months": months_of(calendar, year),
        "terms": _terms_of(calendar, year),
        "missing": [y for y in (year, year + 1) if y not in calendar.covered_years],
        "documents": CalendarYear.objects.filter(
            county_id=viewer.county_id, year__in=(year, year + 1)
        ),
        "own_days": _own_days(viewer.county_id, school_id, year),
        "overrides": _overrides(request, viewer.county_id, school_id, year),
        "whose": viewer.posts[0].unit_name if school_id else "全县",
        "may_manage": viewer.has(Right.MANAGE_CALENDAR),
        "may_set_emblem": any(map(viewer.has, KEEPERS)),
        "warning": calendar_banner(viewer.county_id, today),
    }
    return render(request, "calendars/school_year.html", context)


def _own_school(viewer: Viewer) -> int | None:
    """The school whose exceptions are shown: the first post's, if it is held at a school."""
    post = viewer.posts[0]
    return post.unit_id if post.unit_kind == UnitKind.SCHOOL else None


def _asked_year(request: Request, otherwise: int) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in YEARS else otherwise


def _terms_of(calendar: Calendar, year: int) -> list[Term]:
    terms = sorted(calendar.terms, key=lambda term: term.first_day)
    return [term for term in terms if school_year_of(term.last_day) == year]


def _own_days(county_id: int, school_id: int | None, year: int) -> set[date]:
    """The days that are suspended or made up at this school alone."""
    if school_id is None:
        return set()
    newest: dict[date, int | None] = {}
    for row in overrides_between(county_id, school_id, date(year, 9, 1), date(year + 1, 8, 31)):
        newest.setdefault(row.day, row.school_id)
    return {day for day, school in newest.items() if school}


def _overrides(request: Request, county_id: int, school_id: int | None, year: int) -> Any:
    rows = overrides_between(county_id, school_id, date(year, 9, 1), date(year + 1, 8, 31))
    return page_of(request, rows)
