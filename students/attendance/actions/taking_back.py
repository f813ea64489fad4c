"""撤销: taking back a submission just sent, so that its roll is 未点名 again (ux 5.2, 2).

Every step stays a row: a submission of the next version takes back, and ends the marks of the one
before. Nothing else may be taken back; a changed roll is corrected by another change.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from students.attendance.actions.checks import NOTHING_SENT, check_taking_back
from students.attendance.actions.common import (
    check_open,
    hold,
    one_transaction,
    sent_under,
)
from students.attendance.actions.recounting import recount
from students.attendance.models import RollCall, Submission
from students.attendance.rolls.entries import (
    NUMBER_TAKEN,
    CallResult,
    RollRefused,
    TakeBackEntry,
)
from students.attendance.rolls.morning import ClassMorning


def take_back_roll(
    doer: Doer,
    entry: TakeBackEntry,
    morning: ClassMorning | None = None,
) -> CallResult:
    """Make the roll 未点名 again, as if it had not been called.

    The same ``client_uuid`` gives the same answer and writes nothing. ``morning`` is the class that
    a view has locked and read in its own transaction. Raises PermissionDenied for a class the post
    does not reach, and RollRefused for a submission that cannot be taken back (any more).
    """
    with one_transaction(morning):
        held = morning or hold(doer, entry)
        return _take_back(doer, entry, held)


def _take_back(
    doer: Doer,
    entry: TakeBackEntry,
    morning: ClassMorning,
) -> CallResult:
    """Makes every check before it writes the first row."""
    check_open(morning.school_class, entry.day)
    roll_call, members = morning.known, morning.members
    if roll_call is None:
        raise RollRefused(NOTHING_SENT)
    if earlier := _earlier(entry, roll_call):
        return CallResult(roll_call, earlier, True, members, frozenset())
    check_taking_back(morning, entry.seen_version, doer.viewer.person_id, doer.now)
    marked = frozenset(morning.marks)
    submission = _write(roll_call, entry, doer.origin, doer.now)
    # Recounts present children too: without this day a leave or a spell may go on across it.
    touched = members | marked
    recount(touched, entry.day, doer.today)
    _audit(roll_call, marked, doer.origin)
    return CallResult(roll_call, submission, False, members, touched)


def _earlier(entry: TakeBackEntry, roll_call: RollCall) -> Submission | None:
    """The taking back stored under this number."""
    earlier = sent_under(entry.client_uuid)
    if earlier and not (earlier.takes_back and earlier.roll_call_id == roll_call.pk):
        raise RollRefused(NUMBER_TAKEN)
    return earlier


def _write(roll_call: RollCall, entry: TakeBackEntry, origin: Origin, now: datetime) -> Submission:
    if origin.post_id is None or origin.person_id is None:
        raise PermissionDenied
    roll_call.version += 1
    roll_call.is_taken_back, roll_call.absent = True, 0
    roll_call.save()
    roll_call.absences.standing().update(until_version=roll_call.version)
    return Submission.objects.create(
        roll_call=roll_call,
        version=roll_call.version,
        client_uuid=entry.client_uuid,
        post_id=origin.post_id,
        person_id=origin.person_id,
        recorded_at=now,
        takes_back=True,
    )


def _audit(roll_call: RollCall, marked: frozenset[int], origin: Origin) -> None:
    audit.record(
        origin,
        "take_back_roll",
        "roll_call",
        roll_call.pk,
        children=marked,
        details={
            "class": roll_call.school_class_id,
            "day": roll_call.day.isoformat(),
            "session": roll_call.session,
            "version": roll_call.version,
        },
    )
