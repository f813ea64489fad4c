"""The rows that one submission of a roll call leaves, not stored yet: for one class or for many."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from foundation.accounts.audit import Origin
from students.attendance.models import Absence, RollCall, Submission
from students.attendance.rolls.entries import Mark, RollCallEntry
from students.attendance.rules.kinds import BY_CODE, HALVES


def roll_call_of(
    call: RollCallEntry, known: RollCall | None, expected: int, now: datetime
) -> RollCall:
    """The roll call with this submission as its newest version; ``known`` is what stood before."""
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
    """Who sent this version of the roll call, and why; PermissionDenied where nobody did."""
    if origin.post_id is None or origin.person_id is None:
        raise PermissionDenied
    return Submission(
        roll_call=roll_call,
        version=roll_call.version,
        client_uuid=call.client_uuid,
        post_id=origin.post_id,
        person_id=origin.person_id,
        reason=call.reason.strip(),
        # A telephone's clock may be wrong; nobody called the roll after it arrived.
        marked_at=min(call.marked_at, now) if call.marked_at else None,
        recorded_at=now,
    )


def absence_row(call: RollCallEntry, roll_call: RollCall, mark: Mark) -> Absence:
    """A mark that stands from this version on."""
    return Absence(
        roll_call=roll_call,
        child_id=mark.child_id,
        day=call.day,
        halves=HALVES[call.session],
        kind=mark.kind,
        leave_until=mark.leave_until,
        guardian_told=mark.guardian_told,
        note=mark.note,
        since_version=roll_call.version,
    )


def audit_details(roll_call: RollCall) -> dict[str, Any]:
    """What the audit keeps of a roll call beside the children."""
    return {
        "class": roll_call.school_class_id,
        "day": roll_call.day.isoformat(),
        "session": roll_call.session,
        "version": roll_call.version,
        "expected": roll_call.expected,
        "absent": roll_call.absent,
    }
