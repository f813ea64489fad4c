"""One roll call of the demo, and the rows it leaves: by the act, or with many others at once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from cases.actions.following import follow
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from foundation.accounts.querysets import viewer_on
from kongchuo.demo.county.register import ClassRow
from kongchuo.demo.rolls.slips import bring_slips
from students.attendance.actions import call_roll
from students.attendance.models import Absence, RollCall, Submission
from students.attendance.rolls.entries import Mark, RollCallEntry
from students.attendance.rules.kinds import HALVES

_ROLLS = UUID("6f3b3c52-5ad8-4f3c-9b0e-530922000000")


@dataclass(frozen=True, slots=True)
class Call:
    """One roll call to make."""

    row: ClassRow
    day: date
    session: str
    marks: tuple[Mark, ...]
    now: datetime
    today: date
    reason: str = ""
    seen_version: int = 0  # of a roll that was taken back; otherwise there is none yet

    @property
    def uuid(self) -> UUID:
        """The same for the same class, day and session, so that a repeated run adds nothing."""
        again = f" {self.seen_version}" if self.seen_version else ""
        return uuid5(_ROLLS, f"{self.row.key} {self.day} {self.session}{again}")


def call(one: Call) -> None:
    """Call one roll as its teacher does in the browser, and let the cases follow."""
    teacher = one.row.teacher
    origin = Origin(teacher.person_id, teacher.pk)
    entry = RollCallEntry(
        *(one.row.school_class, one.day, one.session, one.marks, one.uuid),
        seen_version=one.seen_version,
        reason=one.reason,
    )
    viewer = viewer_on(teacher.person, one.today)
    _bring_slips([one])
    result = call_roll(entry, viewer, origin, one.today, one.now)
    follow(result.members | result.touched, one.today, one.now, origin)


def write(calls: list[Call]) -> None:
    """The first version of each roll call, its submission, its absences and its audit row."""
    _bring_slips(calls)
    rolls = RollCall.objects.bulk_create(_roll(one) for one in calls)
    pairs = list(zip(calls, rolls, strict=True))
    Submission.objects.bulk_create(_submission(one, roll) for one, roll in pairs)
    Absence.objects.bulk_create(
        _absence(one, roll, mark) for one, roll in pairs for mark in one.marks
    )
    AuditEvent.objects.bulk_create(_audit(one, roll) for one, roll in pairs)


def _bring_slips(calls: list[Call]) -> None:
    for day in sorted({one.day for one in calls}):
        of_day = [one for one in calls if one.day == day]
        bring_slips(((mark, one.row.teacher, one.now) for one in of_day for mark in one.marks), day)


def _roll(one: Call) -> RollCall:
    return RollCall(
        school_class=one.row.school_class,
        day=one.day,
        session=one.session,
        version=1,
        expected=len(one.row.members),
        absent=len(one.marks),
        first_called_at=one.now,
    )


def _submission(one: Call, roll: RollCall) -> Submission:
    return Submission(
        roll_call=roll,
        version=1,
        client_uuid=one.uuid,
        post=one.row.teacher,
        person_id=one.row.teacher.person_id,
        reason=one.reason,
        recorded_at=one.now,
    )


def _absence(one: Call, roll: RollCall, mark: Mark) -> Absence:
    return Absence(
        roll_call=roll,
        child_id=mark.child_id,
        day=one.day,
        halves=HALVES[one.session],
        kind=mark.kind,
        leave_until=mark.leave_until,
        guardian_told=mark.guardian_told,
        note=mark.note,
        since_version=1,
    )


def _audit(one: Call, roll: RollCall) -> AuditEvent:
    children = sorted(mark.child_id for mark in one.marks)
    return AuditEvent(
        at=one.now,
        person_id=one.row.teacher.person_id,
        post=one.row.teacher,
        verb="call_roll",
        kind="roll_call",
        object_id=roll.pk,
        children=children,
        row_count=len(children) or None,
        reason=one.reason,
        details={
            "class": roll.school_class_id,
            "day": roll.day.isoformat(),
            "session": roll.session,
            "version": 1,
            "expected": roll.expected,
            "absent": roll.absent,
        },
    )
