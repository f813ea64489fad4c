"""Calling the roll and correcting it: one lock a class, one version a submission."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.prepared import store
from students.attendance.actions.checks import (
    check_change,
    check_marks,
    check_session,
    needs_reason,
)
from students.attendance.actions.common import (
    absence_row,
    audit_details,
    check_open,
    hold,
    one_transaction,
    post_of,
    roll_call_of,
    sent_under,
    submission_row,
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
from students.attendance.rolls.morning import ClassMorning
from students.attendance.rolls.sheet import mark_of


def call_roll(
    doer: Doer,
    call: RollCallEntry,
    morning: ClassMorning | None = None,
) -> CallResult:
    """Store one submission of a roll call, under the post that ``origin`` names.

    The same ``client_uuid`` with the same marks gives the same answer and writes nothing. A roll
    that was taken back is called as if for the first time. ``morning`` is the class that a view has
    locked and read in its own transaction; all rows are written in that transaction. Raises
    PermissionDenied for a class the post does not reach, RollRefused for marks that break a rule,
    and RollConflict when another version was submitted meanwhile. R1, design 4 (Counting).
    """
    with one_transaction(morning):
        held = morning or hold(doer, call)
        return _call(doer, call, held)


def _call(
    doer: Doer,
    call: RollCallEntry,
    morning: ClassMorning,
) -> CallResult:
    """Makes every check before it writes the first row."""
    may_correct = Right.CORRECT_ROLL in post_of(doer).role.rights
    check_open(morning.school_class, call.day)
    if earlier := _earlier(call, morning):
        return CallResult(earlier.roll_call, earlier, True, morning.members, frozenset())
    check_day_of(call.session, morning.calendar, morning.county_id, call.day, doer.today)
    check_session(call, [name for name, row in morning.calls.items() if not row.is_taken_back])
    _check_version(call, morning)
    reason_needed = needs_reason(call.day, doer.today, morning.submission, doer.viewer.person_id)
    check_change(call, doer.today, morning.roll_call, may_correct, reason_needed)
    check_marks(call.marks, morning.members, call.day)
    return _write(call, morning, doer.origin, doer.today, doer.now)


def _earlier(call: RollCallEntry, morning: ClassMorning) -> Submission | None:
    """The submission stored under this number, if it has the same marks and was not taken back.

    After a taking back the roll is 未点名, and a browser that sends again must learn it.
    """
    earlier, known = sent_under(call.client_uuid), morning.known
    if earlier is None:
        return None
    if known is None or earlier.roll_call_id != known.pk or earlier.takes_back:
        raise RollRefused(NUMBER_TAKEN)
    if morning.roll_call and _is_the_same(call.marks, _marks_at(known, earlier.version)):
        return earlier
    raise _conflict(morning)


def _is_the_same(sent: Iterable[Mark], taken: Iterable[Mark]) -> bool:
    """Whether the marks agree. Notes may differ: a phone does not store free text (S59)."""
    noted = {mark.child_id: mark for mark in taken}
    again = {mark.child_id: mark for mark in sent}
    return noted.keys() == again.keys() and all(
        mark in (noted[child], replace(noted[child], note="")) for child, mark in again.items()
    )


def _marks_at(roll_call: RollCall, version: int) -> list[Mark]:
    return [mark_of(row) for row in roll_call.absences.at(version)]


def _check_version(call: RollCallEntry, morning: ClassMorning) -> None:
    if call.seen_version != morning.version:
        raise _conflict(morning)


def _conflict(morning: ClassMorning) -> RollConflict:
    marks = [morning.marks[child] for child in sorted(morning.marks)]
    return RollConflict(morning.roll_call, morning.latest, marks)


def _write(
    call: RollCallEntry, morning: ClassMorning, origin: Origin, today: date, now: datetime
) -> CallResult:
    standing, members = morning.marks, morning.members
    roll_call = _write_roll_call(call, morning.known, len(members), now)
    submission = submission_row(call, roll_call, origin, now)
    store(submission)
    changed = _write_absences(call, roll_call, standing)
    touched = frozenset(changed | with_spells(members, call.day))
    recount(touched, call.day, today)
    _audit(call, roll_call, changed, origin)
    return CallResult(roll_call, submission, False, members, touched)


def _write_roll_call(
    call: RollCallEntry, known: RollCall | None, expected: int, now: datetime
) -> RollCall:
    roll_call = roll_call_of(call, known, expected, now)
    if known is None:
        store(roll_call)
    else:
        roll_call.save()
    return roll_call


def _write_absences(
    call: RollCallEntry, roll_call: RollCall, standing: Mapping[int, Mark]
) -> set[int]:
    """End marks that no longer stand, add new ones; returns the children of both."""
    new = [mark for mark in call.marks if standing.get(mark.child_id) != mark]
    marked = {mark.child_id for mark in call.marks}
    changed = {mark.child_id for mark in new}
    ended = {child for child in standing if child in changed or child not in marked}
    if ended:
        rows = roll_call.absences.standing().filter(child_id__in=ended)
        rows.update(until_version=roll_call.version)
    Absence.objects.bulk_create(absence_row(call, roll_call, mark) for mark in new)
    return changed | ended


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
        details=audit_details(roll_call),
    )
