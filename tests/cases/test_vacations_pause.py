"""The school's clock pauses in a vacation, the others run on; and P4's day types (3.4, 3.5)."""

from datetime import date

import pytest

from cases.models import CaseEvent
from cases.policy import Act, Stage
from foundation.accounts.actions import set_parameter
from tests.cases.steps import (
    LAST_PRESENT,
    a_case,
    call_roll,
    deadline,
    do,
    due,
    event,
    stage,
    sweep_on,
)
from tests.cast import Cast, make_child

TEACHING_AGAIN = date(2026, 3, 2)


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


def _opened(cast: Cast, child, first: date, day: date):
    case = a_case(cast, child, day, first)
    seen = case.last_present_on or LAST_PRESENT
    return do(cast, case, Act.REPORT, "class_teacher", day, last_seen_on=seen)


@pytest.mark.parametrize(
    ("first", "day"),
    [(date(2026, 1, 13), date(2026, 1, 14)), (date(2026, 1, 15), date(2026, 1, 16))],
    ids=["opened on Wednesday 14 January", "opened on the last school day"],
)
def test_a_window_that_a_vacation_meets_ends_with_it(cast, child, first, day) -> None:
    case = _opened(cast, child, first, day)
    assert due(case, "ask_village") == TEACHING_AGAIN
    sweep_on(TEACHING_AGAIN)
    assert stage(case) == Stage.D2
    sweep_on(date(2026, 3, 3))
    assert stage(case) == Stage.D3
    assert event(case, Act.LAPSE).occurred_on == TEACHING_AGAIN


def test_a_window_that_ends_before_the_vacation_does_not_pause(cast, child) -> None:
    case = _opened(cast, child, date(2026, 1, 9), date(2026, 1, 12))
    assert due(case, "visit") == date(2026, 1, 15)
    assert due(case, "ask_village") == date(2026, 1, 16)


def test_the_village_s_and_the_township_s_days_run_on_in_the_vacation(cast, child) -> None:
    case = _opened(cast, child, date(2026, 1, 8), date(2026, 1, 9))
    sweep_on(date(2026, 1, 16))
    assert stage(case) == Stage.D3
    assert due(case, "answer") == date(2026, 1, 20)
    sweep_on(date(2026, 2, 20))
    assert stage(case) == Stage.D4
    assert due(case, "serve_order") == date(2026, 1, 28)
    lapsed = CaseEvent.objects.filter(case=case, act=Act.LAPSE).order_by("pk")
    assert [m.occurred_on for m in lapsed] == [date(2026, 1, 15), date(2026, 1, 21)]


def test_what_is_left_after_a_broken_observation_pauses_too(cast, child) -> None:
    case = _opened(cast, child, date(2026, 1, 9), date(2026, 1, 12))
    call_roll(cast, date(2026, 1, 13))
    call_roll(cast, date(2026, 1, 15), child)
    call_roll(cast, date(2026, 1, 16), child)
    assert (deadline(case, "visit").days, due(case, "ask_village")) == (2, TEACHING_AGAIN)


def test_a_county_may_let_the_school_s_clock_run_on(cast, child) -> None:
    set_parameter(cast.county, "P14", False, date(2026, 1, 1), "县文〔2026〕1号")
    case = _opened(cast, child, date(2026, 1, 13), date(2026, 1, 14))
    assert due(case, "visit") == date(2026, 1, 19)
    assert due(case, "ask_village") == date(2026, 1, 20)


VECTORS = [
    # first missed, opened (day 0), by literal weekdays, by working days, request due
    ((9, 11), (9, 12), (9, 17), (9, 17), (9, 18)),
    ((9, 28), (9, 29), (10, 2), (10, 10), (10, 11)),
    ((9, 24), (9, 25), (9, 30), (9, 29), (9, 30)),
    ((10, 10), (10, 11), (10, 15), (10, 15), (10, 16)),
    ((9, 26), (9, 28), (10, 1), (10, 9), (10, 10)),
]


def _day(pair: tuple[int, int]) -> date:
    return date(2025, *pair)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"day 0 on {v[1][0]:02}-{v[1][1]:02}")
def test_the_vectors_around_national_day(cast, child, vector) -> None:
    first, opened, _, window_end, request = map(_day, vector)
    case = _opened(cast, child, first, opened)
    assert due(case, "visit") == window_end
    assert due(case, "ask_village") == request
    sweep_on(request)
    assert stage(case) == Stage.D2
    sweep_on(date.fromordinal(request.toordinal() + 1))
    assert stage(case) == Stage.D3


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"day 0 on {v[1][0]:02}-{v[1][1]:02}")
def test_a_county_may_count_to_the_letter(cast, child, vector) -> None:
    set_parameter(cast.county, "P4D", "literal_weekday", date(2025, 9, 1), "县文〔2025〕2号")
    first, opened, window_end, _, _ = map(_day, vector)
    case = _opened(cast, child, first, opened)
    assert due(case, "visit") == window_end


def test_a_county_may_count_school_days(cast, child) -> None:
    set_parameter(cast.county, "P4D", "school_day", date(2025, 9, 1), "县文〔2025〕2号")
    case = _opened(cast, child, date(2025, 9, 11), date(2025, 9, 12))
    assert due(case, "visit") == date(2025, 9, 17)
    other = make_child(cast.here, "李小红")
    case = _opened(cast, other, date(2026, 1, 13), date(2026, 1, 14))
    assert due(case, "ask_village") == TEACHING_AGAIN


def test_a_deadline_keeps_the_rules_it_was_made_under(cast, child) -> None:
    case = _opened(cast, child, date(2025, 9, 11), date(2025, 9, 12))
    set_parameter(cast.county, "P4", 5, date(2025, 9, 15), "县文〔2025〕3号")
    assert due(case, "visit") == date(2025, 9, 17)
    assert deadline(case, "visit").parameter == "P4=3"


def test_a_late_sweep_counts_by_the_rules_of_the_day_not_of_the_sweep(cast, child) -> None:
    case = _opened(cast, child, date(2025, 9, 11), date(2025, 9, 12))
    set_parameter(cast.county, "P5", 10, date(2025, 9, 22), "县文〔2025〕4号")
    sweep_on(date(2025, 11, 3))
    assert due(case, "answer") == date(2025, 9, 23)
