"""After any history of calls, corrections, takings back, closures, terms, slips and moves the
spells are as if so from the start: what was counted change by change agrees with one count of the
whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.actions.context import Contexts
from cases.recount.school_days import follow_calendar, follow_school
from foundation.accounts.audit import Origin
from students.attendance.actions import record_slip, take_back_slip
from students.attendance.models import AbsenceSpell, LeaveSlip, RollCall
from students.attendance.rolls.entries import SlipEntry
from students.attendance.rules.leave import FREE_HALVES, run_at_end, settle
from students.attendance.rules.spells import DayFact, Spell, recount_from, spells_of
from students.calendars.actions import TermEntry, set_override, set_terms
from students.calendars.models import TermName
from students.roster.models import Child, Enrolment, SchoolClass
from students.roster.pupils.acts.pupils import enrol, open_class
from tests.attendance.help import Caller, at, missing
from tests.cast import Cast, make_child
from tests.doers import doing
from tests.papers import GROUNDS
from tests.walks import examples

MON = date(2025, 9, 8)
WEEKS = tuple(MON + timedelta(days=n) for n in range(21))
DAYS = tuple(day for day in WEEKS if day.weekday() < 5)[:10]
SATURDAY = DAYS[4] + timedelta(days=1)
TODAY = DAYS[-1]

Marks = dict[date, str]


# --- the slow count: every half-day written out, every rule read off the whole -----------------


def slow(raw: Marks) -> list[Spell]:
    """The spells of a whole history, counted without any of the code under test."""
    whole, found, place = settled(raw), [], 0
    for missed, run in groupby(whole, key=lambda item: item[1] == "u"):
        length = len(list(run))
        if missed:
            part, after = whole[place : place + length], whole[place + length :]
            seen = [day for day, half in whole[:place] if half == "p"]
            found.append(
                Spell(
                    part[0][0],
                    part[-1][0],
                    after[0][0] if after else None,
                    length,
                    seen[-1] if seen else None,
                )
            )
        place += length
    return found


def settled(raw: Marks) -> list[tuple[date, str]]:
    """Every half-day in order: there, missed or excused, once leave is counted (R9)."""
    flat = [(day, half) for day in sorted(raw) for half in raw[day]]
    return [(day, _settled(flat, at)) for at, (day, _) in enumerate(flat)]


def _settled(flat: list[tuple[date, str]], at: int) -> str:
    half = flat[at][1]
    if half not in "ls":
        return half
    there = max((n for n in range(at) if flat[n][1] == "p"), default=-1)
    so_far = sum(one in "ls" for _, one in flat[there + 1 : at + 1])
    return "u" if half == "l" and so_far > FREE_HALVES else "e"


# --- rules alone -------------------------------------------------------------------------------

HALVES = st.text("uelsp", max_size=2)
HISTORIES = st.lists(HALVES, min_size=1, max_size=16)
CHANGES = st.lists(st.tuples(st.integers(0, 15), HALVES), max_size=6)


@settings(max_examples=examples(4000, 400), deadline=None)
@given(HISTORIES, CHANGES)
def test_counting_change_by_change_agrees_with_counting_anew(
    history: list[str], changes: list[tuple[int, str]]
) -> None:
    raw = {MON + timedelta(days=n): halves for n, halves in enumerate(history) if halves}
    spells = _counted(raw, MON, [])
    for number, halves in changes:
        day = MON + timedelta(days=number)
        raw = {key: value for key, value in {**raw, day: halves}.items() if value}
        spells = _counted(raw, day, spells)
        assert spells == slow(raw)


def _counted(raw: Marks, changed_on: date, known: list[Spell]) -> list[Spell]:
    """What recount does: from the first spell that reaches the changed day on."""
    start = recount_from(known, changed_on)
    earlier = [(day, raw[day]) for day in sorted(raw) if day < start]
    later = [(day, raw[day]) for day in sorted(raw) if day >= start]
    seen = max((day for day, halves in earlier if "p" in halves), default=None)
    facts = [
        DayFact(day, len(order), order.count("u"), order.count("e"), order)
        for day, order in settle(later, run_at_end(earlier))
    ]
    return [spell for spell in known if spell.started_on < start] + spells_of(facts, seen)


# --- the database ------------------------------------------------------------------------------

DAY = st.integers(0, len(DAYS) - 1)
CALL = st.tuples(
    st.just("call"), DAY, st.sampled_from(["", "unexcused", "sick", "sick", "personal", "late"])
)
SLIP = st.tuples(st.just("slip"), DAY, st.integers(0, 4))
BACK = st.tuples(st.just("back"), DAY, st.just(0))
CLOSE = st.tuples(st.just("close"), DAY, st.integers(0, 1))
UNDO = st.tuples(st.just("undo"), DAY, st.just(0))
MAKE_UP = st.tuples(st.just("make_up"), st.just(0), st.sampled_from(["", "unexcused", "sick"]))
TERM = st.tuples(st.just("term"), DAY, st.just(0))
# First two weeks as they were called, with long leaves in them; then what was changed afterwards.
CALLED = st.lists(
    st.sampled_from(["sick", "sick", "sick", "sick", "personal", "unexcused", ""]),
    min_size=6,
    max_size=8,
)
LATE = st.tuples(st.just("slip"), st.integers(3, 6), st.integers(0, 4))
ACTS = st.lists(
    st.one_of(LATE, CLOSE, BACK, MAKE_UP, SLIP, CALL, UNDO, TERM), min_size=1, max_size=6
)


@dataclass
class History:
    """A child's class (and the one it moves to), and beside it the same history as plain facts."""

    cast: Cast
    desk: Caller
    child: Child
    classes: tuple[SchoolClass, SchoolClass]
    moved_on: date | None = None
    marks: dict[date, str] = field(default_factory=dict)
    slips: list[LeaveSlip] = field(default_factory=list)
    said: dict[date, bool] = field(default_factory=dict)
    begins: date = DAYS[0]

    def class_on(self, day: date) -> SchoolClass:
        """The class that calls the child on the day."""
        return self.classes[bool(self.moved_on and day >= self.moved_on)]

    def call(self, number: int, kind: str) -> None:
        """Call a day, again if it was called; a closed day is refused, and stays as it was."""
        day = DAYS[number]
        if self._is_held(day):
            self._call(day, kind)

    def undo(self, number: int, _: int) -> None:
        """The roll of a day is taken back, unless it was not called or was changed since."""
        day = DAYS[number]
        rows = RollCall.objects.called().filter(school_class=self.class_on(day), day=day)
        if (row := rows.first()) and not row.is_changed:
            self.desk.take_back(day, at(TODAY), school_class=self.class_on(day))
            del self.marks[day]

    def slip(self, number: int, length: int) -> None:
        """A slip from a day on."""
        first, last = DAYS[number], DAYS[min(number + length, len(DAYS) - 1)]
        if first < self.begins or any(
            (s.first_day, s.last_day) == (first, last) for s in self.slips
        ):
            return
        entry = SlipEntry(self.child.pk, "sick", first, last, "发烧")
        viewer, origin = self._who()
        self.slips.append(record_slip(doing(viewer, origin, today=TODAY, now=at(TODAY)), entry))

    def back(self, number: int, _: int) -> None:
        """The last slip that covers the day is taken back."""
        viewer, origin = self._who()
        for slip in reversed(self.slips):
            if slip.first_day <= DAYS[number] <= slip.last_day:
                take_back_slip(doing(viewer, origin, today=TODAY, now=at(TODAY)), slip, "日期有误")
                self.slips.remove(slip)
                return

    def close(self, number: int, opens: int) -> None:
        """Close a day, or open it after all."""
        self._override(DAYS[number], bool(opens))

    def make_up(self, _: int, kind: str) -> None:
        """A Saturday is taught, and its roll called."""
        if SATURDAY not in self.said:
            self._override(SATURDAY, True)
        self._call(SATURDAY, kind)

    def term(self, number: int, _: int) -> None:
        """The county says that the term began on another day."""
        self.begins = DAYS[number]
        days = (self.begins, date(2026, 1, 16), self.begins)
        viewer = self.cast.viewer("county_desk", TODAY)
        entry = TermEntry(2025, TermName.AUTUMN, *days)
        set_terms(doing(viewer, Origin()), self.cast.county, [entry], GROUNDS)
        follow_calendar(Contexts(TODAY, at(TODAY), Origin()))

    def raw(self) -> Marks:
        """The same history in letters."""
        return {day: self._letter(day, kind) * 2 for day, kind in self._counted()}

    def _counted(self) -> Iterator[tuple[date, str]]:
        return ((day, kind) for day, kind in self.marks.items() if self._is_held(day))

    def _is_held(self, day: date) -> bool:
        return self.said.get(day, day >= self.begins)

    def _letter(self, day: date, kind: str) -> str:
        if kind in ("", "late"):
            return "p"
        if kind == "unexcused":
            return "u"
        return "s" if any(s.first_day <= day <= s.last_day for s in self.slips) else "l"

    def _call(self, day: date, kind: str) -> None:
        if day < self.begins:
            return  # of a term before, which nobody may call any more
        leave = day if kind in ("sick", "personal") else None
        marks = [missing(self.child, kind, leave)] if kind else []
        self.desk.call(day, *marks, today=TODAY, reason="更正", school_class=self.class_on(day))
        self.marks[day] = kind

    def _override(self, day: date, held: bool) -> None:
        self.said[day] = held
        viewer = self.cast.viewer("county_desk", TODAY)
        school = self.cast.here.school.unit
        set_override(doing(viewer, Origin()), self.cast.county, (day, day), held, "暴雨", school)
        follow_school(school.pk, [day], Contexts(TODAY, at(TODAY), Origin()))

    def _who(self) -> Any:
        post = self.cast.post("registrar")
        return self.cast.viewer("registrar", TODAY), Origin(post.person_id, post.pk)


