"""``returned`` counts children, its list names each once; how often they came back is apart."""

from datetime import date

import pytest

from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import look_around, returned_rows
from reporting.returns.content import content_of
from students.roster.models import Child
from tests.cases.steps import a_case, call_roll, school_days, the_case
from tests.cast import Cast, make_child

OCTOBER = ReturnMonth(date(2025, 10, 1), date(2025, 10, 31))


@pytest.fixture
def days(cast: Cast) -> list[date]:
    return school_days(cast, date(2025, 10, 9), 15)


@pytest.fixture
def child(cast: Cast) -> Child:
    return make_child(cast.here)


def of_county(cast: Cast) -> dict[str, int]:
    """The counts of the return, having made sure that its own checks hold."""
    content = content_of(cast.county, OCTOBER)
    assert content["failed"] == 0
    return {
        code: sum(row[code] for row in content["blocks"]["schools"])
        for code in ("returned", "return_times")
    }


def names(cast: Cast) -> list[tuple[str, str]]:
    facts = load(cast.county, OCTOBER)
    return [(row["number"], row["returned_on"]) for row in returned_rows(facts, look_around(facts))]


def test_twice_in_one_case_is_one_child_and_two_times(cast, child, days) -> None:
    case = a_case(cast, child, days[1], days[0])
    call_roll(cast, days[2])
    call_roll(cast, days[3], child)
    call_roll(cast, days[4], child)
    call_roll(cast, days[5])
    assert of_county(cast) == {"returned": 1, "return_times": 2}
    assert names(cast) == [(case.number, days[5].isoformat())]


def test_twice_in_two_cases_is_one_child_and_two_times(cast, child, days) -> None:
    first = a_case(cast, child, days[1], days[0])
    for day in days[2:5]:
        call_roll(cast, day)
    call_roll(cast, days[5], child)
    call_roll(cast, days[6], child)
    second = the_case(child)
    assert second != first
    call_roll(cast, days[7])
    assert of_county(cast) == {"returned": 1, "return_times": 2}
    assert names(cast) == [(second.number, days[7].isoformat())]


def test_the_sheet_of_the_month_shows_both_figures(cast, child, days) -> None:
    a_case(cast, child, days[1], days[0])
    call_roll(cast, days[2])
    rows = {row["label"]: row["all"] for row in summary(cast)}
    assert (rows["本月复学人数"], rows["本月复学人次"]) == (1, 1)


def summary(cast: Cast) -> list[dict[str, object]]:
    rows = content_of(cast.county, OCTOBER)["blocks"]["counts"]
    return [{**row, "all": row["primary"] + row["junior"]} for row in rows]
