"""The roll finds the child, or somebody records it; short cases close by the roll alone (P20)."""

from datetime import date

import pytest

from cases.actions.closing import is_sampled
from cases.models import CaseEvent, Deadline
from cases.policy import Act, NotAllowed, Stage
from tests.cases.steps import (
    OPENED,
    a_case,
    by_half_days,
    call_roll,
    deadline,
    do,
    event,
    reach,
    school_days,
    stage,
    sweep_on,
    the_case,
)
from tests.cast import Cast, make_child

THU, FRI = date(2025, 9, 11), date(2025, 9, 12)
MON, TUE, WED, NEXT = (date(2025, 9, day) for day in (15, 16, 17, 18))


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


@pytest.fixture
def case(cast: Cast, child):
    """A short case: missing on Thursday and Friday."""
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    return the_case(child)


@pytest.mark.parametrize("rung", ["D2", "D3", "D4", "D5", "D6"])
def test_the_roll_puts_a_case_of_any_rung_under_observation(cast, child, rung: str) -> None:
    case = a_case(cast, child)
    day = school_days(cast, max(reach(cast, case, rung), MON), 1)[0]
    call_roll(cast, day)
    case.refresh_from_db()
    assert (case.stage, case.back_to, case.returned_on) == (Stage.D9, rung, day)
    moved = event(case, Act.RETURN)
    assert (moved.from_stage, moved.to_stage, moved.occurred_on) == (rung, "D9", day)


def test_back_on_the_afternoon_of_the_day_of_opening(cast, child) -> None:
    by_half_days(cast)
    call_roll(cast, THU, child, session="am")
    call_roll(cast, THU, child, session="pm")
    call_roll(cast, FRI, child, session="am")
    call_roll(cast, FRI, session="pm")
    case = the_case(child)
    assert (case.stage, case.back_to, case.returned_on) == (Stage.D9, Stage.D1, FRI)


def test_under_observation_the_rung_owes_nothing(cast, case) -> None:
    call_roll(cast, MON)
    assert not Deadline.objects.owed().filter(case=case).exists()
    sweep_on(date(2025, 9, 30))
    assert stage(case) == Stage.D9


def test_two_days_there_do_not_close(cast, case) -> None:
    call_roll(cast, MON)
    call_roll(cast, TUE)
    assert stage(case) == Stage.D9


def test_three_days_there_close_by_the_roll_without_approval(cast, case) -> None:
    for day in (MON, TUE, WED):
        call_roll(cast, day)
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_on) == (Stage.DX, "C01", WED)
    closed = event(case, Act.CLOSE_BY_ROLL)
    assert (closed.from_stage, closed.to_stage, closed.person) == (
        "D9",
        "DX",
        cast.person("class_teacher"),
    )


def test_a_day_of_leave_neither_counts_nor_breaks(cast, case, child) -> None:
    call_roll(cast, MON)
    call_roll(cast, TUE, child, kind="sick", until=TUE)
    call_roll(cast, WED)
    assert stage(case) == Stage.D9
    call_roll(cast, NEXT)
    assert stage(case) == Stage.DX


def test_a_day_that_was_not_called_neither_counts_nor_breaks(cast, case) -> None:
    call_roll(cast, MON)
    call_roll(cast, WED)
    assert stage(case) == Stage.D9
    call_roll(cast, NEXT)
    assert stage(case) == Stage.DX


def test_one_missed_day_begins_the_three_anew(cast, case, child) -> None:
    call_roll(cast, MON)
    call_roll(cast, TUE)
    call_roll(cast, WED, child)
    assert stage(case) == Stage.D9
    for day in (NEXT, date(2025, 9, 19)):
        call_roll(cast, day)
        assert stage(case) == Stage.D9
    call_roll(cast, date(2025, 9, 22))
    assert stage(case) == Stage.DX


def test_days_entered_late_and_out_of_order_count_all_the_same(cast, case) -> None:
    call_roll(cast, WED)
    call_roll(cast, TUE, today=WED)
    call_roll(cast, MON, today=WED)
    case.refresh_from_db()
    assert (case.stage, case.closed_on) == (Stage.DX, WED)


def test_a_return_on_somebody_s_word_goes_under_observation(cast, case) -> None:
    do(cast, case, Act.RETURN, "registrar", MON)
    assert (case.stage, case.back_to, case.returned_on) == (Stage.D9, "D2", MON)


