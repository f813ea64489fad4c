"""What every act on a class's roll begins with: its post, the class held, whom it concerns."""

from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.accounts.audit import Origin
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import prepared
from students.attendance.models import AbsenceSpell, Submission
from students.attendance.rolls.entries import RollCallEntry, RollRefused, TakeBackEntry
from students.attendance.rolls.morning import ClassMorning, class_morning
from students.attendance.rolls.reaching import held_class
from students.roster.models import SchoolClass


def post_of(viewer: Viewer, origin: Origin) -> HeldPost:
    """The post of the viewer under which the act is done."""
    held = next((post for post in viewer.posts if post.id == origin.post_id), None)
    if held is None:
        raise PermissionDenied
    return held


def one_transaction(morning: ClassMorning | None) -> AbstractContextManager[Any]:
    """The transaction of an act: that in which a face has locked the class, or one of its own."""
    return nullcontext() if morning else transaction.atomic()


def hold(
    entry: RollCallEntry | TakeBackEntry, viewer: Viewer, origin: Origin, today: date
) -> ClassMorning:
    """Lock the class until the transaction ends; PermissionDenied where the post does not reach it.

    Submissions of one class take turns, so that of two at once one wins and one is told: whatever
    a submission is checked against is read after the lock.
    """
    locked = held_class(post_of(viewer, origin), entry.school_class.pk, today)
    if locked is None:
        raise PermissionDenied
    return class_morning(locked, entry.day, entry.session)


def check_open(school_class: SchoolClass, day: date) -> None:
    """The class is not closed by ``day``."""
    if school_class.closed_on is not None and school_class.closed_on <= day:
        raise RollRefused("这个班当天已经撤并，不能点名。")


def with_spells(members: Collection[int], day: date) -> set[int]:
    """Members whose spell the day may lengthen, end, cut in two or date anew."""
    return set(_with_spells(members=list(members), day=day))


def sent_under(client_uuid: UUID) -> Submission | None:
    """The submission that arrived under this number, with its roll call."""
    rows: list[Submission] = _sent_under(client_uuid=client_uuid)
    return rows[0] if rows else None


@prepared
def _sent_under(*, client_uuid: Any) -> QuerySet[Submission]:
    return Submission.objects.filter(client_uuid=client_uuid).select_related("roll_call")


@prepared
def _with_spells(*, members: Any, day: Any) -> QuerySet[Any, int]:
    reaching = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    rows = AbsenceSpell.objects.standing().filter(reaching, child__among=members)
    return rows.values_list("child_id", flat=True)
