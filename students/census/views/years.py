"""The page of a school year: each class's name before and after 1 September, and who graduates."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from students.census.models import GraduationBatch
from students.census.views.common import asked_year, crumbs
from students.census.years import class_years, last_day_of
from students.roster.models import SchoolClass
from students.roster.rules.grades import school_year_of


@require_safe
@needs(Right.SEE_PUPILS)
def page(request: Request) -> HttpResponse:
    """The classes that the viewer may see. Stores nothing: names follow from the date."""
    today = clock.today()
    year = asked_year(request, today, school_year_of(today))
    last = last_day_of(request.viewer.county_id, year)
    classes = SchoolClass.objects.visible_to(request.viewer, today)
    rows = class_years(classes, year, min(today, last))
    context = {
        "rows": rows,
        "year": year,
        "last_day": last,
        "leavers": sum(row.pupils for row in rows if row.is_last),
        "pupils": sum(row.pupils for row in rows),
        "batches": GraduationBatch.objects.visible_to(request.viewer, today)
        .filter(school_year=year)
        .select_related("school__unit", "done_by__person"),
        "may_graduate": request.viewer.has(Right.MANAGE_ENTRANTS),
        "crumbs": crumbs("学年") if request.viewer.has(Right.MANAGE_ENTRANTS) else [],
    }
    return render(request, "census/year.html", context)