def test_a_return_before_a_day_on_which_the_roll_missed_the_child_is_refused(
    cast, case, child
) -> None:
    call_roll(cast, MON, child)
    with pytest.raises(NotAllowed, match="2025-09-15 的点名仍记为无故未到"):
        do(cast, case, Act.RETURN, "registrar", MON, occurred_on=FRI)
    assert stage(case) == Stage.D2


def test_a_return_in_the_afternoon_of_a_missed_morning_is_taken(cast, case, child) -> None:
    by_half_days(cast)
    call_roll(cast, MON, child, session="am")
    do(cast, case, Act.RETURN, "registrar", MON)
    assert case.stage == Stage.D9


def test_a_talk_under_observation_changes_nothing_else(cast, case) -> None:
    call_roll(cast, MON)
    before = list(Deadline.objects.filter(case=case).values("pk", "void_on", "met_on"))
    do(cast, case, Act.CONTACT, "class_teacher", MON)
    assert (case.stage, case.back_to, case.returned_on) == (Stage.D9, "D2", MON)
    assert list(Deadline.objects.filter(case=case).values("pk", "void_on", "met_on")) == before


def test_an_act_before_a_late_sweep_returns_from_the_rung_of_the_day(cast, child) -> None:
    case = a_case(cast, child)
    # No sweep has run since the opening: the request lapsed on the 18th all the same.
    call_roll(cast, date(2025, 9, 19))
    case.refresh_from_db()
    assert (case.stage, case.back_to) == (Stage.D9, Stage.D3)
    moves = CaseEvent.objects.filter(case=case, act=Act.LAPSE).order_by("pk")
    assert [m.occurred_on for m in moves] == [OPENED, date(2025, 9, 18)]


def test_back_on_the_due_day_the_case_has_not_climbed(cast, child) -> None:
    case = a_case(cast, child)
    call_roll(cast, date(2025, 9, 18))
    case.refresh_from_db()
    assert (case.stage, case.back_to) == (Stage.D9, Stage.D2)


@pytest.mark.parametrize("rung", ["D3", "D6"])
def test_from_the_village_on_the_roll_never_closes(cast, child, rung: str) -> None:
    case = a_case(cast, child)
    for day in school_days(cast, reach(cast, case, rung), 5):
        call_roll(cast, day)
    assert stage(case) == Stage.D9
    row = deadline(case, "request_closure")
    assert row.is_open


def test_the_request_is_due_on_the_working_day_after_ten_school_days(cast, child) -> None:
    case = a_case(cast, child)
    days = school_days(cast, reach(cast, case, "D3"), 11)
    call_roll(cast, days[0])
    row = deadline(case, "request_closure")
    assert (row.day0, row.window_end, row.due_on) == (days[0], days[9], days[10])


def test_a_missed_day_counts_the_ten_anew(cast, child) -> None:
    case = a_case(cast, child)
    days = school_days(cast, reach(cast, case, "D3"), 14)
    call_roll(cast, days[0])
    call_roll(cast, days[1], child)
    assert not Deadline.objects.owed().filter(case=case).exists()
    call_roll(cast, days[2])
    row = deadline(case, "request_closure")
    assert (row.day0, row.due_on) == (days[2], days[12])
    assert Deadline.objects.owed().filter(case=case).count() == 1


def test_a_return_recorded_on_a_saturday_counts_from_monday(cast, child) -> None:
    case = a_case(cast, child)
    reach(cast, case, "D3")
    do(cast, case, Act.RETURN, "township_officer", date(2025, 9, 20))
    days = school_days(cast, date(2025, 9, 22), 11)
    row = deadline(case, "request_closure")
    assert (row.window_end, row.due_on) == (days[9], days[10])
    call_roll(cast, days[0])
    row = deadline(case, "request_closure")
    assert (row.window_end, row.due_on) == (days[9], days[10])


def test_a_tenth_of_what_the_roll_closes_is_drawn_for_the_county() -> None:
    numbers = [f"530999-2025-{n:04d}" for n in range(1, 2001)]
    drawn = [number for number in numbers if is_sampled(number)]
    assert 150 <= len(drawn) <= 250
    assert drawn == [number for number in numbers if is_sampled(number)]
