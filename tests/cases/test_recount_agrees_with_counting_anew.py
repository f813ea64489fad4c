"""After any history of calls, corrections, takings back, closures, terms, slips and moves entered
late a child has the case that one count of the whole history gives it, also where the roll had
closed one meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.actions.context import Contexts
from cases.actions.following import follow
from cases.models import Case
from cases.policy import Stage
from cases.recount.roster import follow_roster
from cases.rules.observation import back_on, is_steady
from foundation.accounts.audit import Origin
from students.attendance.models import AbsenceSpell
from students.attendance.rolls.entries import CallResult
from students.attendance.rules.spells import DayFact, Spell
from students.roster.models import Child, Enrolment
from students.roster.pupils.acts.pupils import enrol
from tests.attendance.help import Caller, at
from tests.attendance.test_recount_agrees_with_counting_anew import (
    DAYS,
    TODAY,
    History,
    Marks,
    a_history,
    settled,
)
from tests.attendance.test_recount_agrees_with_counting_anew import slow as slow_spells
from tests.cast import Cast
from tests.walks import examples

AWAY, BACK, NONE = "away", "under observation", "no case"
P1_HALVES, P20_DAYS = 2, 3  # away for more than these half-days, back for these days

# Two days away, some back: as most histories of a short case begin.
BEGUN = ("unexcused", "unexcused", "", "", "")
KIND = st.sampled_from(["unexcused", "unexcused", "unexcused", "", "", "", "sick", "late"])
CALLED = st.lists(KIND, max_size=4).map(lambda more: [*BEGUN, *more])
DAY = st.integers(0, len(DAYS) - 1)
CALL = st.tuples(st.just("call"), DAY, KIND)
UNDO = st.tuples(st.just("undo"), DAY, st.just(0))
CLOSE = st.tuples(st.just("close"), DAY, st.integers(0, 1))
SLIP = st.tuples(st.just("slip"), DAY, st.integers(0, 4))
GONE = st.tuples(st.just("back"), DAY, st.just(0))
TERM = st.tuples(st.just("term"), DAY, st.just(0))
MOVE = st.tuples(st.just("move"), st.integers(1, len(DAYS) - 1), st.just(0))
ACTS = st.lists(
    st.one_of(CALL, CALL, CALL, UNDO, CLOSE, SLIP, GONE, TERM, MOVE), min_size=1, max_size=6
)


# --- the slow count: one walk over every half-day of the whole history -------------------------


@dataclass
class Walk:
    """Where the child stands after the half-days so far, and since when the case was away."""

    standing: str = NONE
    missed: int = 0
    run: int = 0
    away_since: date | None = None

    def half(self, day: date, half: str) -> None:
        """One half-day: missed, on leave, or there."""
        self.missed = self.missed + 1 if half == "u" else 0
        if self.missed == 1 and self.standing == NONE:
            self.away_since = day
        if self.missed > P1_HALVES:
            self.standing = AWAY
        elif half == "p" and self.standing == AWAY:
            self.standing = BACK

    def end(self, halves: str) -> None:
        """The day is over: three there in a row and the case is, too."""
        if "u" in halves:
            self.run = 0
        elif set(halves) == {"p"}:
            self.run += 1
        if self.standing == BACK and self.run >= P20_DAYS:
            self.standing = NONE


def slow(raw: Marks) -> Walk:
    """The whole history at once, counted without any of the code under test."""
    walk = Walk()
    for day, group in groupby(settled(raw), key=lambda item: item[0]):
        halves = "".join(half for _, half in group)
        for half in halves:
            walk.half(day, half)
        walk.end(halves)
    return walk


@settings(max_examples=examples(4000, 400), deadline=None)
@given(st.lists(st.text("upe", max_size=2), max_size=14))
def test_what_an_absence_has_come_to_agrees_with_a_walk_over_its_half_days(
    history: list[str],
) -> None:
    walk, facts = Walk(AWAY, P1_HALVES + 1), []
    for number, halves in enumerate(history):
        day = DAYS[0] + timedelta(days=number)
        facts.append(DayFact(day, len(halves), halves.count("u"), halves.count("e"), halves))
        for half in halves:
            walk.half(day, half)
        walk.end(halves)
    is_back = back_on(facts, P1_HALVES // 2) is not None
    is_over = is_back and is_steady(facts, P20_DAYS, P1_HALVES // 2)
    assert (NONE if is_over else BACK if is_back else AWAY) == walk.standing


# --- the rows ----------------------------------------------------------------------------------


class Following(Caller):
    """Who calls the roll where cases follow at once, as on the page."""

    def call(self, *args: Any, **more: Any) -> CallResult:
        return self._followed(super().call(*args, **more))

    def take_back(self, *args: Any, **more: Any) -> CallResult:
        return self._followed(super().take_back(*args, **more))

    def _followed(self, result: CallResult) -> CallResult:
        members = result.members | result.touched
        follow(members, TODAY, at(TODAY), Origin(), result.touched)
        return result


@dataclass
class Moving(History):
    """A history in which the child's move to the other class may be entered late, once.

    The old class's rolls since then tell of the child only where they marked it.
    """

    left: Marks = field(default_factory=dict)

    def move(self, number: int, _: int) -> None:
        """The child has been in the other class from a day on, as is entered now."""
        if self.moved_on:
            return
        day = self.moved_on = DAYS[number]
        Enrolment.objects.filter(child=self.child).update(ends_on=day - timedelta(days=1))
        enrol(self.child, self.classes[1], day)
        self.left = {one: kind for one, kind in self.marks.items() if one >= day and kind}
        self.marks = {one: kind for one, kind in self.marks.items() if one < day}
        look()

    def _counted(self) -> Iterator[tuple[date, str]]:
        for day in {**self.left, **self.marks}:
            if self._is_held(day):
                yield day, self.marks.get(day) or self.left.get(day, "")


def look() -> None:
    """The sweep looks whether the roster was changed."""
    assert follow_roster(Contexts(TODAY, at(TODAY), Origin())) == 0


def spells_of(child: Child) -> list[Spell]:
    """The spells as they stand."""
    rows = AbsenceSpell.objects.standing().filter(child=child).order_by("started_on")
    return [Spell(*row) for row in rows.values_list(*Spell.__slots__)]


def standing_of(child: Child) -> str:
    """Where the open case stands."""
    case = Case.objects.open().filter(child=child).first()
    if case is None:
        return NONE
    return BACK if case.stage == Stage.D9 else AWAY


@settings(
    max_examples=examples(40, 10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(called=CALLED, acts=ACTS)
@example(  # an absence moved late to where a leave followed it
    called=[*BEGUN, "unexcused", "sick"],
    acts=[("undo", 0, 0), ("call", 0, "unexcused"), ("move", 1, 0)],
)
@example(  # lateness in the class that the child has left, as is known now
    called=[*BEGUN, "late"], acts=[("move", 1, 0), ("call", 6, "unexcused")]
)
def test_the_case_is_the_one_of_the_whole_history_whatever_happened_in_which_order(
    cast: Cast, called: list[str], acts: list[tuple[str, int, Any]]
) -> None:
    with transaction.atomic():
        begun = a_history(cast, Following(cast, "registrar"), None)
        history = Moving(cast, begun.desk, begun.child, begun.classes)
        look()
        for number, kind in enumerate(called):
            history.call(number, kind)
        for name, number, more in acts:
            getattr(history, name)(number, more)
            if name in ("slip", "back"):  # their page has the child's case follow
                follow([history.child.pk], TODAY, at(TODAY), Origin())
        raw, spells = history.raw(), spells_of(history.child)
        expected, found = slow(raw), standing_of(history.child)
        closed = Case.objects.closed_by_roll().filter(child=history.child)
        since = list(closed.values_list("first_missed_on", flat=True))
        transaction.set_rollback(True)
    assert spells == slow_spells(raw)
    if expected.standing == BACK and found == NONE:
        # An absence that was over when the roll first told of it opens none; one that had a case
        # has it still.
        assert expected.away_since not in since
    else:
        assert found == expected.standing
