"""A return on somebody's word counts once the roll bears it out, on page, list and return alike."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from cases.models import Case
from foundation import clock
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import away_rows, look_around, returned_rows
from reporting.figures.tallies import entries_of, sums
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, call_roll, stage, the_case
from tests.cast import Cast, make_child
from tests.reporting.facts import school_days

LAST_MISSED, TOLD = date(2025, 9, 19), date(2025, 9, 22)  # Friday, Monday
TUE, WED, THU, FRI = (TOLD + timedelta(days=n) for n in (1, 2, 3, 4))
PENDING = "已登记返校，待点名核实"
OPTION = re.compile(r"<option.*?</option>", re.S)


@pytest.fixture
def child(cast: Cast) -> Child:
    """A child suspected since 09-18, and a classmate who is at school."""
    make_child(cast.here, "李小红")
    child = make_child(cast.here)
    for day in school_days(cast.county.pk, FIRST_MISSED, LAST_MISSED):
        call_roll(cast, day, child)
    return child


@pytest.fixture
def case(cast: Cast, child: Child, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The case after the registrar has registered the return on its page."""
    monkeypatch.setattr(clock, "today", lambda: TOLD)
    case = the_case(child)
    data = {"version": case.version, "occurred_on": TOLD.isoformat(), "placement": "same_class"}
    answer = client_of(cast.person("registrar")).post(f"/cases/{case.number}/return/", data)
    assert answer.status_code == 302, answer.content.decode()
    assert stage(case) == "D9"
    return case


@pytest.fixture
def said(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """Whether page, list and return say the word waits, and what the return counts, on a day."""

    def ask(case: Case, day: date) -> tuple[set[bool], Counter[str]]:
        monkeypatch.setattr(clock, "today", lambda: day)
        client = client_of(cast.person("registrar"))
        facts = load(cast.county, ReturnMonth(day.replace(day=1), day))
        rows = [row["stage_label"] for row in away_rows(facts, look_around(facts))]
        listed = OPTION.sub("", page(client.get("/cases/")))  # a filter names every category
        places = (page(client.get(f"/cases/{case.number}/")), listed, rows)
        return {PENDING in place for place in places}, sums(
            entries_of(facts), lambda entry: None
        ).get(None, Counter())

    return ask


def away_and_back(counts: Counter[str]) -> tuple[int, int, int]:
    return counts["away"], counts["suspected_end"], counts["returned"]


def test_until_the_roll_shows_the_child_it_is_only_a_word(cast, case, said) -> None:
    pending, counts = said(case, TOLD)
    assert (pending, away_and_back(counts)) == ({True}, (1, 1, 0))
    call_roll(cast, TUE)
    pending, counts = said(case, TUE)
    assert (pending, away_and_back(counts)) == ({False}, (0, 0, 1))
    pending, counts = said(case, TOLD)
    assert away_and_back(counts) == (1, 1, 0)


def test_where_no_roll_is_called_two_school_days_bear_it_out(case, said) -> None:
    assert [(said(case, day)[0], away_and_back(said(case, day)[1])) for day in (TUE, WED, THU)] == [
        ({True}, (1, 1, 0)),
        ({False}, (0, 0, 1)),
        ({False}, (0, 0, 1)),
    ]


def test_a_mark_against_a_word_that_no_roll_bore_out_takes_it_back(cast, child, case, said) -> None:
    call_roll(cast, WED, child)
    assert stage(case) == "D3"
    assert [said(case, day)[0] for day in (WED, THU, FRI)] == [{False}] * 3


def test_a_child_on_leave_is_neither_there_nor_missed(cast, child, case, said) -> None:
    call_roll(cast, TUE, child, kind="sick", until=FRI)
    call_roll(cast, WED, child, kind="sick", until=FRI)
    assert said(case, WED)[0] == {True}


def test_a_word_that_the_roll_refutes_was_no_return(cast, child, case, said) -> None:
    call_roll(cast, TUE, child)
    call_roll(cast, WED, child)
    assert stage(case) != "D9"
    pending, counts = said(case, WED)
    assert (pending, away_and_back(counts)) == ({False}, (1, 1, 0))
    assert (counts["return_times"], counts["suspected_new"]) == (0, 1)


def test_a_return_on_the_last_day_of_the_month_counts_in_the_month_that_shows_it(
    cast, child, monkeypatch
) -> None:
    told, shown = date(2025, 9, 30), date(2025, 10, 9)
    for day in school_days(cast.county.pk, TOLD, date(2025, 9, 29)):
        call_roll(cast, day, child)
    monkeypatch.setattr(clock, "today", lambda: told)
    case = the_case(child)
    data = {"version": case.version, "occurred_on": told.isoformat(), "placement": "other_class"}
    client_of(cast.person("registrar")).post(f"/cases/{case.number}/return/", data)
    call_roll(cast, shown)
    september = load(cast.county, ReturnMonth(date(2025, 9, 1), told))
    october = load(cast.county, ReturnMonth(date(2025, 10, 1), date(2025, 10, 31)))
    assert returned_rows(september, look_around(september)) == []
    (row,) = returned_rows(october, look_around(october))
    assert (row["returned_on"], row["placement"]) == (shown.isoformat(), "插班")
