"""Calling the rolls of a day: through the act where a case may follow, in bulk where nothing can."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from cases.actions import follow
from cases.models import Case
from cases.policy import Stage
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent, Post
from foundation.accounts.querysets import viewer_on
from kongchuo.demo.absences import Absences, Standing
from kongchuo.demo.chance import number, share
from kongchuo.demo.dates import at
from kongchuo.demo.register import ClassRow
from kongchuo.demo.stories import CALLED_LATE, NEVER_CALLED, TOUR_KEY, WAITING
from students.attendance.actions import call_roll
from students.attendance.entries import Mark, RollCallEntry
from students.attendance.kinds import HALVES
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission

_ROLLS = UUID("6f3b3c52-5ad8-4f3c-9b0e-530922000000")
_FORGOTTEN = 0.003
_EARLY = 0.85  # of the classes have called their roll by eight
Choice = Callable[[ClassRow], bool]


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

    @property
    def uuid(self) -> UUID:
        """The same for the same class, day and session, so that a repeated run adds nothing."""
        return uuid5(_ROLLS, f"{self.row.key} {self.day} {self.session}")


@dataclass(slots=True)
class Rolls:
    """The roll calls of one register."""

    rows: list[ClassRow]
    absences: Absences
    _children: list[int] = field(default_factory=list)

    def morning(self, day: date, wanted: Choice = lambda row: True) -> int:
        """Call the morning's rolls, whole days with them; returns how many."""
        return self._call(day, ("d", "am"), 7, wanted)

    def afternoon(self, day: date, wanted: Choice = lambda row: True) -> int:
        """Call the afternoon's rolls of the schools that mark half-days."""
        return self._call(day, ("pm",), 14, wanted)

    def late(self, today: date) -> int:
        """Hand in, this morning and with a reason, what a teacher of the script missed before."""
        calls = [
            self._late_call(row, missed_on, today, reason)
            for (key, missed_on), reason in CALLED_LATE.items()
            for row in self.rows
            if row.key == key and missed_on < today
        ]
        return self._make(calls, today)

    def _call(self, day: date, sessions: tuple[str, ...], hour: int, wanted: Choice) -> int:
        self.absences.learn(self.rows, day)
        standing = standing_on(day)
        calls = [
            Call(row, day, session, self.absences.marks(row, day, standing), now, day)
            for row in self.rows
            if wanted(row) and is_called(row, day)
            for session in row.sessions
            if session in sessions
            for now in (_moment(row, day, hour),)
        ]
        return self._make(calls, day, standing)

    def _late_call(self, row: ClassRow, missed_on: date, today: date, reason: str) -> Call:
        self.absences.learn(self.rows, missed_on)
        marks = self.absences.marks(row, missed_on, standing_on(missed_on))
        return Call(row, missed_on, row.sessions[0], marks, at(today, 7, 50), today, reason)

    def _make(self, calls: list[Call], day: date, standing: Standing | None = None) -> int:
        done = _done(calls)
        left = [one for one in calls if (one.row.school_class.pk, one.day, one.session) not in done]
        known = standing or standing_on(day)
        quiet = [one for one in left if _is_quiet(one, known)]
        write_quiet(quiet)
        for one in left:
            if not _is_quiet(one, known):
                call(one)
        return len(left)


def call(one: Call) -> None:
    """Call one roll as its teacher does in the browser, and let the cases follow."""
    teacher = one.row.teacher
    origin = Origin(teacher.person_id, teacher.pk)
    entry = RollCallEntry(
        one.row.school_class, one.day, one.session, one.marks, one.uuid, reason=one.reason
    )
    viewer = viewer_on(teacher.person, one.today)
    result = call_roll(entry, viewer, origin, one.today, one.now)
    follow(result.members, one.today, one.now, origin)


def write_quiet(calls: Iterable[Call]) -> None:
    """The rolls on which nobody is missing without reason, away, or on a case, in four statements.

    Such a roll changes no spell and no case, so that what ``call_roll`` and ``follow`` would write
    is known beforehand: the roll call, its submission, the absences with leave, the audit row. Ten
    thousand of them through the act would make the first start of the demo last for minutes.
    """
    known = list(calls)
    rolls = RollCall.objects.bulk_create(_roll(one) for one in known)
    pairs = list(zip(known, rolls, strict=True))
    Submission.objects.bulk_create(_submission(one, roll) for one, roll in pairs)
    Absence.objects.bulk_create(
        _absence(one, roll, mark) for one, roll in pairs for mark in one.marks
    )
    AuditEvent.objects.bulk_create(_audit(one, roll) for one, roll in pairs)


def standing_on(day: date) -> Standing:
    """Who is away and who has an open case, as the rolls called until now tell."""
    spells = AbsenceSpell.objects.ongoing().filter(started_on__lt=day)
    cases = Case.objects.open()
    observed = cases.filter(stage=Stage.D9)
    return Standing(
        dict(spells.values_list("child_id", "started_on")),
        frozenset(cases.values_list("child_id", flat=True)),
        frozenset(observed.values_list("child_id", flat=True)),
    )


def is_called(row: ClassRow, day: date) -> bool:
    """Whether the teacher calls this roll at all that day: now and then one is forgotten."""
    if (row.key, day) in CALLED_LATE or (row.key, day) in NEVER_CALLED:
        return False
    return bool(row.story_of) or share("forgotten", row.key, day) >= _FORGOTTEN


def by_eight(day: date, first_day: date) -> Choice:
    """Which classes have called their roll when the visitor arrives; never the visitor's own."""

    def wanted(row: ClassRow) -> bool:
        if row.key == TOUR_KEY or (day == first_day and row.key in WAITING):
            return False
        return (day == first_day and bool(row.story_of)) or share("early", row.key, day) < _EARLY

    return wanted


def _is_quiet(one: Call, standing: Standing) -> bool:
    if any(mark.kind == "unexcused" for mark in one.marks):
        return False
    children = (member.child_id for member in one.row.members)
    return not any(
        child in standing.away_since or child in standing.with_case for child in children
    )


def _done(calls: Collection[Call]) -> set[tuple[int, date, str]]:
    days = {one.day for one in calls}
    rows = RollCall.objects.filter(day__in=days)
    return set(rows.values_list("school_class_id", "day", "session"))


def _moment(row: ClassRow, day: date, hour: int) -> datetime:
    minute = number(32, 58, "minute", row.key, day)
    return at(day, hour, minute)


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
        details={
            "class": roll.school_class_id,
            "day": roll.day.isoformat(),
            "session": roll.session,
            "version": 1,
            "expected": roll.expected,
            "absent": roll.absent,
        },
    )
