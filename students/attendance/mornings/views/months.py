"""A class's attendance of a month as a grid, on screen and on A4."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from students.attendance.rolls.month import month_around, month_of_class
from students.attendance.rules.marks import legend
from students.roster.models import SchoolClass


@require_safe
@needs(Right.SEE_PUPILS)
def class_month(request: Request, pk: int) -> HttpResponse:
    """The marks of every child of the class on each day of the month in the address."""
    viewer, today = request.viewer, clock.today()
    seen = SchoolClass.objects.visible_to(viewer, today).select_related("school__unit")
    school_class = get_object_or_404(seen, pk=pk)
    rows = month_of_class(school_class, asked_month(request, today), today)
    children = [row.child.pk for row in rows]
    audit.record(origin_of(request), "list", "absence", pk, children=children)
    context = {
        "school_class": school_class,
        "class_name": school_class.name_on(today),
        "rows": [(row, viewer.name_of(row.child.name, row.child.pk)) for row in rows],
        "legend": legend(),
        **months_beside(asked_month(request, today), today),
    }
    return render(request, "attendance/class_month.html", context)


def asked_month(request: Request, today: date) -> date:
    """The first day of the month in the address (2025-11), this month at the latest."""
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        asked = today
    return min(asked, today).replace(day=1)


def months_beside(month: date, today: date) -> dict[str, Any]:
    """The month, the one before it, and the one after it if that has begun."""
    first, last = month_around(month)
    after = last + timedelta(days=1)
    return {
        "month": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": after if after <= today else None,
    }
