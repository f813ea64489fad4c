"""Outcomes other than a return, from any rung, always by two units; and requests that clash."""

from datetime import date

import pytest

from cases.policy import Act, NotAllowed, Stage
from tests.cases.steps import (
    OPENED,
    a_case,
    call_roll,
    deadline,
    do,
    reach,
    school_days,
    stage,
    sweep_on,
)
from tests.cast import Cast, make_child


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


def test_a_child_that_is_not_back_is_not_closed_as_returned(cast, child) -> None:
    case = a_case(cast, child)
    with pytest.raises(NotAllowed, match="还没有返校"):
        do(cast, case, Act.REQUEST_CLOSURE, "registrar", OPENED)


def test_a_short_case_needs_no_request(cast, child) -> None:
    case = a_case(cast, child)
    call_roll(cast, date(2025, 9, 15))
    with pytest.raises(NotAllowed, match="自动销号，无需申请"):
        do(cast, case, Act.REQUEST_CLOSURE, "registrar", date(2025, 9, 15))


@pytest.mark.parametrize("outcome", ["C02", "C03", "C15"])
@pytest.mark.parametrize("rung", ["D1", "D2"])
def test_another_outcome_before_the_village_needs_the_county(
    cast, child, rung: str, outcome: str
) -> None:
    case = a_case(cast, child)
    day = reach(cast, case, rung)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", day, outcome=outcome)
    with pytest.raises(NotAllowed, match="不需要乡镇确认"):
        do(cast, case, Act.CONFIRM_CLOSURE, "township_officer", day)
    with pytest.raises(NotAllowed, match="不在乡镇办理"):
        do(cast, case, Act.REFUSE_CLOSURE, "township_officer", day)
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", day)
    assert (case.stage, case.outcome) == (Stage.DX, outcome)


@pytest.mark.parametrize("rung", ["D3", "D4", "D5", "D6"])
def test_another_outcome_from_the_village_on_needs_the_township_too(cast, child, rung: str) -> None:
    case = a_case(cast, child)
    day = reach(cast, case, rung)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", day, outcome="C02")
    with pytest.raises(NotAllowed, match="还没有乡镇确认"):
        do(cast, case, Act.APPROVE_CLOSURE, "county_desk", day)
    do(cast, case, Act.CONFIRM_CLOSURE, "township_officer", day)
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", day)
    assert stage(case) == Stage.DX


def test_a_request_stops_no_clock(cast, child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", OPENED, outcome="C02")
    sweep_on(date(2025, 9, 19))
    assert stage(case) == Stage.D3
    assert deadline(case, "approve_closure").is_open


def test_who_must_answer_still_owes_it_when_the_child_is_back(cast, child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", OPENED, outcome="C02")
    call_roll(cast, date(2025, 9, 15))
    assert deadline(case, "approve_closure").is_open


def test_the_roll_does_not_close_what_waits_for_an_answer(cast, child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", OPENED, outcome="C15")
    for day in school_days(cast, date(2025, 9, 15), 4):
        call_roll(cast, day)
    assert stage(case) == Stage.D9
    do(cast, case, Act.REFUSE_CLOSURE, "county_desk", date(2025, 9, 18))
    call_roll(cast, date(2025, 9, 19))
    assert stage(case) == Stage.DX
