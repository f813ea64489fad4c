"""Calling all rolls of a day at once; the spells and the cases follow by their own acts.

The rows of a roll call, as ``attendance.call_roll`` writes them, go in together: twelve thousand
submissions one by one would make the first start of the demo last for many minutes. What follows
from them is never written here: ``attendance.recount`` counts the spells, and ``cases.follow``
opens, returns and closes the cases under the post of the class's teacher.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from cases.actions import follow
from cases.models import Case
from cases.policy import Stage, needs_township
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from foundation.accounts.querysets import viewer_on
from kongchuo.demo.absences import Absences, Standing
from kongchuo.demo.chance import number, share
from kongchuo.demo.dates import at
from kongchuo.demo.register import ClassRow
from kongchuo.demo.stories import CALLED_LATE, NEVER_CALLED, TOUR_KEY, WAITING
from students.attendance.actions import call_roll, recount
from students.attendance.entries import Mark, RollCallEntry
from students.attendance.kinds import HALVES, KINDS
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission

_ROLLS = UUID("6f3b3c52-5ad8-4f3c-9b0e-530922000000")
_FORGOTTEN = 0.003
_EARLY = 0.85  # of the classes have called their roll by eight
UNEXCUSED = frozenset(kind.code for kind in KINDS if not kind.excused)
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

    def morning(self, day: date, wanted: Choice = lambda row: True) -> int:
        """Call the morning's rolls, whole days with them; returns how many."""
        return self._call(day, ("d", "am"), 7, wanted)

    def afternoon(self, day: date, wanted: Choice = lambda row: True) -> int:
        """Call the afternoon's rolls of the schools that mark half-days."""
        return self._call(day, ("pm",), 14, wanted)

    def late(self, today: date) -> int:
        """Hand in, this morning and with a reason, what a teacher of the script missed before."""
        late = [
            self._late_call(row, missed_on, today, reason)
            for (key, missed_on), reason in CALLED_LATE.items()
            for row in self.rows
            if row.key == key and missed_on < today
        ]
        for one in late:
            call(one)
        return len(late)

    def _call(self, day: date, sessions: tuple[str, ...], hour: int, wanted: Choice) -> int:
        self.absences.learn(self.rows, day)
        standing = standing_on(day)
        done = _done(day)
        calls = [
            Call(row, day, session, self.absences.marks(row, day, standing), now, day)
            for row in self.rows
            if wanted(row) and is_called(row, day)
            for session in row.sessions
            if session in sessions and (row.school_class.pk, session) not in done
            for now in (_moment(row, day, hour),)
        ]
        write(calls)
        _let_follow(calls, day, standing)
        return len(calls)

    def _late_call(self, row: ClassRow, missed_on: date, today: date, reason: str) -> Call:
        self.absences.learn(self.rows, missed_on)
        marks = self.absences.marks(row, missed_on, standing_on(missed_on))
        return Call(row, missed_on, row.sessions[0], marks, at(today, 7, 50), today, reason)


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


def write(calls: list[Call]) -> None:
    """The first version of each roll call, its submission, its absences and its audit row."""
    rolls = RollCall.objects.bulk_create(_roll(one) for one in calls)
    pairs = list(zip(calls, rolls, strict=True))
    Submission.objects.bulk_create(_submission(one, roll) for one, roll in pairs)
    Absence.objects.bulk_create(
        _absence(one, roll, mark) for one, roll in pairs for mark in one.marks
    )
    AuditEvent.objects.bulk_create(_audit(one, roll) for one, roll in pairs)


def _let_follow(calls: list[Call], day: date, standing: Standing) -> None:
    """Recount the spells that the day changes, then the cases that it may move, class by class."""
    recount(frozenset(child for one in calls for child in _counted(one, standing)), day, day)
    for one in calls:
        stirred = _stirred(one, standing)
        if stirred:
            teacher = one.row.teacher
            follow(stirred, day, one.now, Origin(teacher.person_id, teacher.pk))


def _counted(one: Call, standing: Standing) -> set[int]:
    """Children whose spell the roll begins, lengthens or ends; no other roll tells of a spell."""
    missed = {mark.child_id for mark in one.marks if mark.kind in UNEXCUSED}
    away = {member.child_id for member in one.row.members} & standing.away_since.keys()
    return missed | away


def _stirred(one: Call, standing: Standing) -> set[int]:
    """Children for whom a case may open, go back to school, be observed further or break off.

    One who stays away on an open case stays where the case is: only the clock moves it.
    """
    missed = {mark.child_id for mark in one.marks if mark.kind in UNEXCUSED}
    known = {member.child_id for member in one.row.members} & standing.with_case
    back = (known - missed) - (standing.steady - standing.away_since.keys())
    return (missed - known) | back | (missed & standing.observed)


def standing_on(day: date) -> Standing:
    """Who is away and who has an open case, as the rolls called until now tell."""
    spells = AbsenceSpell.objects.ongoing().filter(started_on__lt=day)
    cases = Case.objects.open().values_list("child_id", "stage", "back_to")
    rungs = {child: (Stage(stage), back_to) for child, stage, back_to in cases}
    observed = {child: back_to for child, (stage, back_to) in rungs.items() if stage is Stage.D9}
    return Standing(
        dict(spells.values_list("child_id", "started_on")),
        frozenset(rungs),
        frozenset(observed),
        frozenset(child for child, rung in observed.items() if needs_township(Stage(rung))),
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


def _done(day: date) -> set[tuple[int, str]]:
    return set(RollCall.objects.filter(day=day).values_list("school_class_id", "session"))


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
