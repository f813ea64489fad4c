"""Away again in the school year of a closure that was no return: the same number goes on (3.7).

The months of before keep their figures, and what was missed before the closing counts no more.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from cases.models import Case
from cases.policy import Act, Stage
from cases.standing import standings
from reporting.figures.ledger import movements
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import away_rows, look_around, returned_rows
from students.roster.models import Child
from tests.cases.steps import a_case, call_roll, do, event, reach, school_days, stage, the_case
from tests.cast import Cast, make_child

CLOSED = date(2025, 9, 25)
AGAIN = date(2025, 11, 3)
SEPTEMBER = ReturnMonth(date(2025, 9, 1), date(2025, 9, 30))
OCTOBER = ReturnMonth(date(2025, 10, 1), date(2025, 10, 31))
NOVEMBER = ReturnMonth(date(2025, 11, 1), date(2025, 11, 30))


@pytest.fixture(scope="module")
def standing(beside_cast: Callable[..., Callable[[], Case]]) -> Callable[[], Case]:
    """At D4, suspected after nine missed days."""
    return beside_cast(_suspected)


def _suspected(cast: Cast) -> Case:
    case = a_case(cast, make_child(cast.here))
    for day in school_days(cast, date(2025, 9, 15), 7):
        call_roll(cast, day, case.child)
    reach(cast, case, "D4")
    return case


@pytest.fixture
def child(cast: Cast, standing: Callable[[], Case]) -> Child:
    return standing().child


def closed_as(cast: Cast, child: Child, outcome: str) -> Case:
    """A case at D4, suspected after nine missed days, that the county closes with an outcome."""
    case, day = the_case(child), CLOSED
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", day, outcome=outcome)
    do(cast, case, Act.CONFIRM_CLOSURE, "township_officer", day)
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", day)
    assert (case.stage, case.outcome, case.closed_on) == (Stage.DX, outcome, CLOSED)
    return case


def away_again(cast: Cast, child: Child) -> date:
    """At school on Friday, 10-31, then two days missed; returns the second."""
    call_roll(cast, date(2025, 10, 31))
    days = school_days(cast, AGAIN, 2)
    for day in days:
        call_roll(cast, day, child)
    return days[1]


@pytest.mark.parametrize("outcome", ["C02", "C06"])
def test_the_same_number_goes_on_with_the_village(cast, child, outcome: str) -> None:
    case = closed_as(cast, child, outcome)
    day = away_again(cast, child)
    assert child.cases.count() == 1
    assert (stage(case), case.closed_on, case.outcome) == (Stage.D3, None, "")
    assert event(case, Act.AGAIN).occurred_on == day


@pytest.mark.parametrize("outcome", ["C14", "C15"])
def test_where_no_absence_ever_was_the_new_one_is_another_case(cast, child, outcome: str) -> None:
    case = closed_as(cast, child, outcome)
    away_again(cast, child)
    assert the_case(child) != case
    assert (stage(case), stage(the_case(child))) == (Stage.DX, Stage.D1)


def test_the_absence_that_the_closing_answered_for_stays_closed(cast, child) -> None:
    case = closed_as(cast, child, "C02")
    for day in school_days(cast, date(2025, 9, 26), 2):
        call_roll(cast, day, child)
    assert stage(case) == Stage.DX
    assert child.cases.count() == 1


def figures(cast: Cast, month: ReturnMonth) -> tuple[Counter[str], list, list]:
    """The month's movements, its children away and its children back."""
    facts = load(cast.county, month)
    counts = sum((movements(one.history, month, facts.rules) for one in facts.cases), Counter())
    around = look_around(facts)
    return counts, away_rows(facts, around), returned_rows(facts, around)


def test_the_months_of_before_keep_their_figures(cast, child) -> None:
    closed_as(cast, child, "C02")
    september, october = figures(cast, SEPTEMBER), figures(cast, OCTOBER)
    assert september == (Counter(suspected_new=1, suspected_cleared=1), [], [])
    assert october == (Counter(), [], [])
    away_again(cast, child)
    assert figures(cast, SEPTEMBER) == september
    assert figures(cast, OCTOBER) == october


def test_only_the_days_of_the_new_absence_count(cast, child) -> None:
    case = closed_as(cast, child, "C02")
    away_again(cast, child)
    counts, (row,), back = figures(cast, NOVEMBER)
    assert (counts, back) == (Counter(), [])
    assert (row["number"], row["missed"], row["last_there"]) == (case.number, 2, "2025-10-31")


def test_the_day_before_the_day_and_the_day_after_the_closing(cast, child) -> None:
    case = closed_as(cast, child, "C02")
    day = away_again(cast, child)
    case.refresh_from_db()
    for on, is_away in (
        (date(2025, 9, 24), True),
        (CLOSED, False),
        (date(2025, 9, 26), False),
        (date(2025, 11, 3), False),
        (day, True),
    ):
        assert standings([case], on)[case.pk].is_away is is_away, on
