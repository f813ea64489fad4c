"""What prepared queries know of the lists of cases and duties, as these are mostly read.

A list that an unusual filter narrows is asked for as its filters say (cases/pages/filters.py).
"""

from typing import Any

from django.db.models import QuerySet

from cases.models import Case, Deadline
from cases.pages import queue
from cases.pages.case_table import CaseRows
from cases.pages.filters import CaseFilter, DutyFilter, of_state
from foundation.accounts.asking import prepared_for
from foundation.accounts.viewer import Viewer
from foundation.lists.filters import asked_of
from foundation.lists.rows import Order, QuickRows
from foundation.prepared import all_of, number_of
from students.calendars.workdays import Calendar


def known_cases(found: CaseFilter, viewer: Viewer) -> QuickRows | None:
    """Of a list of all cases, of the open or of the closed ones."""
    asked = asked_of(found)
    state = asked.pop("state", "")
    if asked or state not in {"", "open", "closed"}:
        return None
    return QuickRows(
        lambda order, most: _first_cases(viewer, state, order, most, day=found.day),
        lambda: _number_of_cases(viewer, state, day=found.day)[0],
    )


@prepared_for
def _first_cases(
    viewer: Viewer, state: str, order: Order, most: int, *, day: Any
) -> QuerySet[Case, Any]:
    rows = CaseRows.sort(_cases(viewer, state, day), order)
    return rows.values_list("pk", flat=True)[:most]


@prepared_for
def _number_of_cases(viewer: Viewer, state: str, *, day: Any) -> QuerySet[Case, Any]:
    return number_of(_cases(viewer, state, day))


def _cases(viewer: Viewer, state: str, day: Any) -> QuerySet[Case]:
    rows = Case.objects.visible_to(viewer, day)
    return of_state(rows, state) if state else rows


def known_duties(
    found: DutyFilter, viewer: Viewer, calendar: Calendar, *, in_area: bool
) -> QuickRows | None:
    """Of the duties of the viewer or of an area, whole or in one due state."""
    asked = asked_of(found)
    asked.pop("of", None)
    state = asked.pop("due", "")
    if asked or state not in {"", *queue.DUE_STATES}:
        return None
    days = queue.due_days(found.day, calendar) if state else {"today": found.day}
    return QuickRows(
        lambda order, most: _first_duties(viewer, in_area, state, order, most, **days),
        lambda: sum(_number_of_duties(viewer, in_area, state, **days)),
    )


@prepared_for
def _first_duties(
    viewer: Viewer, in_area: bool, state: str, order: Order, most: int, **days: Any
) -> QuerySet[Deadline, Any]:
    rows = (queue.owed_in_area if in_area else queue.mine)(viewer, days["today"])
    rows = _in_state(rows, state, days).order_by(*order)
    return rows.values_list("pk", flat=True)[:most]


@prepared_for
def _number_of_duties(
    viewer: Viewer, in_area: bool, state: str, **days: Any
) -> QuerySet[Deadline, Any]:
    day, duties = days["today"], Deadline.objects
    parts = duties.owed().counted_for(viewer, day) if in_area else [queue.mine(viewer, day)]
    return all_of([number_of(_in_state(part, state, days)) for part in parts])


def _in_state(rows: Any, state: str, days: dict[str, Any]) -> Any:
    return rows.filter(queue.due_on(state, **days)) if state else rows
