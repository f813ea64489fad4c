"""Calls all rolls of a day at once, then has ``cases.follow`` update the cases.

``attendance.call_many`` writes the rolls together and counts the spells; twelve thousand single
submissions would take many minutes at the first start. ``cases.follow`` acts under the post of the
class's teacher.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from cases.actions.following import follow
from cases.models import Case
from cases.policy import Stage, needs_township
from kongchuo.demo.county.chance import number, share
from kongchuo.demo.county.classes import DemoClass
from kongchuo.demo.county.dates import at
from kongchuo.demo.rolls.absences import Absences, DemoStanding
from kongchuo.demo.rolls.calls import Call, call, call_all
from kongchuo.demo.script.stories import CALLED_LATE, NEVER_CALLED, TOUR_KEY, WAITING
from students.attendance.models import AbsenceSpell, RollCall
from students.attendance.rules.kinds import KINDS

_FORGOTTEN = 0.003
_EARLY = 0.85  # of the classes have called their roll by eight
UNEXCUSED = frozenset(kind.code for kind in KINDS if not kind.excused and not kind.present)
Choice = Callable[[DemoClass], bool]


def _everybody(row: DemoClass) -> bool:
    return True


@dataclass(slots=True)
class Rolls:
    """The roll calls of the demo's classes on a day."""

    rows: list[DemoClass]
    absences: Absences

    def morning(self, day: date, wanted: Choice = _everybody) -> int:
        """Call the morning's rolls and those of whole days; returns how many."""
        return self._call(day, ("d", "am"), 7, wanted)

    def afternoon(self, day: date, wanted: Choice = _everybody) -> int:
        """Call the afternoon's rolls of the schools that mark half-days."""
        return self._call(day, ("pm",), 14, wanted)

    def late(self, today: date) -> int:
        """Submit, this morning and with a reason, rolls that the script's teacher missed before."""
        late = [
            self._late_call(row, missed_on, today, reason)
            for (key, missed_on), reason in CALLED_LATE.items()
            for row in self.rows
            if row.key == key and missed_on < today
        ]
        for one in late:
            call(one)
        return len(late)

    def made_up(self, day: date, today: date) -> int:
        """Submit the rolls of a day on which the demo stood still, with a reason."""
        return sum(
            self._call(day, (session,), 7, _everybody, today, "演示停用期间，按班级记录补点。")
            for session in ("d", "am", "pm")
        )

    def expected(self, day: date) -> set[tuple[int, str]]:
        """The rolls of a day that are called: by class and session."""
        rows = [row for row in self.rows if is_called(row, day)]
        return {(row.school_class.pk, session) for row in rows for session in row.sessions}

    def _call(
        self,
        day: date,
        sessions: tuple[str, ...],
        hour: int,
        wanted: Choice,
        today: date | None = None,
        reason: str = "",
    ) -> int:
        self.absences.learn(self.rows, day)
        standing = standing_on(day)
        done = _done(day)
        calls = [
            self._call_of(row, day, session, standing, hour, today or day, reason)
            for row in self.rows
            if wanted(row) and is_called(row, day)
            for session in row.sessions
            if session in sessions and (row.school_class.pk, session) not in done
        ]
        versions = _taken_back(day)
        fresh = [one for one in calls if _key(one) not in versions]
        call_all(fresh, today or day)
        _let_follow(fresh, today or day, standing)
        for one in calls:
            if _key(one) in versions:
                call(replace(one, seen_version=versions[_key(one)]))
        return len(calls)

    def _call_of(
        self,
        row: DemoClass,
        day: date,
        session: str,
        standing: DemoStanding,
        hour: int,
        today: date,
        reason: str,
    ) -> Call:
        now = at(today, hour, number(32, 58, "minute", row.key, day))
        marks = self.absences.marks(row, day, standing)
        return Call(row, day, session, marks, now, today, reason)

    def _late_call(self, row: DemoClass, missed_on: date, today: date, reason: str) -> Call:
        self.absences.learn(self.rows, missed_on)
        marks = self.absences.marks(row, missed_on, standing_on(missed_on))
        return Call(row, missed_on, row.sessions[0], marks, at(today, 7, 50), today, reason)


def _let_follow(calls: list[Call], today: date, standing: DemoStanding) -> None:
    """Updates the cases that the calls may move, class by class."""
    for one in calls:
        stirred = _stirred(one, standing)
        if stirred:
            follow(stirred, today, one.now, one.by)


def _stirred(one: Call, standing: DemoStanding) -> set[int]:
    """Children whose case may open, return, be observed further or end.

    A child that stays away on an open case is omitted: only the clock moves such a case.
    """
    missed = {mark.child_id for mark in one.marks if mark.kind in UNEXCUSED}
    known = {member.child_id for member in one.row.members} & standing.with_case
    back = (known - missed) - (standing.steady - standing.away_since.keys())
    return (missed - known) | back | (missed & standing.observed)


def standing_on(day: date) -> DemoStanding:
    """Who is away and who has an open case, by the rolls called so far."""
    spells = AbsenceSpell.objects.ongoing().filter(started_on__lt=day)
    cases = Case.objects.open().values_list("child_id", "stage", "back_to")
    rungs = {child: (Stage(stage), back_to) for child, stage, back_to in cases}
    observed = {child: back_to for child, (stage, back_to) in rungs.items() if stage is Stage.D9}
    return DemoStanding(
        dict(spells.values_list("child_id", "started_on")),
        frozenset(rungs),
        frozenset(observed),
        frozenset(child for child, rung in observed.items() if needs_township(Stage(rung))),
    )


def is_called(row: DemoClass, day: date) -> bool:
    """Whether the teacher calls this roll that day; some are forgotten."""
    if (row.key, day) in CALLED_LATE or (row.key, day) in NEVER_CALLED:
        return False
    return bool(row.story_of) or share("forgotten", row.key, day) >= _FORGOTTEN


def by_eight(day: date, first_day: date) -> Choice:
    """Classes that have called when the visitor arrives; never the visitor's own."""

    def wanted(row: DemoClass) -> bool:
        if row.key == TOUR_KEY or (day == first_day and row.key in WAITING):
            return False
        return (day == first_day and bool(row.story_of)) or share("early", row.key, day) < _EARLY

    return wanted


def _done(day: date) -> set[tuple[int, str]]:
    rows = RollCall.objects.called().filter(day=day)
    return set(rows.values_list("school_class_id", "session"))


def _taken_back(day: date) -> dict[tuple[int, str], int]:
    """The versions of rolls that a visitor took back: their rows stay, and numbers go on."""
    rows = RollCall.objects.filter(day=day, is_taken_back=True)
    return {(row.school_class_id, row.session): row.version for row in rows}


def _key(one: Call) -> tuple[int, str]:
    return one.row.school_class.pk, one.session
