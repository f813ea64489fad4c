"""Whenever the sweep runs, the same facts give the same rungs and due days (S28, S33)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case, CaseEvent, Deadline
from cases.policy import Act, NotAllowed
from foundation.messaging.models import Message
from students.roster.models import Child
from tests.cases.steps import a_case, call_roll, do, sweep_on
from tests.cast import Cast, make_child
from tests.walks import examples

FIRST = date(2025, 9, 13)
LENGTH = 24  # days: over National Day's eve, and two make-up days
# What may happen on a day, in the order of the day.
DEEDS = {
    "report": (Act.REPORT, "class_teacher"),
    "register": (Act.REGISTER, "registrar"),
    "phone": (Act.CONTACT, "class_teacher"),
    "ask": (Act.ASK_VILLAGE, "registrar"),
    "answer": (Act.ANSWER, "village_cadre"),
    "tell": (Act.REPORT_TOWNSHIP, "registrar"),
    "sign": (Act.RECEIVE, "township_officer"),
    "back": (Act.RETURN, "registrar"),
    "close": (Act.REQUEST_CLOSURE, "registrar"),
}
offsets = st.integers(0, LENGTH - 1)
acts = st.dictionaries(offsets, st.sampled_from(sorted(DEEDS)), max_size=5)
there = st.dictionaries(offsets, st.booleans(), max_size=8)
sweeps = st.sets(offsets, max_size=4)


@dataclass(frozen=True)
class Outcome:
    """What must not depend on when the sweep ran."""

    stage: str
    events: tuple[tuple[str, str, str, date], ...]
    deadlines: tuple[tuple[object, ...], ...]
    letters: frozenset[str]


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast, make_child(cast.here))


def _live(cast: Cast, case: Case, history: dict, rolls: dict, swept: set[int]) -> Outcome:
    child = Child.objects.get(pk=case.child_id)
    for offset in range(LENGTH):
        day = FIRST + timedelta(days=offset)
        if offset in swept:
            sweep_on(day)
        if offset in rolls and SCHOOL_DAYS[day]:
            call_roll(cast, day, *([] if rolls[offset] else [child]))
        if offset in history:
            _try(cast, case, history[offset], day)
    sweep_on(FIRST + timedelta(days=LENGTH))
    return _outcome(child)


# The State Council's autumn of 2025, as the cast's county has it.
SCHOOL_DAYS = {
    day: (day.weekday() < 5 and day < date(2025, 10, 1)) or day == date(2025, 9, 28)
    for day in (FIRST + timedelta(days=n) for n in range(LENGTH))
}


def _try(cast: Cast, case: Case, name: str, day: date) -> None:
    act, role = DEEDS[name]
    more = {"outcome": "C02"} if act is Act.REQUEST_CLOSURE else {}
    # What the rung of the day does not allow is refused, and is part of the history.
    with suppress(NotAllowed, PermissionDenied), transaction.atomic():
        do(cast, case, act, role, day, **more)


def _outcome(child: Child) -> Outcome:
    case = Case.objects.filter(child=child).latest("pk")
    events = CaseEvent.objects.filter(case__child=child).order_by("pk")
    owed = Deadline.objects.filter(case__child=child).order_by("pk")
    return Outcome(
        str(case.stage),
        tuple((e.act, e.from_stage, e.to_stage, e.occurred_on) for e in events),
        tuple((d.code, d.cycle, d.day0, d.due_on, d.met_on, d.void_on, d.lapsed_on) for d in owed),
        frozenset(m.title for m in Message.objects.filter(key__startswith="event:")),
    )


@settings(
    max_examples=examples(10, 3),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=acts, rolls=there, swept=sweeps)
def test_a_few_sweeps_give_what_a_sweep_every_day_gives(
    cast: Cast, case: Case, history, rolls, swept
) -> None:
    with _rolled_back():
        daily = _live(cast, case, history, rolls, set(range(LENGTH)))
    with _rolled_back():
        seldom = _live(cast, case, history, rolls, swept)
    assert seldom == daily
