"""Chooses who is absent on a day and why: by the script, by earlier absences, by chance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kongchuo.demo.county.chance import share, weighted
from kongchuo.demo.county.classes import DemoClass, Member
from kongchuo.demo.county.dates import DEMO_DAY
from students.attendance.rolls.entries import Mark
from students.calendars.workdays import Calendar, DayType

_TRUANT = {True: 3.8e-4, False: 1.2e-4}  # a school day, by whether it is a junior class
_ILL = 2.5e-3
_LONGEST_ILLNESS = 4  # school days
# School days missed → how many of a hundred truants miss that many.
_LENGTHS = ((1, 35), (2, 13), (3, 12), (5, 8), (6, 7), (9, 5), (12, 5), (18, 4), (25, 3), (999, 8))
_EXCUSES = (("sick", 80), ("personal", 20))
_AGAIN = 0.04  # of those under observation, a day


@dataclass(frozen=True, slots=True)
class DemoStanding:
    """The state of rolls and cases in the morning.

    ``steady`` are children under observation whose case two units will end, not the roll: while
    they come to school, nothing changes.
    """

    away_since: Mapping[int, date]
    with_case: frozenset[int]
    observed: frozenset[int]
    steady: frozenset[int]


@dataclass(slots=True)
class Absences:
    """The absences of a day, read class by class."""

    calendar: Calendar
    _ill: dict[date, dict[str, date]] = field(default_factory=dict)  # by first day: until when
    _leave: dict[str, date] = field(default_factory=dict)  # of the day last learnt

    def marks(self, row: DemoClass, day: date, standing: DemoStanding) -> tuple[Mark, ...]:
        """The marks of a class on ``day``."""
        found = (self._mark(row, member, day, standing) for member in row.members)
        return tuple(mark for mark in found if mark is not None)

    def learn(self, rows: Iterable[DemoClass], day: date) -> None:
        """Draw illnesses of the last school days, so that leaves last several days."""
        known = list(rows)
        self._leave = {}
        for start in reversed(self._recent(day)):
            if start not in self._ill:
                self._ill[start] = self._fall_ill(known, start)
            ongoing = ((token, until) for token, until in self._ill[start].items() if until >= day)
            self._leave.update(ongoing)

    def _fall_ill(self, rows: Iterable[DemoClass], start: date) -> dict[str, date]:
        return {
            member.token: self._leave_until(member, start)
            for row in rows
            for member in row.members
            if member.child_id not in row.story_of and share("ill", member.token, start) < _ILL
        }

    def _mark(
        self, row: DemoClass, member: Member, day: date, standing: DemoStanding
    ) -> Mark | None:
        child = member.child_id
        if day <= DEMO_DAY and child in row.story_of:
            return self._scripted(row, child, day)
        if child in standing.away_since:
            return self._goes_on(row, member, day, standing)
        leave_until = self._leave.get(member.token)
        if leave_until:
            kind = weighted(_EXCUSES, "excuse", member.token, leave_until)
            return Mark(child, kind, leave_until, guardian_told=True)
        return Mark(child, "unexcused") if self._starts(row, member, day, standing) else None

    def _scripted(self, row: DemoClass, child: int, day: date) -> Mark | None:
        for away in row.story_of[child].away:
            if away.covers(day, DEMO_DAY):
                until = away.last if away.kind == "sick" else None
                return Mark(child, away.kind, until, guardian_told=until is not None)
        return None

    def _goes_on(
        self, row: DemoClass, member: Member, day: date, standing: DemoStanding
    ) -> Mark | None:
        """Whether a spell goes on: for its drawn length, unless a return was registered."""
        child, since = member.child_id, standing.away_since[member.child_id]
        if child in standing.observed:
            return None
        length = weighted(_LENGTHS, "length", member.token, since)
        if child in row.story_of and row.story_of[child].away[-1].last is None:
            length = 999
        missed = self.calendar.count_between(since, day, DayType.SCHOOL)
        return Mark(child, "unexcused") if missed < length else None

    def _starts(self, row: DemoClass, member: Member, day: date, standing: DemoStanding) -> bool:
        """Whether an absence starts. Until the tour the visitor's township follows the script
        alone.
        """
        if day <= DEMO_DAY and (row.is_in_tour_town or member.lives_in_tour_town):
            return False
        if member.child_id in standing.observed:
            return share("again", member.token, day) < _AGAIN
        return share("truant", member.token, day) < _TRUANT[row.is_junior]

    def _leave_until(self, member: Member, start: date) -> date:
        days = weighted(((1, 55), (2, 25), (3, 15), (4, 5)), "days ill", member.token, start)
        return self.calendar.nth_day_after(start, days - 1, DayType.SCHOOL)

    def _recent(self, day: date) -> list[date]:
        days, found = day, []
        for _ in range(_LONGEST_ILLNESS):
            while not self.calendar.is_school_day(days):
                days = date.fromordinal(days.toordinal() - 1)
            found.append(days)
            days = date.fromordinal(days.toordinal() - 1)
        return found
