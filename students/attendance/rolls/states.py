"""未点名, 已提交, 已修改: the state of classes on a day, in two queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from foundation.prepared import prepared
from students.attendance.models import RollCall
from students.attendance.rules.kinds import EVENING, SESSIONS
from students.roster.models import SchoolClass

UNCALLED, SUBMITTED, CHANGED = "未点名", "已提交", "已修改"


@dataclass(frozen=True, slots=True)
class SessionState:
    """One session of a class on a day; without a roll call it is 未点名, never 全勤."""

    session: str
    roll_call: RollCall | None

    @property
    def label(self) -> str:
        """全天, 上午 or 下午."""
        return SESSIONS[self.session]

    @property
    def state(self) -> str:
        """未点名, 已提交 or 已修改."""
        if self.roll_call is None:
            return UNCALLED
        return CHANGED if self.roll_call.is_changed else SUBMITTED


@dataclass(frozen=True, slots=True)
class ClassState:
    """A class on a day, with each session its school uses."""

    school_class_id: int
    sessions: tuple[SessionState, ...]

    @property
    def state(self) -> str:
        """未点名 until the first session is called; 已修改 once any was changed."""
        states = {session.state for session in self.sessions if session.roll_call}
        return CHANGED if CHANGED in states else next(iter(states), UNCALLED)

    @property
    def is_called(self) -> bool:
        """Whether the first session of the day is called, which P0 asks for."""
        return self.sessions[0].roll_call is not None


def sessions_of(marks_half_days: bool, called: Iterable[str] = ()) -> tuple[str, ...]:
    """The sessions of a day: those called, otherwise those the school uses now."""
    found = set(called)
    if "d" in found or (not found and not marks_half_days):
        return ("d",)
    return ("am", "pm")


def state_of(classes: Iterable[SchoolClass], day: date) -> dict[int, ClassState]:
    """The state of each class on ``day`` by its id; load the classes with their school."""
    rows = list(classes)
    calls: dict[int, dict[str, RollCall]] = defaultdict(dict)
    for call in _calls(classes=[row.pk for row in rows], day=day):
        calls[call.school_class_id][call.session] = call
    return {row.pk: _state(row, calls[row.pk]) for row in rows}


@prepared
def _calls(*, classes: Any, day: Any) -> QuerySet[RollCall]:
    found = RollCall.objects.called().filter(school_class__among=classes, day=day)
    return found.exclude(session=EVENING)


def evening_of(classes: Iterable[SchoolClass], day: date) -> dict[int, ClassState]:
    """Whether each class has entered its boarders on the evening of ``day``, by its id."""
    rows = [row.pk for row in classes]
    found = RollCall.objects.called().filter(school_class__in=rows, day=day, session=EVENING)
    calls = {call.school_class_id: call for call in found}
    return {pk: ClassState(pk, (SessionState(EVENING, calls.get(pk)),)) for pk in rows}


def _state(school_class: SchoolClass, called: dict[str, RollCall]) -> ClassState:
    sessions = sessions_of(school_class.school.marks_half_days, called)
    return ClassState(
        school_class.pk, tuple(SessionState(name, called.get(name)) for name in sessions)
    )


def state_by(school_class: SchoolClass, calls: Iterable[RollCall], is_evening: bool) -> ClassState:
    """The state of one class, from its roll calls of a day or of the day's evening."""
    called = {call.session: call for call in calls if not call.is_taken_back}
    evening = called.pop(EVENING, None)
    if is_evening:
        return ClassState(school_class.pk, (SessionState(EVENING, evening),))
    return _state(school_class, called)


def is_late(state: ClassState, day: date, now: datetime, cutoff: time) -> bool:
    """Whether the class is still not called after P0 of ``day``, or on a later day."""
    if state.is_called:
        return False
    return now.date() > day or (now.date() == day and now.time() > cutoff)
