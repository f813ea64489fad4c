"""Calling the roll, and correcting it: one lock a class, one version a submission."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.prepared import prepared, store
from students.attendance.actions.checks import (
    check_change,
    check_marks,
    check_session,
    needs_reason,
)
from students.attendance.actions.holding import (
    Held,
    check_open,
    hold,
    post_of,
    with_spells,
)
from students.attendance.actions.recounting import recount
from students.attendance.models import Absence, RollCall, Submission
from students.attendance.rolls.days import check_day_of
from students.attendance.rolls.entries import (
    NUMBER_TAKEN,
    CallResult,
    Mark,
    RollCallEntry,
    RollConflict,
    RollRefused,
)
from students.attendance.rolls.sheet import mark_of, submission_of
from students.attendance.rules.kinds import BY_CODE, HALVES
from students.calendars.loading import calendar_for


def call_roll(
    call: RollCallEntry,
    viewer: Viewer,
    origin: Origin,
    today: date,
    now: datetime,
    held: Held | None = None,
) -> CallResult:
    """Take one submission of a roll call under the post that ``origin`` names.

    The same ``client_uuid`` with the same marks gives the same answer and writes nothing. Raises
    PermissionDenied for a class the post does not reach, RollRefused for what cannot be taken, and
    RollConflict when another version was submitted meanwhile. R1, design 4 (Counting). A roll that
    was taken back is called as if for the first time. ``held`` is the class, where a face has
    locked it in a transaction of its own, in which all this is written.
    """
    post = post_of(viewer, origin)
    if held is not None:
        return _call(call, held, viewer, origin, today, now)
    with transaction.atomic():
        held = hold(call.school_class.pk, call.day, call.session, post, today)
        return _call(call, held, viewer, origin, today, now)


def _call(
    call: RollCallEntry, held: Held, viewer: Viewer, origin: Origin, today: date, now: datetime
) -> CallResult:
    """Whatever is refused is refused before the first row is written."""
    check_open(held.school_class, call.day)
    members, known = held.members, held.calls.get(call.session)
    if earlier := _earlier(call, known):
        return CallResult(earlier.roll_call, earlier, True, members, frozenset())
    school = call.school_class.school
    county_id = held.post.county_id
    check_day_of(call.session, calendar_for(county_id, school.pk), county_id, call.day, today)
    check_session(call, [session for session, row in held.calls.items() if not row.is_taken_back])
    _check_version(call, known)
    standing = known if known and not known.is_taken_back else None
    may_correct = Right.CORRECT_ROLL in held.post.role.rights
    latest = standing.submissions.get(version=standing.version) if standing else None
    reason_needed = needs_reason(call.day, today, latest, viewer.person_id)
    check_change(call, today, standing, may_correct, reason_needed)
    check_marks(call.marks, members, call.day)
    return _write(call, known, members, origin, today, now)


def _earlier(call: RollCallEntry, known: RollCall | None) -> Submission | None:
    """The submission that already arrived under this number, if it says the same and was not
    taken back: then the roll is 未点名, and who sends it again is to know that.
    """
    sent: list[Submission] = _sent_under(client_uuid=call.client_uuid)
    if not sent:
        return None
    earlier = sent[0]
    if known is None or earlier.roll_call_id != known.pk or earlier.takes_back:
        raise RollRefused(NUMBER_TAKEN)
    if not known.is_taken_back and _is_the_same(call.marks, _marks_at(known, earlier.version)):
        return earlier
    raise _conflict(known)


@prepared
def _sent_under(*, client_uuid: Any) -> QuerySet[Submission]:
    return Submission.objects.filter(client_uuid=client_uuid).select_related("roll_call")


def _is_the_same(sent: Iterable[Mark], taken: Iterable[Mark]) -> bool:
    """A telephone keeps no free words (S59): sent again, a mark may have lost its note."""
    noted = {mark.child_id: mark for mark in taken}
    again = {mark.child_id: mark for mark in sent}
    return noted.keys() == again.keys() and all(
        mark in (noted[child], replace(noted[child], note="")) for child, mark in again.items()
    )


def _check_version(call: RollCallEntry, known: RollCall | None) -> None:
    if known is None:
        if call.seen_version:
            raise RollConflict(None, None, ())
    elif call.seen_version != known.version:
        raise _conflict(known)


def _conflict(known: RollCall) -> RollConflict:
    marks = _marks_at(known, known.version)
    standing = None if known.is_taken_back else known
    return RollConflict(standing, submission_of(known), marks)


def _marks_at(roll_call: RollCall, version: int) -> tuple[Mark, ...]:
    return tuple(mark_of(row) for row in roll_call.absences.at(version).order_by("child_id"))


def _write(
    call: RollCallEntry,
    known: RollCall | None,
    members: frozenset[int],
    origin: Origin,
    today: date,
    now: datetime,
) -> CallResult:
    roll_call = _write_roll_call(call, known, len(members), now)
    submission = _write_submission(call, roll_call, origin, now)
    changed = _write_absences(call, roll_call)
    touched = frozenset(changed | with_spells(members, call.day))
    recount(touched, call.day, today)
    _audit(call, roll_call, changed, origin)
    return CallResult(roll_call, submission, False, members, touched)


def _write_roll_call(
    call: RollCallEntry, known: RollCall | None, expected: int, now: datetime
) -> RollCall:
    roll_call = known or RollCall(
        school_class=call.school_class, day=call.day, session=call.session, version=0
    )
    roll_call.version += 1
    if known is None or known.is_taken_back:
        roll_call.first_version, roll_call.first_called_at = roll_call.version, now
        roll_call.is_taken_back = False
    missing = [mark for mark in call.marks if not BY_CODE[mark.kind].present]
    roll_call.expected, roll_call.absent = expected, len(missing)
    if known is None:
        store(roll_call)
    else:
        roll_call.save()
    return roll_call


def _write_submission(
    call: RollCallEntry, roll_call: RollCall, origin: Origin, now: datetime
) -> Submission:
    if origin.post_id is None or origin.person_id is None:
        raise PermissionDenied
    submission = Submission(
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
    store(submission)
    return submission


def _write_absences(call: RollCallEntry, roll_call: RollCall) -> set[int]:
    """End what no longer stands, add what is new; the children of both."""
    rows = roll_call.absences.standing() if roll_call.version > 1 else ()
    standing = {row.child_id: row for row in rows}
    new = [mark for mark in call.marks if not _stands(mark, standing.get(mark.child_id))]
    marked = {mark.child_id for mark in call.marks}
    changed = {mark.child_id for mark in new}
    ended = {child for child in standing if child in changed or child not in marked}
    if ended:
        rows = roll_call.absences.standing().filter(child_id__in=ended)
        rows.update(until_version=roll_call.version)
    Absence.objects.bulk_create(_absence(call, roll_call, mark) for mark in new)
    return changed | ended


def _stands(mark: Mark, row: Absence | None) -> bool:
    return row is not None and mark_of(row) == mark


def _absence(call: RollCallEntry, roll_call: RollCall, mark: Mark) -> Absence:
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


def _audit(
    call: RollCallEntry, roll_call: RollCall, changed: Iterable[int], origin: Origin
) -> None:
    audit.record(
        origin,
        "correct_roll" if roll_call.is_changed else "call_roll",
        "roll_call",
        roll_call.pk,
        children=changed,
        reason=call.reason.strip(),
        details={
            "class": roll_call.school_class_id,
            "day": roll_call.day.isoformat(),
            "session": roll_call.session,
            "version": roll_call.version,
            "expected": roll_call.expected,
            "absent": roll_call.absent,
        },
    )
