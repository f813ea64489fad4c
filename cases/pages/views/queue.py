"""工作台: the first page of each role, with its duties."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.models import Deadline
from cases.pages import queue
from cases.pages.filters import DUE, QueueFilter
from cases.wording import DueBadge, badge_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.paging import page_of
from students.attendance.mornings.school import expected_on
from students.attendance.rolls.states import state_of
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar
from students.roster.models import SchoolClass
from students.roster.rules.grades import school_year_of


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row of the queue."""

    deadline: Deadline
    name: str
    due: DueBadge
    class_name: str


def home(request: Any) -> HttpResponse:
    """Shows what the viewer's posts owe. Who has no duties sees what is overdue in the area."""
    viewer, today = request.viewer, clock.today()
    if not viewer.has(Right.SEE_CASES):
        return _no_cases(request)
    calendar = calendar_for(viewer.county_id)
    area = request.GET.get("of") == "area" or not queue.works(viewer)
    rows = queue.area_overdue(viewer, today) if area else queue.mine(viewer, today)
    context = {
        "area": area,
        "works": queue.works(viewer),
        "watches": queue.watches(viewer),
        "tallies": _tallies(rows, today, calendar, area),
        "to_receive": queue.to_receive(viewer),
        "to_inspect": queue.to_inspect(viewer, today),
        "roll": _roll(viewer, today, calendar),
        "today": today,
        **_list(request, rows, today, calendar),
    }
    return render(request, "cases/queue.html", context)


def _no_cases(request: Any) -> HttpResponse:
    """The page for viewers without cases: the administrator, or who holds no post today."""
    if request.viewer.has(Right.MANAGE_PEOPLE):
        return redirect("people")
    return render(request, "cases/no_post.html")


def _list(request: Any, rows: Any, today: date, calendar: Calendar) -> dict[str, Any]:
    request.due_conditions = {
        state: queue.due_condition(state, today, calendar) for state, _ in DUE
    }
    found = QueueFilter(request.GET, queryset=rows, request=request)
    ordered = found.qs.select_related(
        "unit", "case__child", "case__school", "case__village", "case__school_class"
    ).order_by("due_on", "pk")
    page = page_of(request, ordered)
    lines = [_row(one, request.viewer, today, calendar) for one in page.object_list]
    children = [line.deadline.case.child_id for line in lines]
    audit.record(origin_of(request), "list", "deadline", children=children)
    return {"page": page, "rows": lines, "filter": found}


def _row(deadline: Deadline, viewer: Viewer, today: date, calendar: Calendar) -> QueueRow:
    school_class = deadline.case.school_class
    return QueueRow(
        deadline,
        viewer.name_of(deadline.case.child.name, deadline.case.child_id),
        badge_of(deadline.due_on, today, calendar),
        school_class.name_in(school_year_of(today)) if school_class else "",
    )


def _tallies(rows: Any, today: date, calendar: Calendar, area: bool) -> list[dict[str, Any]]:
    counts = queue.tally(rows, today, calendar)
    of = "of=area&" if area else ""
    numbers = {"overdue": counts.overdue, "today": counts.today, "soon": counts.soon}
    tallies = [
        {"label": label, "count": numbers[state], "url": f"?{of}due={state}", "state": state}
        for state, label in DUE
        if not area or state == "overdue"
    ]
    everything = {"label": "全部待办", "count": counts.total, "url": f"?{of}", "state": ""}
    return tallies if area else [*tallies, everything]


def _roll(viewer: Viewer, today: date, calendar: Calendar) -> dict[str, Any] | None:
    """Today's roll call of the viewer's own classes, or None."""
    if not viewer.has(Right.CALL_ROLL):
        return None
    seen = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL).taught_on(today)
    classes = list(seen.select_related("school"))
    year = school_year_of(today)
    states = state_of(classes, today)
    missing = [one for one in classes if not states[one.pk].is_called]
    expected = expected_on(missing, today)
    open_ones = [one for one in missing if expected.get(one.pk)]
    return {
        "is_school_day": calendar.is_school_day(today),
        "count": len(classes),
        "open": len(open_ones),
        "only": open_ones[0].name_in(year) if len(open_ones) == 1 else "",
        "url": reverse("mornings:mine" if viewer.has(Right.SEE_MORNINGS) else "roll"),
    }
