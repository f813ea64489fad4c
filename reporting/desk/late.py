"""谁逾期: the units of the viewer's area that owe overdue duties; the townships they lie in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from cases.actions.letters.nudging import pressing_post
from cases.duedates import days_late
from cases.models import Deadline
from cases.pages import queue
from foundation.accounts.asking import prepared_for
from foundation.accounts.models import Unit
from foundation.accounts.viewer import Viewer
from foundation.days import day_words
from foundation.filling import filled
from foundation.prepared import all_of, prepared
from students.calendars.workdays import Calendar

_OVERDUE = "of=area&due=overdue"
SHOWN = 10  # units; the others are folded
COUNTY_LEVEL = "县级单位"
_TOWNSHIP_DIGITS = 9  # of the code of a region; a village's has more, a county's fewer
_PLACE = ("region__code", "region__name", "region__parent__name")


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with its overdue duties and the oldest of their due days."""

    name: str
    overdue: int
    oldest: date
    days: int  # working days since then
    url: str
    township: str = ""

    @property
    def oldest_words(self) -> str:
        """「9月12日」, of the oldest."""
        return day_words(self.oldest)

    @property
    def row(self) -> SafeString:
        """Its row in the table: a county has some hundred."""
        return filled(
            "desk/_late_row.html",
            url=self.url,
            name=self.name,
            overdue=str(self.overdue),
            oldest=self.oldest_words,
            days=str(self.days),
        )


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
    return bool(_first_pressed(viewer, tuple(post.role.presses), today=today))


@prepared_for
def _first_pressed(viewer: Viewer, levels: Any, *, today: Any) -> QuerySet[Deadline, Any]:
    rows = queue.area_overdue(viewer, today).filter(level__in=levels)
    return rows.order_by().values_list("pk", flat=True)[:1]


def late_units(viewer: Viewer, today: date, calendar: Calendar) -> list[LateUnit]:
    """The units with overdue duties, the one with most first. Two queries."""
    found = _overdue_by_unit(viewer, today=today)
    rows = sorted(found, key=lambda one: (-one[1], one[2], one[0]))
    told = _told_of([unit for unit, _, _ in rows])
    late = cache(partial(days_late, today=today, calendar=calendar))  # many since the same day
    duties = reverse("duties")
    return [
        LateUnit(
            told[unit][0],
            overdue,
            oldest,
            late(oldest),
            f"{duties}?{_OVERDUE}&unit={unit}",
            told[unit][1],
        )
        for unit, overdue, oldest in rows
    ]


@prepared_for
def _overdue_by_unit(viewer: Viewer, *, today: Any) -> QuerySet[Deadline, Any]:
    return all_of([_by_unit(part) for part in queue.overdue_parts(viewer, today)])


def _by_unit(rows: QuerySet[Deadline]) -> QuerySet[Deadline, Any]:
    counted = rows.order_by().values_list("unit_id")
    return counted.annotate(owed=Count("*"), oldest=Min("due_on"))


def _told_of(units: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The short name of each unit, and the township in which it lies."""
    return {
        pk: (short or name, _township_of(*place))
        for pk, name, short, *place in _names(units=list(units))
    }


@prepared
def _names(*, units: Any) -> QuerySet[Unit, Any]:
    rows = Unit.objects.filter(pk__among=units).order_by()
    return rows.values_list("pk", "name", "short_name", *_PLACE)


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
