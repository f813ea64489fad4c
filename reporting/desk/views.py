"""The first page: to do, then the numbers of the area, then who is late."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cases.pages import queue
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.models import Post, UnitKind
from foundation.accounts.requests import Request, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from reporting.desk import late, numbers, pictures
from reporting.desk.beginning import beginning_of, why_empty
from reporting.desk.duties import todo_of
from reporting.desk.today import errands_of
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar

_OF_A_COUNTY = (UnitKind.COUNTY, UnitKind.SUPERVISION)
# Where who sees no case begins, by the right that he holds.
FIRST_PAGES = (
    (Right.MANAGE_PEOPLE, "people"),
    (Right.MANAGE_UNITS, "units:tree"),
    (Right.SEE_AUDIT, "limit_reports"),
    (Right.SEE_OPENING, "opening:wizard"),  # all that a sleeping post may do
)


@require_safe
def home(request: Request) -> HttpResponse:
    """Shows what the viewer's posts owe and how the area stands."""
    viewer, today, now = request.viewer, clock.today(), clock.now()
    if not viewer.has(Right.SEE_CASES):
        return _no_cases(request)
    calendar = calendar_for(viewer.county_id or 0)
    todo = todo_of(viewer, today, calendar)
    context = {
        "today": today,
        "is_school_day": calendar.is_school_day(today),
        "to_receive": queue.to_receive(viewer),
        "works": queue.works(viewer),
        "todo": todo,
        **_errands(viewer, today, calendar),
        "mornings": numbers.morning_numbers(viewer, today, now),
        "reports": numbers.report_numbers(viewer, today, calendar),
        **_area(viewer, today, calendar),
    }
    children = [row.case.child_id for row in todo.rows]
    audit.record(origin_of(request), "list", "deadline", children=children)
    return render(request, "desk/home.html", context)


def _errands(viewer: Viewer, today: date, calendar: Calendar) -> dict[str, Any]:
    found = [*beginning_of(viewer, today), *errands_of(viewer, today, calendar)]
    return {
        "errands": [one for one in found if not one.is_done],
        "done": [one for one in found if one.is_done],
        "why_empty": why_empty(viewer, today),
    }


def _area(viewer: Viewer, today: date, calendar: Calendar) -> dict[str, Any]:
    """The numbers of the cases; for who watches an area, who is late and the pictures, too."""
    months = pictures.months_of(pictures.area_of(viewer), today)
    stages = pictures.stage_counts(viewer, today)
    shown = {
        "ledger": numbers.ledger_numbers(viewer, today, months),
        "counted_at": numbers.counted_at(viewer),
        "stages": numbers.stage_numbers(stages),
    }
    if not queue.watches(viewer):
        return shown
    units = late.late_units(viewer, today, calendar)
    of_county = any(post.unit_kind in _OF_A_COUNTY for post in viewer.posts)
    drawn = pictures.pictures_of(
        months, stages, units, today, viewer.county_id or 0, by_township=of_county
    )
    return {
        **shown,
        "watches": True,
        "presses": late.may_press(viewer, today),
        "late": units[: late.SHOWN],
        "later": units[late.SHOWN :],
        "pictures": drawn,
    }


def _no_cases(request: Request) -> HttpResponse:
    """The page for viewers without cases: the three offices, or who holds no post today."""
    for right, first in FIRST_PAGES:
        if request.viewer.has(right):
            return redirect(first)
    last = Post.objects.filter(person=request.viewer.person_id, ends_on__lt=clock.today())
    last = last.select_related("unit").order_by("-ends_on", "-pk")
    return render(request, "cases/no_post.html", {"last": last.first()})
