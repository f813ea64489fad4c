"""A child left off the roll by mistake and put right keeps its standing, and was never back."""

from collections import Counter
from datetime import date

import pytest

from cases.models import Case
from foundation import clock
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import look_around, returned_rows
from reporting.figures.tallies import entries_of, sums
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, call_roll, stage, take_roll_back, the_case
from tests.cast import Cast, make_child
from tests.reporting.facts import school_days

DROPOUT_ON, SLIP, NEXT = date(2025, 10, 14), date(2025, 10, 15), date(2025, 10, 16)
OCTOBER = ReturnMonth(date(2025, 10, 1), date(2025, 10, 31))


@pytest.fixture
def child(cast: Cast) -> Child:
    """A child that was missed from 09-11 on and is a dropout since 10-14."""
    child = make_child(cast.here)
    for day in school_days(cast.county.pk, FIRST_MISSED, DROPOUT_ON):
        call_roll(cast, day, child)
    return child


def put_right_next_day(cast: Cast, child: Child) -> None:
    call_roll(cast, SLIP)
    call_roll(cast, SLIP, child, today=NEXT)
    call_roll(cast, NEXT, child)


def put_right_same_day(cast: Cast, child: Child) -> None:
    call_roll(cast, SLIP)
    call_roll(cast, SLIP, child)


def take_back_and_call_again(cast: Cast, child: Child) -> None:
    call_roll(cast, SLIP)
    take_roll_back(cast, SLIP)
    call_roll(cast, SLIP, child)


def figures(cast: Cast, month: ReturnMonth = OCTOBER) -> Counter[str]:
    entries = entries_of(load(cast.county, month))
    return sums(entries, lambda entry: None).get(None, Counter())


def names_back(cast: Cast) -> list[str]:
    facts = load(cast.county, OCTOBER)
    return [row["number"] for row in returned_rows(facts, look_around(facts))]


def on_the_page(cast: Cast, case: Case, day: date, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(clock, "today", lambda: day)
    return page(client_of(cast.person("registrar")).get(f"/cases/{case.number}/"))


@pytest.mark.parametrize("mend", [put_right_next_day, put_right_same_day, take_back_and_call_again])
def test_the_figures_never_knew_the_presence(cast, child, mend, monkeypatch) -> None:
    mend(cast, child)
    case = the_case(child)
    assert stage(case) not in ("D9", "DX")
    assert '<span class="badge badge-bad">辍学</span>' in on_the_page(
        cast, case, OCTOBER.as_of, monkeypatch
    )
    n = figures(cast)
    assert (n["suspected_new"], n["suspected_carried"], n["suspected_worse"]) == (0, 1, 1)
    assert (n["dropout_new"], n["dropout_end"], n["dropout_of_year"]) == (1, 1, 1)
    assert (n["dropout_back"], n["dropout_other"]) == (0, 0)
    assert (n["returned"], n["return_times"], names_back(cast)) == (0, 0, [])


def test_a_return_moves_with_the_roll_that_shows_it(cast, child) -> None:
    """Present on 10-15 and 10-16; the 15th is corrected: the child is back since the 16th."""
    call_roll(cast, SLIP)
    call_roll(cast, NEXT)
    call_roll(cast, SLIP, child, today=NEXT)
    facts = load(cast.county, OCTOBER)
    assert [row["returned_on"] for row in returned_rows(facts, look_around(facts))] == [
        NEXT.isoformat()
    ]
    until_the_slip = figures(cast, ReturnMonth(OCTOBER.first, SLIP))
    until_the_next = figures(cast, ReturnMonth(OCTOBER.first, NEXT))
    assert (until_the_slip["dropout_end"], until_the_slip["returned"]) == (1, 0)
    assert (until_the_next["dropout_end"], until_the_next["returned"]) == (0, 1)
