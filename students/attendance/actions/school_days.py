"""A school closed, or open after all, on days past (停课、补课): its spells as if from the start.

A closure takes the day's roll out of every count (querysets.was_held); here the spells that stand
in the database are brought into line. The face that enters the days calls this at once, and the
sweep looks for what was entered otherwise (cases/recount/school_days.py).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from students.attendance.actions.recounting import recount
from students.attendance.models import Absence, AbsenceSpell, FollowedOverride
from students.roster.models import Enrolment, SchoolClass


@transaction.atomic
def recount_school(school_id: int, days: Collection[date], until: date) -> frozenset[int]:
    """Count the spells of a school again after ``days`` became or ceased to be school days.

    Returns the children whose spells were looked at. The classes are held, so that a roll called
    meanwhile either stands before this count or is refused by the new calendar.
    """
    first, last = min(days), max(days)
    _lock_classes(school_id)
    touched = _touched(school_id, first, last)
    recount(sorted(touched), first, until)
    return touched


def mark_followed(override_ids: Iterable[int], now: datetime) -> None:
    """Remember that the rows were followed; twice is harmless."""
    rows = (FollowedOverride(override_id=pk, followed_at=now) for pk in override_ids)
    FollowedOverride.objects.bulk_create(rows, ignore_conflicts=True)


def _lock_classes(school_id: int) -> None:
    rows = SchoolClass.objects.filter(school_id=school_id).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _touched(school_id: int, first: date, last: date) -> frozenset[int]:
    """Whose spells the days may lengthen, end, cut, join or date anew.

    Who was enrolled there on the days, and since then missed a half-day or was away at their end;
    and whoever is marked on the days, though its enrolment was corrected since.
    """
    reaching = Q(ended_on__isnull=True) | Q(ended_on__gte=first)
    child = OuterRef("child_id")
    spells = AbsenceSpell.objects.standing().filter(reaching, child_id=child)
    marks = Absence.objects.standing().filter(child_id=child, day__gte=first)
    there = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first), school_id=school_id, starts_on__lte=last
    ).filter(Exists(spells) | Exists(marks))
    marked = Absence.objects.standing().filter(
        roll_call__school_class__school_id=school_id, day__range=(first, last)
    )
    return frozenset(there.values_list("child_id", flat=True)) | frozenset(
        marked.values_list("child_id", flat=True)
    )
