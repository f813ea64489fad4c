"""谁逾期: the units of the viewer's area that owe overdue duties; the townships they lie in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from cases.actions.nudging import pressing_post
from cases.duedates import days_late
from cases.pages import queue
from foundation.accounts.viewer import Viewer
from students.calendars.workdays import Calendar

SHOWN = 10  # units; the others are folded
COUNTY_LEVEL = "县级单位"
_TOWNSHIP_DIGITS = 9  # of the code of a region; a village's has more, a county's fewer
_PLACE = ("unit__region__code", "unit__region__name", "unit__region__parent__name")


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with its overdue duties and the oldest of their due days."""

    name: str
    overdue: int
    oldest: date
    days: int  # working days since then
    url: str
    township: str = ""


@dataclass(frozen=True, slots=True)
class LateTownship:
    """A township whose units owe overdue duties: how many units and duties, the oldest's days."""

    name: str
    units: int
    overdue: int
    days: int


def may_press(viewer: Viewer, today: date) -> bool:
    """Whether any overdue duty of the area is one that the viewer presses for. One query."""
    post = pressing_post(viewer)
    if post is None:
        return False
    return queue.area_overdue(viewer, today).filter(level__in=post.role.presses).exists()


def late_units(viewer: Viewer, today: date, calendar: Calendar) -> list[LateUnit]:
    """The units with overdue duties, the one with most first. One query."""
    rows = (
        queue.area_overdue(viewer, today)
        .order_by()
        .values("unit_id", "unit__name", "unit__short_name", *_PLACE)
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
            _township_of(*(row[name] for name in _PLACE)),
        )
        for row in rows
    ]


def _township_of(code: str, name: str, above: str | None) -> str:
    """The township in which a unit lies; the bureau and its like lie in none."""
    if len(code) < _TOWNSHIP_DIGITS:
        return COUNTY_LEVEL
    return name if len(code) == _TOWNSHIP_DIGITS else above or name


def late_townships(units: Sequence[LateUnit]) -> list[LateTownship]:
    """The townships of the late units, the one with most overdue duties first."""
    found: dict[str, list[LateUnit]] = {}
    for one in units:
        found.setdefault(one.township, []).append(one)
    summed = [
        LateTownship(
            name, len(of_it), sum(one.overdue for one in of_it), max(one.days for one in of_it)
        )
        for name, of_it in found.items()
    ]
    return sorted(summed, key=lambda one: (-one.overdue, -one.days, one.name))
