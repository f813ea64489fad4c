"""The list of cases and the list of duties. The address holds filters, order and columns."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from cases.models import Case
from cases.pages import queue
from cases.pages.case_table import case_table
from cases.pages.duty_table import duty_table
from cases.pages.filters import CaseFilter, DutyFilter
from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.page import list_context
from students.calendars.loading import calendar_for


@needs(Right.SEE_CASES)
def case_list(request: Any) -> HttpResponse:
    """Lists the cases that the viewer may see, the newest first; without a filter the open ones."""
    viewer, today = request.viewer, clock.today()
    rows = Case.objects.visible_to(viewer, today)
    asked = _asked(request, CaseFilter, "state", "open")
    found = CaseFilter(asked, rows, request=request)
    table = case_table(_selected(found), viewer, today)
    table.has_many_schools = _has_many_schools(found, viewer)
    context = list_context(request, table, found.filters, verb="list", kind="case")
    return render(request, "cases/list.html", {**context, "filter": found})


@needs(Right.SEE_CASES)
def duty_list(request: Any) -> HttpResponse:
    """Lists the duties of the viewer's posts, or those owed in the viewer's area, by due day."""
    viewer, today = request.viewer, clock.today()
    calendar = calendar_for(viewer.county_id)
    in_area = request.GET.get("of") == "area" or not queue.works(viewer)
    rows = queue.owed_in_area(viewer, today) if in_area else queue.mine(viewer, today)
    found = DutyFilter(request.GET, rows, request=request, calendar=calendar)
    table = duty_table(_selected(found), viewer, today, calendar, in_area=in_area)
    table.has_many_schools = _has_many_schools(found, viewer)
    context = list_context(request, table, found.filters, verb="list", kind="deadline")
    more = {
        "filter": found,
        "in_area": in_area,
        "works": queue.works(viewer),
        "watches": queue.watches(viewer),
    }
    return render(request, "cases/duties.html", {**context, **more})


def _asked(request: Request, filters: Any, name: str, usual: str) -> QueryDict:
    """The address, with a usual value of one filter where it names no filter at all."""
    asked = request.GET.copy()
    if not any(key in filters.base_filters for key in asked):
        asked[name] = usual
    return asked


def _has_many_schools(found: Any, viewer: Viewer) -> bool:
    """Whether the list tells of more than one school. A village's children go to any school."""
    return found.has_many_schools or any(post.unit_kind != "school" for post in viewer.posts)


def _selected(found: Any) -> Any:
    """The rows that the filter selects; none if it cannot be read."""
    return found.qs if found.is_valid() else found.queryset.none()
