"""A presence that is corrected never happened: what was owed is due as it was (design 4)."""

from datetime import date

import pytest

from cases.models import Case
from cases.policy import Act, Stage
from students.roster.models import Child
from tests.cases.steps import (
    call_roll,
    deadline,
    do,
    due,
    event,
    reach,
    stage,
    sweep_on,
    take_roll_back,
)
from tests.cast import Cast

MON, TUE, WED, THU, FRI = (date(2025, 9, day) for day in (15, 16, 17, 18, 19))
NEXT_MON, NEXT_TUE = date(2025, 9, 22), date(2025, 9, 23)


@pytest.fixture
def child(case) -> Child:
    return case.child


@pytest.fixture
def case(cast: Cast, standing_case) -> Case:
    """Opened on Friday the 12th: the visit is due on the 17th, the request on the 18th."""
    return standing_case()


def test_put_right_the_next_day_nothing_has_moved(cast, case, child) -> None:
    call_roll(cast, TUE)
    before = deadline(case, "visit")
    assert stage(case) == Stage.D9
    call_roll(cast, TUE, child, today=WED)
    assert stage(case) == Stage.D2
    assert (due(case, "visit"), due(case, "ask_village")) == (WED, THU)
    assert deadline(case, "visit").due == before.due


@pytest.mark.parametrize("mend", ["corrected", "taken back"])
def test_put_right_the_same_day_nothing_has_moved(cast, case, child, mend) -> None:
    call_roll(cast, TUE)
    if mend == "taken back":
        take_roll_back(cast, TUE)
    call_roll(cast, TUE, child)
    assert (due(case, "visit"), due(case, "ask_village")) == (WED, THU)


def test_put_right_after_the_due_day_the_case_has_climbed_on_it(cast, case, child) -> None:
    """The request was due on the 18th: the village's own three days count from there."""
    call_roll(cast, WED)
    call_roll(cast, THU, child)
    call_roll(cast, WED, child, today=NEXT_MON)
    assert stage(case) == Stage.D3
    assert event(case, Act.LAPSE).occurred_on == THU
    assert due(case, "answer") == NEXT_TUE


def test_put_right_on_the_due_day_it_is_due_that_day(cast, case, child) -> None:
    call_roll(cast, WED)
    call_roll(cast, WED, child, today=THU)
    assert (stage(case), due(case, "ask_village")) == (Stage.D2, THU)
    sweep_on(FRI)
    assert stage(case) == Stage.D3


def test_the_village_s_days_run_on_as_if_nothing_had_been(cast, case, child) -> None:
    reach(cast, case, "D3")
    call_roll(cast, FRI)
    assert stage(case) == Stage.D9
    call_roll(cast, FRI, child, today=NEXT_MON)
    assert (stage(case), due(case, "answer")) == (Stage.D3, NEXT_TUE)


def test_a_visit_meanwhile_is_a_visit(cast, case, child) -> None:
    call_roll(cast, TUE)
    do(cast, case, Act.CONTACT, "class_teacher", TUE, method="visit")
    call_roll(cast, TUE, child, today=WED)
    assert deadline(case, "visit").met_on == TUE


def test_a_child_back_the_day_after_the_mistake_is_back_from_that_day(cast, case, child) -> None:
    """The 16th is corrected, the 17th stands: the clocks stopped on the 17th, before any climb."""
    call_roll(cast, TUE)
    call_roll(cast, WED)
    call_roll(cast, TUE, child, today=FRI)
    case.refresh_from_db()
    assert (case.stage, case.back_to, case.returned_on) == (Stage.D9, "D2", WED)
    assert not case.events.filter(act=Act.LAPSE, to_stage="D3").exists()
    assert deadline(case, "visit").void_on == WED


def test_a_real_presence_still_stops_the_clock(cast, case, child) -> None:
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    call_roll(cast, WED, child)
    assert (deadline(case, "visit").days, due(case, "visit")) == (2, FRI)
