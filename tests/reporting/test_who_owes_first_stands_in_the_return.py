"""在册未返名单 names the unit and the day of one duty: the one that the queue shows first."""

import re
from datetime import date, timedelta

import pytest

from cases.models import Case, Deadline
from cases.policy import Act, Stage
from foundation import clock
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import away_rows, look_around
from tests.browsing import client_of, page
from tests.cases.steps import at
from tests.cast import Cast, make_child
from tests.reporting.facts import happen, open_case, owe

DAY = date(2025, 11, 5)
OWNER = re.compile(r'<td[^>]*data-label="责任单位">(.*?)</td>')


@pytest.fixture
def case(cast: Cast) -> Case:
    """At the village: the school still owes an older duty, the village its own."""
    first = date(2025, 10, 20)
    found = open_case(make_child(cast.here), cast.here.school_class, first, stage="D3")
    happen(found, Act.ASK_VILLAGE, date(2025, 10, 24), Stage.D1, Stage.D3)
    return found


def in_return(cast: Cast, day: date = DAY) -> tuple[str, str]:
    facts = load(cast.county, ReturnMonth(day.replace(day=1), day))
    (row,) = away_rows(facts, look_around(facts))
    return row["owner"], row["due_on"]


def owed_by_village(case: Case, due_on: date) -> Deadline:
    """The village's answer, due on the day."""
    assert case.village is not None
    return Deadline.objects.create(
        case=case,
        code="answer",
        level="village",
        unit=case.village,
        day0=case.opened_on,
        window_end=due_on,
        due_on=due_on,
        remind_on=due_on,
        missed_on=due_on + timedelta(days=1),
        days=3,
        day_type="working_day",
    )


def test_unit_and_day_are_of_the_same_duty(cast, case) -> None:
    owe(case, date(2025, 10, 31), met_on=DAY)
    owed_by_village(case, date(2025, 11, 11))
    before = DAY - timedelta(days=1)
    assert in_return(cast, before) == (str(cast.here.school.unit), "2025-10-31 逾期")
    assert in_return(cast) == (str(cast.here.village), "2025-11-11")


def test_the_queue_names_the_same_unit_first(cast, case, monkeypatch) -> None:
    owed_by_village(case, date(2025, 11, 3))
    owe(case, date(2025, 10, 31))
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    words = page(client_of(cast.person("county_desk")).get("/duties/?of=area"))
    found = OWNER.search(words)
    assert found is not None
    assert in_return(cast)[0] == found[1]


def test_where_nothing_is_owed_the_unit_of_the_stage_stands(cast, case) -> None:
    owe(case, date(2025, 10, 31), met_on=DAY - timedelta(days=1))
    assert in_return(cast) == (str(cast.here.village), "—")
