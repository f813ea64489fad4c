"""Recounts a school's spells after past days were suspended or made up (停课、补课).

A suspended day takes its roll out of every count (querysets.was_held); here the stored spells are
recounted. The view that enters the days calls this at once, and the sweep finds days entered
otherwise (cases/recount/school_days.py).
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
    """Recount a school's spells after ``days`` became or ceased to be school days.

    Returns the children whose spells were recounted. Locks the classes, so that a roll called
    meanwhile is either counted here or refused by the new calendar.
    """
    first, last = min(days), max(days)
    _lock_classes(school_id)
    touched = _touched(school_id, first, last)
    recount(sorted(touched), first, until)
    return touched


def mark_followed(override_ids: Iterable[int], now: datetime) -> None:
    """Note that the rows were followed by a recount. Twice is harmless."""
    rows = (FollowedOverride(override_id=pk, followed_at=now) for pk in override_ids)
    FollowedOverride.objects.bulk_create(rows, ignore_conflicts=True)


def _lock_classes(school_id: int) -> None:
    rows = SchoolClass.objects.filter(school_id=school_id).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _touched(school_id: int, first: date, last: date) -> frozenset[int]:
    """Children whose spells the days may lengthen, end, cut, join or date anew.

    These were enrolled there on the days, and since then missed a half-day or were away at their
    end; and children with a mark on the days, whose enrolment may have been corrected since.
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
