"""What prepared queries know of the list of pupils as it is mostly read: without a filter."""

from typing import Any

from django.db.models import QuerySet

from foundation.accounts.asking import prepared_for
from foundation.accounts.viewer import Viewer
from foundation.lists.filters import asked_of
from foundation.lists.rows import Order, QuickRows
from foundation.prepared import number_of
from students.roster.lists.columns import PUPILS
from students.roster.lists.exporting import Chosen
from students.roster.models import Enrolment


def known_pupils(chosen: Chosen, viewer: Viewer) -> QuickRows | None:
    """Of the whole list of pupils; of the others nothing."""
    day = chosen.filter.day
    if chosen.listing is not PUPILS or asked_of(chosen.filter):
        return None
    return QuickRows(
        lambda order, most: _first(viewer, order, most, day=day),
        lambda: _number(viewer, day=day)[0],
    )


@prepared_for
def _first(viewer: Viewer, order: Order, most: int, *, day: Any) -> QuerySet[Enrolment, Any]:
    rows = PUPILS.rows(viewer, day).order_by(*order)
    return rows.values_list("pk", flat=True)[:most]


@prepared_for
def _number(viewer: Viewer, *, day: Any) -> QuerySet[Enrolment, Any]:
    return number_of(Enrolment.objects.on(day).counted_for(viewer, day))
