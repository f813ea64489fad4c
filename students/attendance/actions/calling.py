"""Calling the roll, and correcting it: one lock a class, one version a submission."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from students.attendance.actions.checks import (
    check_change,
    check_marks,
    check_session,
    needs_reason,
)
from students.attendance.actions.recounting import recount
from students.attendance.days import check_day_of
from students.attendance.entries import CallResult, Mark, RollCallEntry, RollConflict, RollRefused
from students.attendance.kinds import BY_CODE, HALVES
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission
from students.attendance.sheet import expected_in, mark_of, submission_of
from students.calendars.loading import calendar_for
from students.roster.models import SchoolClass


@transaction.atomic
def call_roll(
    call: RollCallEntry, viewer: Viewer, origin: Origin, today: date, now: datetime
) -> CallResult:
    """Take one submission of a roll call under the post that ``origin`` names.

    The same ``client_uuid`` with the same marks gives the same answer and writes nothing. Raises
    PermissionDenied for a class the post does not reach, RollRefused for what cannot be taken, and
    RollConflict when another version was submitted meanwhile. R1, design 4 (Counting).
    """
    post = _post(viewer, origin)
    _lock_class(call, viewer, post, today)
    calls = _calls_of_day(call)
    standing = calls.get(call.session)
    if earlier := _earlier(call, standing):
        return CallResult(earlier.roll_call, earlier, True, _members(call), frozenset())
    school = call.school_class.school
    county_id = post.county_id
    check_day_of(call.session, calendar_for(county_id, school.pk), county_id, call.day, today)
    check_session(call, calls)
    latest = _check_version(call, standing)
    may_correct = Right.CORRECT_ROLL in post.role.rights
    reason_needed = needs_reason(call.day, today, latest, viewer.person_id)
    check_change(call, today, standing, may_correct, reason_needed)
    members = _members(call)
    check_marks(call.marks, members, call.day)
    return _write(call, standing, members, origin, today, now)


def _post(viewer: Viewer, origin: Origin) -> HeldPost:
    held = next((post for post in viewer.posts if post.id == origin.post_id), None)
    if held is None:
        raise PermissionDenied
    return held


def _lock_class(call: RollCallEntry, viewer: Viewer, post: HeldPost, today: date) -> None:
    """Submissions of one class take turns, so that of two at once one wins and one is told."""
    acting = replace(viewer, posts=(post,))
    locked = (
        SchoolClass.objects.visible_to(acting, today, Right.CALL_ROLL)
        .filter(pk=call.school_class.pk)
        .select_for_update(no_key=True)
        .values_list("closed_on", flat=True)
    )
    rows = list(locked)
    if not rows:
        raise PermissionDenied
    if rows[0] is not None and rows[0] <= call.day:
        raise RollRefused("这个班当天已经撤并，不能点名。")


def _calls_of_day(call: RollCallEntry) -> dict[str, RollCall]:
    rows = RollCall.objects.filter(school_class=call.school_class, day=call.day)
    return {row.session: row for row in rows}


def _earlier(call: RollCallEntry, standing: RollCall | None) -> Submission | None:
    """The submission that already arrived under this number, if it says the same."""
    sent = Submission.objects.filter(client_uuid=call.client_uuid).select_related("roll_call")
    earlier = sent.first()
    if earlier is None:
        return None
    if standing is None or earlier.roll_call_id != standing.pk:
        raise RollRefused("提交编号重复，请刷新页面后重新点名。")
    if _is_the_same(call.marks, _marks_at(standing, earlier.version)):
        return earlier
    raise _conflict(standing)


def _is_the_same(sent: Iterable[Mark], taken: Iterable[Mark]) -> bool:
    """A telephone keeps no free words (S59): sent again, a mark may have lost its note."""
    noted = {mark.child_id: mark for mark in taken}
    again = {mark.child_id: mark for mark in sent}
    return noted.keys() == again.keys() and all(
        mark in (noted[child], replace(noted[child], note="")) for child, mark in again.items()
    )


def _check_version(call: RollCallEntry, standing: RollCall | None) -> Submission | None:
    if standing is None:
        if call.seen_version:
            raise RollConflict(None, None, ())
        return None
    if call.seen_version != standing.version:
        raise _conflict(standing)
    return standing.submissions.get(version=standing.version)


def _conflict(standing: RollCall) -> RollConflict:
    marks = _marks_at(standing, standing.version)
    return RollConflict(standing, submission_of(standing), marks)


def _marks_at(roll_call: RollCall, version: int) -> tuple[Mark, ...]:
    return tuple(mark_of(row) for row in roll_call.absences.at(version).order_by("child_id"))


def _members(call: RollCallEntry) -> frozenset[int]:
    rows = expected_in(call.school_class, call.day, call.session)
    return frozenset(rows.values_list("child_id", flat=True))


def _write(
    call: RollCallEntry,
    standing: RollCall | None,
    members: frozenset[int],
    origin: Origin,
    today: date,
    now: datetime,
) -> CallResult:
    roll_call = _write_roll_call(call, standing, len(members), now)
    submission = _write_submission(call, roll_call, origin, now)
    changed = _write_absences(call, roll_call)
    touched = frozenset(changed | _with_spells(members, call.day))
    recount(touched, call.day, today)
    _audit(call, roll_call, changed, origin)
    return CallResult(roll_call, submission, False, members, touched)


def _write_roll_call(
    call: RollCallEntry, standing: RollCall | None, expected: int, now: datetime
) -> RollCall:
    roll_call = standing or RollCall(
        school_class=call.school_class,
        day=call.day,
        session=call.session,
        version=0,
        first_called_at=now,
    )
    roll_call.version += 1
    missing = [mark for mark in call.marks if not BY_CODE[mark.kind].present]
    roll_call.expected, roll_call.absent = expected, len(missing)
    roll_call.save()
    return roll_call


def _write_submission(
    call: RollCallEntry, roll_call: RollCall, origin: Origin, now: datetime
) -> Submission:
    if origin.post_id is None or origin.person_id is None:
        raise PermissionDenied
    return Submission.objects.create(
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


def _with_spells(members: frozenset[int], day: date) -> set[int]:
    """Members whose spell the day may lengthen, end, cut in two or date anew."""
    reaching = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    rows = AbsenceSpell.objects.standing().filter(reaching, child_id__in=members)
    return set(rows.values_list("child_id", flat=True))


def _audit(
    call: RollCallEntry, roll_call: RollCall, changed: Iterable[int], origin: Origin
) -> None:
    audit.record(
        origin,
        "call_roll" if roll_call.version == 1 else "correct_roll",
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
