"""The list of cases and the list of duties. The address holds filters, order and columns."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse

from cases.actions.letters.nudging import pressable, pressing_post
from cases.models import Case, Deadline
from cases.pages import queue
from cases.pages.case_table import case_table
from cases.pages.duty_table import duty_table
from cases.pages.filters import CaseFilter, DutyFilter
from cases.pages.known import known_cases, known_duties
from foundation import clock
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.page import BulkAct, list_context
from foundation.lists.printing import is_whole_print, show_list
from foundation.lists.rows import Later
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar


@needs(Right.SEE_CASES)
def case_list(request: Any) -> HttpResponseBase:
    """Lists the cases that the viewer may see, the newest first; without a filter the open ones."""
    viewer, today = request.viewer, clock.today()
    rows = Later(Case, partial(Case.objects.visible_to, viewer, today))
    asked = _asked(request, CaseFilter, "state", "open")
    found = CaseFilter(asked, rows, request=request)
    table = case_table(
        partial(_selected, found),
        viewer,
        today,
        on_paper=is_whole_print(request),
        known=known_cases(found, viewer),
    )
    table.has_many_schools = _has_many_schools(found, viewer)
    context = list_context(request, table, found.filters, verb="list", kind="case")
    chosen = asked != request.GET
    return show_list(request, "cases/list.html", {**context, "filter": found, "only_open": chosen})


@dataclass(frozen=True, slots=True)
class ChosenDuties:
    """The duties that an address selects, its filters, and whether they are those of an area."""

    filter: DutyFilter
    in_area: bool
    calendar: Calendar

    @property
    def rows(self) -> QuerySet[Deadline]:
        """The duties."""
        return _selected(self.filter)


def chosen_duties(request: Request) -> ChosenDuties:
    """The duties of the viewer's posts, or with ``of=area`` those owed in the viewer's area."""
    viewer, today = request.viewer, clock.today()
    assert viewer.county_id is not None  # the right hangs on a post
    calendar = calendar_for(viewer.county_id)
    in_area = request.GET.get("of") == "area" or not queue.works(viewer)
    owed = queue.owed_in_area if in_area else queue.mine
    rows = Later(Deadline, partial(owed, viewer, today))
    found = DutyFilter(request.GET, rows, request=request, calendar=calendar)
    return ChosenDuties(found, in_area, calendar)


@needs(Right.SEE_CASES)
def duty_list(request: Any) -> HttpResponseBase:
    """Lists duties by due day. Who answers for an area may press for several at once."""
    viewer, today = request.viewer, clock.today()
    chosen = chosen_duties(request)
    presses = chosen.in_area and pressing_post(viewer) is not None
    in_area, calendar = chosen.in_area, chosen.calendar
    table = duty_table(
        partial(_selected, chosen.filter),
        viewer,
        today,
        calendar,
        in_area=in_area,
        presses=partial(pressable, doer_of(request)) if presses else None,
        known=known_duties(chosen.filter, viewer, calendar, in_area=in_area),
    )
    table.has_many_schools = _has_many_schools(chosen.filter, viewer)
    bulk = (BulkAct("催办", reverse("nudge_duties")),) if presses else ()
    filters = chosen.filter.filters
    context = list_context(request, table, filters, verb="list", kind="deadline", bulk=bulk)
    more = {
        "filter": chosen.filter,
        "in_area": in_area,
        "works": queue.works(viewer),
        "watches": queue.watches(viewer),
    }
    return show_list(request, "cases/duties.html", {**context, **more})


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
