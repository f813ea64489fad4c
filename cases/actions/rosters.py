"""Undoes a roster import, unless somebody has worked on its children since."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from cases.models import CaseEvent
from foundation.accounts.doer import Doer
from students.attendance.models import Absence, Submission
from students.roster.imports.acts import undoing
from students.roster.imports.acts.undoing import children_of_undo
from students.roster.models import ImportBatch


def touched_by_work(children: Collection[int], since: datetime) -> set[int]:
    """Those of the children on whom a roll was called or a case moved after the moment.

    A roll counts for every child enrolled in the class on its day, present or not.
    """
    return {pk for rows in _work(list(children), since) for pk in rows}


@transaction.atomic
def undo_import(doer: Doer, batch_id: int) -> ImportBatch:
    """Undo a roster import. Raises Refused if somebody has worked on its children."""
    children, since = children_of_undo(doer.viewer, batch_id)
    touched = touched_by_work(children, since) if since else set()
    return undoing.undo_import(doer, batch_id, touched)


def _work(children: list[int], since: datetime) -> Iterator[Collection[int]]:
    enrolments = "roll_call__school_class__enrolments__"
    on_the_day = Q(**{f"{enrolments}ends_on__isnull": True}) | Q(
        **{f"{enrolments}ends_on__gte": F("roll_call__day")}
    )
    called = Submission.objects.filter(
        on_the_day,
        recorded_at__gt=since,
        **{
            f"{enrolments}child_id__in": children,
            f"{enrolments}starts_on__lte": F("roll_call__day"),
            f"{enrolments}voided_on__isnull": True,
        },
    )
    yield called.values_list(f"{enrolments}child_id", flat=True)
    missed = Absence.objects.filter(child_id__in=children)
    yield missed.filter(roll_call__submissions__recorded_at__gt=since).values_list(
        "child_id", flat=True
    )
    moved = CaseEvent.objects.filter(case__child_id__in=children, recorded_at__gt=since)
    yield moved.values_list("case__child_id", flat=True)
