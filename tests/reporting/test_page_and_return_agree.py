"""The page of a case, the list of cases and the return tell the same ledger category."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection

from cases.models import Case
from cases.policy import Act, Stage
from cases.sweeping import sweep
from foundation import clock
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import away_rows, look_around
from students.calendars.models import SchoolDayOverride
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases import steps
from tests.cases.steps import a_case, at, call_roll, do, stage
from tests.cast import Cast, make_child
from tests.reporting.facts import call_rolls, school_days
from tests.roster.changing import DUE, FRI, let_go

SUSPECTED, NONE = "疑似辍学", ""
BADGE = re.compile(r'<span class="badge badge-bad">(疑似辍学|辍学|未达疑似)</span>')
CELL = re.compile(r'<td[^>]* data-label="台账类别"[^>]*>\s*([^<]*?)\s*(?:<span|</td>)')


def september(number: int) -> date:
    return date(2025, 9, number)


@pytest.fixture
def child(cast: Cast) -> Child:
    make_child(cast.here, "李小红")
    return make_child(cast.here)


@pytest.fixture
def told(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """What page, list and return say of a case on a day; nothing below both thresholds."""

    def ask(case: Case, day: date) -> tuple[str, str, str]:
        monkeypatch.setattr(clock, "today", lambda: day)
        client = client_of(cast.person("registrar"))
        badge = BADGE.search(page(client.get(f"/cases/{case.number}/")))
        cell = CELL.search(page(client.get("/cases/")))
        assert cell is not None
        return badge[1] if badge else NONE, cell[1].strip("—"), in_return(cast, case, day)

    return ask


def in_return(cast: Cast, case: Case, day: date) -> str:
    rows = away(cast, day)
    return str(rows.get(case.number, NONE)).replace("未达疑似", NONE)


def away(cast: Cast, day: date) -> dict[str, str]:
    """在册未返名单 of the month up to a day: the category by the number of the case."""
    facts = load(cast.county, ReturnMonth(day.replace(day=1), day))
    return {row["number"]: row["category"] for row in away_rows(facts, look_around(facts))}


def miss(cast: Cast, child: Child, first: date, last: date) -> None:
    for day in school_days(cast.county.pk, first, last):
        call_roll(cast, day, child)


def test_a_return_on_somebody_s_word_alone_begins_no_count_anew(cast, child, told) -> None:
    """It counts once the roll bears it out (design 4, A word is not a presence)."""
    case = a_case(cast, child)
    miss(cast, child, september(15), september(19))
    assert told(case, september(19)) == (SUSPECTED,) * 3
    case = do(cast, case, Act.RETURN, "registrar", september(22))
    assert told(case, september(22)) == (SUSPECTED,) * 3
    miss(cast, child, september(23), september(24))
    assert stage(case) != Stage.D9
    assert told(case, september(24)) == (SUSPECTED,) * 3


def test_a_day_missed_before_a_leave_counts_since_the_child_was_last_at_school(
    cast, child, told
) -> None:
    call_roll(cast, september(10))
    call_roll(cast, september(11), child)
    call_roll(cast, september(12), child, kind="sick", until=september(12))
    miss(cast, child, september(15), september(17))
    case = steps.the_case(child)
    assert (case.first_missed_on, case.last_present_on) == (september(15), september(10))
    assert told(case, september(17)) == (NONE,) * 3  # the fourth day missed
    miss(cast, child, september(18), september(18))
    assert told(case, september(18)) == (SUSPECTED,) * 3


def test_a_day_on_which_its_own_school_is_closed_is_not_missed(cast, child, told) -> None:
    days = school_days(cast.county.pk, FRI, date(2026, 1, 16))
    call_rolls(cast.here.school_class, school_days(cast.county.pk, september(1), days[-1]))
    let_go(cast, child)
    sweep(DUE + timedelta(days=1), at(DUE + timedelta(days=1)))
    case = steps.the_case(child)
    SchoolDayOverride.objects.create(
        county=cast.county,
        school=cast.here.school.unit,
        day=september(16),
        is_school_day=False,
        reason="停水",
        recorded_by=cast.person("county_desk"),
    )
    assert told(case, days[19]) == (SUSPECTED,) * 3
    assert told(case, days[20]) == ("辍学",) * 3


def test_a_presence_that_was_corrected_gives_no_time(cast, child, told) -> None:
    case = a_case(cast, child)
    miss(cast, child, september(15), september(19))
    call_roll(cast, september(22))
    assert told(case, september(22)) == (NONE,) * 3
    call_roll(cast, september(22), child, today=september(23))
    call_roll(cast, september(23), child)
    assert stage(case) != Stage.D9
    assert told(case, september(23)) == (SUSPECTED,) * 3


def test_who_is_back_since_a_day_before_the_observation_was_broken_is_not_away(
    cast, child, told
) -> None:
    case = a_case(cast, child)
    call_roll(cast, september(15))
    miss(cast, child, september(16), september(17))
    assert away(cast, september(17)) == {case.number: "未达疑似"}
    call_roll(cast, september(17), today=september(18))
    case.refresh_from_db()
    assert (case.stage, case.returned_on) == (Stage.D9, september(15))
    assert told(case, september(18)) == (NONE,) * 3
    assert away(cast, september(18)) == {}


def test_the_list_asks_as_much_for_one_case_as_for_many(cast, child, count_queries) -> None:
    let_go(cast, child)
    sweep(DUE + timedelta(days=1), at(DUE + timedelta(days=1)))
    client = client_of(cast.person("registrar"))
    page(client.get("/cases/"))
    with count_queries(connection) as one:
        page(client.get("/cases/"))
    for name in ("王一", "王二", "王三"):
        let_go(cast, make_child(cast.here, name))
    sweep(DUE + timedelta(days=1), at(DUE + timedelta(days=1)))
    with count_queries(connection) as many:
        page(client.get("/cases/"))
    assert Case.objects.count() == 4
    assert len(many) == len(one)
