"""谁逾期: the units of the viewer's area that owe overdue duties, each opening its list."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from cases.duedates import days_late
from cases.pages import queue
from foundation.accounts.viewer import Viewer
from students.calendars.workdays import Calendar

SHOWN = 10  # units; the others are folded


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with its overdue duties and the oldest of their due days."""

    name: str
    overdue: int
    oldest: date
    days: int  # working days since then
    url: str


def late_units(viewer: Viewer, today: date, calendar: Calendar) -> list[LateUnit]:
    """The units with overdue duties, the one with most first. One query."""
    rows = (
        queue.area_overdue(viewer, today)
        .order_by()
        .values("unit_id", "unit__name", "unit__short_name")
        .annotate(overdue=Count("pk"), oldest=Min("due_on"))
        .order_by("-overdue", "oldest", "unit_id")
    )
    return [
        LateUnit(
            row["unit__short_name"] or row["unit__name"],
            row["overdue"],
            row["oldest"],
            days_late(row["oldest"], today, calendar),
            f"{reverse('duties')}?of=area&due=overdue&unit={row['unit_id']}",
        )
        for row in rows
    ]
