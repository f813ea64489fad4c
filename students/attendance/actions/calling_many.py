"""Writes the first roll calls of many classes together, with the same rows as ``call_roll``.

For a county's invented past, in the demo and the bench. One by one its submissions would take many
minutes. Checks that ``call_roll`` makes for each class are omitted, since the caller has decided
the past: no class is locked, no post is checked, the members are given, and any day may be called
(a day without school counts nothing, querysets.was_held). No existing roll is read, so none can be
corrected or sent again here: the unique keys of the tables refuse it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
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
    roll_call_of,
    submission_row,
    with_spells,
)
from students.attendance.actions.recounting import recount
from students.attendance.models import Absence, RollCall, Submission
from students.attendance.rolls.entries import CallResult, RollCallEntry


@dataclass(frozen=True, slots=True)
class FirstCall:
    """A roll that was never sent before: the entry, its members, the caller, the moment."""

    entry: RollCallEntry  # its class with the school
    members: frozenset[int]
    by: Origin
    now: datetime


@transaction.atomic
def call_many(calls: Collection[FirstCall], today: date) -> list[CallResult]:
    """Write the calls and recount the spells that they change, in a fixed few statements.

    Raises RollRefused for incomplete marks, a class that was closed by the day, a session that the
    school does not use, or a past day without a reason.
    """
    for one in calls:
        _check(one, today)
    rolls = RollCall.objects.bulk_create(
        roll_call_of(one.entry, None, len(one.members), one.now) for one in calls
    )
    pairs = list(zip(calls, rolls, strict=True))
    submissions = Submission.objects.bulk_create(
        submission_row(one.entry, roll, one.by, one.now) for one, roll in pairs
    )
    Absence.objects.bulk_create(
        absence_row(one.entry, roll, mark) for one, roll in pairs for mark in one.entry.marks
    )
    AuditEvent.objects.bulk_create(_audit_row(one, roll) for one, roll in pairs)
    touched = _recount(calls, today)
    return [
        CallResult(roll, submission, False, one.members, one_touched)
        for one, roll, submission, one_touched in zip(
            calls, rolls, submissions, touched, strict=True
        )
    ]


def _check(one: FirstCall, today: date) -> None:
    entry = one.entry
    check_open(entry.school_class, entry.day)
    check_session(entry, ())
    reason_needed = needs_reason(entry.day, today, None, one.by.person_id)
    check_change(entry, today, None, False, reason_needed)
    check_marks(entry.marks, one.members, entry.day)


def _recount(calls: Collection[FirstCall], today: date) -> list[frozenset[int]]:
    """Recount the spells from the first of the days on; returns by call the children concerned."""
    if not calls:
        return []
    first = min(one.entry.day for one in calls)
    away = with_spells([child for one in calls for child in one.members], first)
    touched = [frozenset(_marked(one) | (one.members & away)) for one in calls]
    recount(sorted(frozenset().union(*touched)), first, today)
    return touched


def _marked(one: FirstCall) -> set[int]:
    return {mark.child_id for mark in one.entry.marks}


def _audit_row(one: FirstCall, roll_call: RollCall) -> AuditEvent:
    children = sorted(_marked(one))
    return AuditEvent(
        at=one.now,
        person_id=one.by.person_id,
        post_id=one.by.post_id,
        address=one.by.address,
        request_id=one.by.request_id,
        verb="call_roll",
        kind="roll_call",
        object_id=roll_call.pk,
        children=children,
        row_count=len(children) or None,
        details=audit_details(roll_call),
        **audit.reasoned(one.entry.reason.strip()),
    )
