"""返校: which boarders are back on the evening before school, for teacher and school."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import needs, origin_of
from foundation.accounts.roles import Right
from foundation.pages.asked import day_asked
from students.attendance.mornings.evenings import evening_rows, last_evening
from students.calendars.loading import calendar_for
from students.roster.models import SchoolClass
from students.roster.rules.grades import school_year_of


@needs(Right.CALL_ROLL)
@require_safe
def boarders(request: Any) -> HttpResponse:
    """Shows who is back on the evening asked for or on the last one, missing entries first."""
    today, viewer = clock.today(), request.viewer
    reached = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL).taught_on(today)
    mine = list(reached.select_related("school__unit"))
    day = _day(request, mine, today)
    rows = evening_rows(mine, day) if day else []
    shown = [one.child_id for row in rows for one in row.missing]
    audit.record(origin_of(request), "list_boarders", children=shown)
    year = school_year_of(day or today)
    context = {
        "rows": [{"row": row, "name": row.school_class.name_in(year)} for row in rows],
        "day": day,
        "today": today,
        "due": sum(row.boarders for row in rows),
        "missing": len(shown),
        "open": sum(row.state.roll_call is None for row in rows),
    }
    return render(request, "attendance/boarders.html", context)


def _day(request: Any, mine: list[SchoolClass], today: date) -> date | None:
    """The evening of the address, and a warning where another is shown; else the last one."""
    if asked := request.GET.get("day", ""):
        day, words = day_asked(asked, today)
        if words:
            messages.warning(request, words)
        return day
    if not mine:
        return None
    school = mine[0].school
    return last_evening(calendar_for(school.unit.county_id or 0, school.pk), today)
