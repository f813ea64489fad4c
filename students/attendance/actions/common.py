"""Parts shared by the acts on a class's roll: post, lock, members, new rows."""

from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.viewer import HeldPost
from foundation.prepared import prepared
from foundation.protected import sealed
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission
from students.attendance.rolls.entries import Mark, RollCallEntry, RollRefused, TakeBackEntry
from students.attendance.rolls.morning import ClassMorning, class_morning, held_class
from students.attendance.rules.kinds import BY_CODE, HALVES
from students.roster.models import SchoolClass


def post_of(doer: Doer) -> HeldPost:
    """The post of the viewer under which the act is done."""
    held = next((post for post in doer.viewer.posts if post.id == doer.origin.post_id), None)
    if held is None:
        raise PermissionDenied
    return held


def one_transaction(morning: ClassMorning | None) -> AbstractContextManager[Any]:
    """The act's transaction: the one in which a view has locked the class, or a new one."""
    return nullcontext() if morning else transaction.atomic()


def hold(doer: Doer, entry: RollCallEntry | TakeBackEntry) -> ClassMorning:
    """Lock the class until the transaction ends; PermissionDenied where the post does not reach it.

    Submissions of one class run one after the other, so that of two at once one wins and the other
    is told. Every check reads after the lock.
    """
    locked = held_class(post_of(doer), entry.school_class.pk, doer.today)
    if locked is None:
        raise PermissionDenied
    return class_morning(locked, entry.day, entry.session)


def check_open(school_class: SchoolClass, day: date) -> None:
    """Raises RollRefused for a class that is closed by ``day``."""
    if school_class.closed_on is not None and school_class.closed_on <= day:
        raise RollRefused("这个班当天已经撤并，不能点名。")


def with_spells(members: Collection[int], day: date) -> set[int]:
    """Members with a spell that the day may lengthen, end, cut in two or date anew."""
    return set(_with_spells(members=list(members), day=day))


def sent_under(client_uuid: UUID) -> Submission | None:
    """The submission stored under this number, with its roll call."""
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


# --- the rows of one submission, not stored yet -------------------------------------------------


def roll_call_of(
    call: RollCallEntry, known: RollCall | None, expected: int, now: datetime
) -> RollCall:
    """The roll call with this submission as its newest version; ``known`` is the stored one."""
    roll_call = known or RollCall(
        school_class=call.school_class, day=call.day, session=call.session, version=0
    )
    roll_call.version += 1
    if known is None or known.is_taken_back:
        roll_call.first_version, roll_call.first_called_at = roll_call.version, now
        roll_call.is_taken_back = False
    missing = [mark for mark in call.marks if not BY_CODE[mark.kind].present]
    roll_call.expected, roll_call.absent = expected, len(missing)
    return roll_call


def submission_row(
    call: RollCallEntry, roll_call: RollCall, origin: Origin, now: datetime
) -> Submission:
    """The row of this version: its sender and reason. PermissionDenied where there is no sender."""
    if origin.post_id is None or origin.person_id is None:
        raise PermissionDenied
    return Submission(
        roll_call=roll_call,
        version=roll_call.version,
        client_uuid=call.client_uuid,
        post_id=origin.post_id,
        person_id=origin.person_id,
        # A phone's clock may be wrong: the roll was called before it arrived, not after.
        marked_at=min(call.marked_at, now) if call.marked_at else None,
        recorded_at=now,
        **sealed(reason=call.reason.strip()),
    )


def absence_row(call: RollCallEntry, roll_call: RollCall, mark: Mark) -> Absence:
    """The row of a mark that holds from this version on."""
    return Absence(
        roll_call=roll_call,
        child_id=mark.child_id,
        day=call.day,
        halves=HALVES[call.session],
        kind=mark.kind,
        leave_until=mark.leave_until,
        guardian_told=mark.guardian_told,
        since_version=roll_call.version,
        uuid=uuid4() if mark.note else None,
        **sealed(note=mark.note),
    )


def audit_details(roll_call: RollCall) -> dict[str, Any]:
    """What the audit row of a roll call says, besides the children."""
    return {
        "class": roll_call.school_class_id,
        "day": roll_call.day.isoformat(),
        "session": roll_call.session,
        "version": roll_call.version,
        "expected": roll_call.expected,
        "absent": roll_call.absent,
    }