def a_history(cast: Cast, desk: Caller, moved_on: date | None) -> History:
    """A new child in a class of its own, with a class beside it."""
    number = SchoolClass.objects.filter(school=cast.here.school).count() + 1
    first, second = (open_class(cast.here.school, "2", 2024, number + n) for n in (0, 1))
    make_child(replace(cast.here, school_class=second))  # the other class is never empty
    make_child(replace(cast.here, school_class=first))
    child = make_child(replace(cast.here, school_class=first))
    if moved_on:
        Enrolment.objects.filter(child=child).update(ends_on=moved_on - timedelta(days=1))
        enrol(child, second, moved_on)
    return History(cast, desk, child, (first, second), moved_on)


@settings(
    max_examples=examples(40, 10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(called=CALLED, acts=ACTS, move=st.one_of(st.none(), st.integers(1, len(DAYS) - 1)))
def test_the_rows_agree_with_counting_anew_whatever_happened_in_which_order(
    cast: Cast,
    desk: Caller,
    called: list[str],
    acts: list[tuple[str, int, Any]],
    move: int | None,
) -> None:
    with transaction.atomic():
        history = a_history(cast, desk, DAYS[move] if move else None)
        for number, kind in enumerate(called):
            history.call(number, kind)
        for name, number, more in acts:
            getattr(history, name)(number, more)
        rows = AbsenceSpell.objects.standing().filter(child=history.child).order_by("started_on")
        kept = [Spell(*row) for row in rows.values_list(*Spell.__slots__)]
        transaction.set_rollback(True)  # the next history begins in a county without closures
    assert kept == slow(history.raw())
