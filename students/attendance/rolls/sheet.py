"""Reads the parts of one roll call: members, pupils carried over, stored marks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.days import day_words
from foundation.prepared import prepared
from students.attendance.models import Absence, LeaveSlip, RollCall, Submission
from students.attendance.rolls.entries import Mark
from students.attendance.rules.kinds import BY_CODE, EVENING, SESSIONS, is_excused
from students.roster.models import Enrolment, SchoolClass

Calls = Mapping[str, RollCall]  # by session


@dataclass(frozen=True, slots=True)
class RollPupil:
    """A member of the class on the day."""

    id: int
    name: str
    initials: str
    seat_no: str


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A pupil missing at the last roll call, or with a slip, who must be answered for.

    ``mark`` is what 仍缺勤 enters unless the teacher chooses otherwise: the leave of the slip, the
    same leave while it lasts, 无故未到 from the day after it ended (R9).
    """

    words: str  # 昨日未到：病假
    mark: Mark
    lapsed_on: date | None  # the leave that has ended since
    has_slip: bool = False  # the mark is that of a slip for this day


def calls_of_day(school_class: int, day: date) -> dict[str, RollCall]:
    """The roll calls of a class on ``day`` by session, also those taken back."""
    return {call.session: call for call in _calls_of_day(school_class=school_class, day=day)}


@prepared
def _calls_of_day(*, school_class: Any, day: Any) -> QuerySet[RollCall]:
    return RollCall.objects.filter(school_class=school_class, day=day)


def expected_in(school_class: Any, day: Any, session: str) -> QuerySet[Enrolment]:
    """The enrolments of pupils expected in a class on ``day``; for an evening its boarders."""
    rows: QuerySet[Enrolment] = Enrolment.objects.expected_on(day).filter(school_class=school_class)
    return rows.filter(child__boards=True) if session == EVENING else rows


def pupils_of(school_class: SchoolClass, day: date, session: str = "d") -> tuple[RollPupil, ...]:
    """The pupils expected in a class on ``day`` (应到), by seat number, then by name."""
    rows = _pupils(session, school_class=school_class.pk, day=day)
    return tuple(
        sorted((RollPupil(*row) for row in rows), key=lambda pupil: by_seat(pupil.seat_no))
    )


@prepared
def _pupils(session: str, /, *, school_class: Any, day: Any) -> QuerySet[Any, Any]:
    rows = expected_in(school_class, day, session).order_by("child__name_key", "child_id")
    return rows.values_list("child_id", "child__name", "child__initials", "seat_no")


def submission_of(roll_call: RollCall) -> Submission:
    """The submission that made a roll call as it stands."""
    return roll_call.submissions.select_related("person").get(version=roll_call.version)


def marks_of(roll_call: RollCall) -> dict[int, Mark]:
    """The standing marks of a roll call by child."""
    return {row.child_id: mark_of(row) for row in roll_call.absences.standing()}


def mark_of(row: Absence) -> Mark:
    """The mark that an absence records."""
    return Mark(row.child_id, row.kind, row.leave_until, row.guardian_told, row.note)


def by_seat(seat_no: str) -> int:
    """The place of a seat number in the order of a roll; who has none comes last."""
    return int(seat_no) if seat_no.isdecimal() else 10**6


def carried_over(
    school_class: SchoolClass, day: date, session: str, members: Collection[int]
) -> dict[int, CarriedOver]:
    """Pupils missing at the last roll call or on the evening since, and pupils with a slip."""
    found: dict[int, CarriedOver] = {}
    calls = {call.pk: call for call in _last_calls(school_class.pk, day, session)}
    missing = [row for row in _missing_at(roll_calls=list(calls)) if row.child_id in members]
    # The evening's mark wins over that of the last school day.
    for row in sorted(missing, key=lambda row: list(calls).index(row.roll_call_id)):
        found[row.child_id] = _carry(row, calls[row.roll_call_id], day)
    for slip in _slips(day=day, children=list(members)):
        found[slip.child_id] = _with_slip(slip, found.get(slip.child_id))
    return found


@prepared
def _missing_at(*, roll_calls: Any) -> QuerySet[Absence]:
    rows = Absence.objects.standing().missing().filter(roll_call__among=roll_calls)
    return rows.order_by("id")


@prepared
def _slips(*, day: Any, children: Any) -> QuerySet[LeaveSlip]:
    rows = LeaveSlip.objects.standing().between(day, day).filter(child__among=children)
    return rows.order_by("last_day", "pk")


def _last_calls(school_class: int, day: date, session: str) -> list[RollCall]:
    """The last roll call that counts, then the evening after it, if there was one."""
    found: list[RollCall] = _last_two(session == "pm", school_class=school_class, day=day)
    last = [call for call in found if call.session != EVENING]
    since = last[0].day if last else date.min
    return last + [call for call in found if call.session == EVENING and call.day >= since]


@prepared
def _last_two(is_afternoon: bool, /, *, school_class: Any, day: Any) -> QuerySet[RollCall]:
    """The last roll call that counts and the last evening, in order of time."""
    before = Q(day__lt=day)
    if is_afternoon:
        before |= Q(day=day, session="am")
    calls = RollCall.objects.filter(before, school_class=school_class)
    # "pm" sorts after "am", so the last call of the last day comes first.
    last = calls.counted().order_by("-day", "-session")[:1]
    evening = calls.called().filter(session=EVENING).order_by("-day")[:1]
    return last.union(evening, all=True)


def _carry(row: Absence, last: RollCall, day: date) -> CarriedOver:
    kind = BY_CODE[row.kind]
    words = f"{_when(last, day)}未到：{kind.label}"
    if kind.excused and not is_excused(row.kind, row.leave_until, day):
        return CarriedOver(words, Mark(row.child_id, "unexcused"), row.leave_until)
    return CarriedOver(words, Mark(row.child_id, row.kind, row.leave_until), None)


def _with_slip(slip: LeaveSlip, missed: CarriedOver | None) -> CarriedOver:
    words = f"有假条：{slip.kind_label}至{day_words(slip.last_day)}"
    mark = Mark(slip.child_id, slip.kind, slip.last_day)
    return CarriedOver(f"{missed.words}；{words}" if missed else words, mark, None, has_slip=True)


def _when(last: RollCall, day: date) -> str:
    if last.day == day:
        return f"今天{SESSIONS[last.session]}"
    when = "昨天" if (day - last.day).days == 1 else day_words(last.day)
    return f"{when}晚上返校" if last.session == EVENING else when
