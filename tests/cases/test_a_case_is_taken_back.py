"""A wrong absence: before the school's entry the roll takes it back, afterwards two units (C15)."""

from datetime import date

import pytest

from cases.models import Case, Deadline
from cases.policy import Act, NotAllowed, Stage
from foundation.accounts.actions import set_parameter
from foundation.messaging.models import Message
from tests.cases.steps import (
    a_case,
    call_roll,
    deadline,
    do,
    event,
    stage,
    sweep_on,
    take_roll_back,
    the_case,
)
from tests.cast import Cast, make_child

WED, THU, FRI = date(2025, 9, 10), date(2025, 9, 11), date(2025, 9, 12)
MON, TUE, NEXT = date(2025, 9, 15), date(2025, 9, 16), date(2025, 9, 17)


@pytest.fixture
def case(cast: Cast, standing_case):
    return standing_case()


@pytest.fixture
def child(case):
    return case.child


def test_a_corrected_roll_takes_the_case_back_on_the_day(cast, case) -> None:
    call_roll(cast, FRI)
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_on) == (Stage.DX, "W", FRI)
    taken = event(case, Act.WITHDRAW)
    assert (taken.from_stage, taken.to_stage) == ("D1", "DX")
    assert not Deadline.objects.owed().filter(case=case).exists()


def test_who_heard_of_the_case_hears_that_it_is_taken_back(cast, case) -> None:
    call_roll(cast, FRI)
    told = Message.objects.filter(title="点名已更正，个案撤回")
    assert {m.to_unit for m in told} == {cast.here.school.unit, cast.here.township}


def test_leave_that_was_granted_after_all_takes_it_back(cast, case, child) -> None:
    call_roll(cast, THU, child, kind="sick", until=FRI, today=MON)
    assert stage(case) == Stage.DX


def test_before_the_school_s_entry_also_at_d2(cast, case) -> None:
    sweep_on(MON)
    call_roll(cast, FRI, today=MON)
    assert stage(case) == Stage.DX
    assert event(case, Act.WITHDRAW).from_stage == "D2"


def test_also_when_the_roll_had_already_found_the_child_back(cast, case) -> None:
    call_roll(cast, MON)
    assert stage(case) == Stage.D9
    call_roll(cast, FRI, today=MON)
    case.refresh_from_db()
    assert (case.stage, case.outcome) == (Stage.DX, "W")


def test_from_the_village_on_a_correction_takes_nothing_back(cast, case, child) -> None:
    sweep_on(date(2025, 9, 19))
    call_roll(cast, date(2025, 9, 19), child)
    call_roll(cast, FRI, today=date(2025, 9, 19))
    assert stage(case) == Stage.D3


def test_after_the_school_s_entry_the_roll_neither_takes_it_back_nor_closes_it(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", FRI)
    do(cast, case, Act.REGISTER, "registrar", FRI)
    call_roll(cast, THU, today=MON)
    call_roll(cast, FRI, today=MON)
    for day in (MON, TUE, NEXT, date(2025, 9, 18)):
        call_roll(cast, day)
    assert stage(case) == Stage.D9
    owed = Deadline.objects.owed().get(case=case)
    assert (owed.code, owed.due_on) == ("request_closure", TUE)


def test_then_the_school_asks_and_the_county_approves(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", FRI)
    do(cast, case, Act.REGISTER, "registrar", FRI)
    call_roll(cast, THU, today=MON)
    call_roll(cast, FRI, today=MON)
    with pytest.raises(NotAllowed, match="没有待办理"):
        do(cast, case, Act.APPROVE_CLOSURE, "county_desk", MON)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", MON, outcome="C15")
    assert deadline(case, "request_closure").met_on == MON
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", TUE)
    assert (case.stage, case.outcome) == (Stage.DX, "C15")


def test_a_real_return_takes_nothing_back(cast, case) -> None:
    for day in (MON, TUE, NEXT):
        call_roll(cast, day)
    case.refresh_from_db()
    assert (case.stage, case.outcome) == (Stage.DX, "C01")


def test_a_correction_of_another_day_takes_nothing_back(cast, case, child) -> None:
    call_roll(cast, MON, child)
    call_roll(cast, MON)
    assert stage(case) == Stage.D9


def test_one_of_three_days_corrected_leaves_a_case_that_begins_later(cast) -> None:
    child = make_child(cast.here, "李小红")
    case = a_case(cast, child, THU, WED)
    call_roll(cast, FRI, child)
    call_roll(cast, WED, today=FRI)
    case.refresh_from_db()
    assert (case.stage, case.first_missed_on, case.opened_on) == (Stage.D2, THU, THU)


def test_corrected_and_corrected_again_there_is_a_new_case(cast, case, child) -> None:
    call_roll(cast, FRI)
    call_roll(cast, FRI, child)
    again = the_case(child)
    assert again.pk != case.pk
    assert (again.stage, again.opened_on) == (Stage.D1, FRI)


def test_an_absence_that_still_runs_opens_a_case_in_the_place_of_the_one_taken_back(
    cast, case, child
) -> None:
    call_roll(cast, MON)
    call_roll(cast, MON, child, today=TUE)  # there on Monday, said the roll; it was wrong
    call_roll(cast, THU, today=TUE)
    call_roll(cast, FRI, today=TUE)
    assert stage(case) == Stage.DX
    call_roll(cast, TUE, child)
    again = the_case(child)
    assert (again.first_missed_on, again.opened_on) == (MON, TUE)
    assert Case.objects.open().count() == 1


def test_a_county_that_raises_p1_takes_no_open_case_back(cast, case, child) -> None:
    set_parameter(cast.county, "P1", 3, MON, "县文〔2025〕1号")
    call_roll(cast, MON, child)
    assert stage(case) == Stage.D2


def test_a_roll_taken_back_takes_back_the_case_that_it_opened(cast, case, child) -> None:
    take_roll_back(cast, FRI)
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_on) == (Stage.DX, "W", FRI)
    assert not Deadline.objects.owed().filter(case=case).exists()
    assert Message.objects.filter(title="点名已更正，个案撤回").exists()
    call_roll(cast, FRI, child)
    assert the_case(child).pk != case.pk


def test_a_roll_taken_back_takes_back_the_return_that_it_told_of(cast, case) -> None:
    call_roll(cast, MON)
    assert stage(case) == Stage.D9
    rung = case.back_to
    take_roll_back(cast, MON)
    case.refresh_from_db()
    assert (case.stage, case.returned_on) == (rung, None)
    assert Case.objects.open().count() == 1
