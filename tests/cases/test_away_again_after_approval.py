"""Away again in the school year of an approved closure: the same number goes on at D3 (3.7)."""

from collections.abc import Callable
from datetime import date

import pytest

from cases.models import Case
from cases.policy import Act, NotAllowed, Stage
from foundation import clock
from foundation.accounts.actions import Refused
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import away_rows, look_around, returned_rows
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import (
    a_case,
    call_roll,
    do,
    due,
    event,
    reach,
    school_days,
    stage,
    the_case,
)
from tests.cast import Cast, make_child

BACK = date(2025, 9, 30)


@pytest.fixture
def closed(cast: Cast, standing: Callable[[], Case]) -> Case:
    """A case that reached the township, whose child came back, and that the county has closed."""
    return standing()


@pytest.fixture
def child(closed: Case) -> Child:
    return closed.child


@pytest.fixture(scope="module")
def standing(beside_cast: Callable[..., Callable[[], Case]]) -> Callable[[], Case]:
    return beside_cast(_close)


def _close(cast: Cast) -> Case:
    case = a_case(cast, make_child(cast.here))
    reach(cast, case, "D4")
    days = school_days(cast, BACK, 10)
    for day in days:
        call_roll(cast, day)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", days[-1])
    do(cast, case, Act.CONFIRM_CLOSURE, "township_officer", days[-1])
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", days[-1])
    assert (case.stage, case.outcome) == (Stage.DX, "C01")
    return case


def away_again(cast: Cast, child: Child, first: date) -> date:
    """Two days missed from a day on; returns the second."""
    days = school_days(cast, first, 2)
    for day in days:
        call_roll(cast, day, child)
    return days[1]


def test_the_same_number_goes_on_with_the_village(cast, child, closed) -> None:
    call_roll(cast, date(2025, 11, 3), child)
    assert stage(closed) == Stage.DX
    day = away_again(cast, child, date(2025, 11, 3))
    assert child.cases.count() == 1
    assert (stage(closed), closed.closed_on, closed.outcome) == (Stage.D3, None, "")
    assert (closed.reopened_on, closed.again_missed_on) == (day, date(2025, 11, 3))
    assert event(closed, Act.AGAIN).occurred_on == day
    assert due(closed, "answer") == date(2025, 11, 7)


def test_a_new_school_year_has_a_new_number(cast, child, closed) -> None:
    away_again(cast, child, date(2026, 9, 7))
    assert the_case(child) != closed
    assert stage(the_case(child)) == Stage.D1


def test_the_page_shows_both_absences_and_offers_the_report_again(
    cast, child, closed, monkeypatch
) -> None:
    call_roll(cast, date(2025, 10, 31))
    day = away_again(cast, child, date(2025, 11, 3))
    monkeypatch.setattr(clock, "today", lambda: day)
    words = page(client_of(cast.person("registrar")).get(f"/cases/{closed.number}/"))
    assert "销号后再次无故缺勤，原案重新办理" in words
    assert "核准销号" in words
    assert "离校 4 天" in words  # last at school on Friday, 10-31
    do(cast, closed, Act.REPORT_TOWNSHIP, "registrar", day)
    assert stage(closed) == Stage.D4


def test_attempts_are_counted_anew(cast, child, closed) -> None:
    day = away_again(cast, child, date(2025, 11, 3))
    do(cast, closed, Act.REPORT_TOWNSHIP, "registrar", day)
    for past in (date(2025, 9, 25), date(2025, 9, 26), date(2025, 9, 28)):
        with pytest.raises(NotAllowed, match="不能早于首次无故缺勤"):
            do(cast, closed, Act.CONTACT, "township_officer", past, method="visit")
    with pytest.raises(Refused, match="现有0次"):
        do(cast, closed, Act.SERVE_ORDER, "township_officer", day)


def test_the_return_of_before_stays_a_return_and_the_child_is_away_again(
    cast, child, closed
) -> None:
    call_roll(cast, date(2025, 10, 31))
    away_again(cast, child, date(2025, 11, 3))
    september = load(cast.county, ReturnMonth(date(2025, 9, 1), BACK))
    november = load(cast.county, ReturnMonth(date(2025, 11, 1), date(2025, 11, 30)))
    assert [r["returned_on"] for r in returned_rows(september, look_around(september))] == [
        BACK.isoformat()
    ]
    (row,) = away_rows(november, look_around(november))
    assert (row["number"], row["missed"], row["last_there"]) == (closed.number, 2, "2025-10-31")


def test_a_second_absence_that_was_none_is_found_back_by_the_roll(cast, child, closed) -> None:
    day = away_again(cast, child, date(2025, 11, 3))
    call_roll(cast, date(2025, 11, 3), today=day)
    call_roll(cast, day)
    closed.refresh_from_db()
    assert (closed.stage, closed.returned_on) == (Stage.D9, date(2025, 11, 3))
