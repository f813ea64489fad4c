"""A transfer-out that nobody confirms in time opens a case by itself (domain 3.6, C02)."""

from datetime import date

import pytest

from cases.models import Case
from cases.rules.codes import SOURCES
from foundation import clock
from foundation.messaging.models import Message
from students.roster.changes.acts.recording import refuse_change, withdraw_change
from students.roster.changes.acts.transfers import settle_transfer
from students.roster.models import Change, Child
from tests.browsing import client_of, page
from tests.cases.steps import call_roll, night_after, stage, sweep_on, the_case
from tests.cast import Cast, make_child
from tests.roster.changing import DUE, FRI, arrive, by, let_go, papers, record

AFTER = date(2025, 9, 27)  # the day after the tenth working day, a Saturday
SUNDAY_WORKED = date(2025, 9, 28)


@pytest.fixture
def child(cast: Cast) -> Child:
    """A pupil of our class."""
    return make_child(cast.here)


@pytest.mark.parametrize(
    ("day", "opened"), [(date(2025, 9, 25), False), (DUE, False), (AFTER, True)]
)
def test_the_case_opens_the_day_after_the_due_day(
    cast: Cast, child: Child, day: date, opened: bool
) -> None:
    let_go(cast, child)
    sweep_on(day)
    assert Case.objects.filter(child=child).exists() is opened


def test_it_says_how_the_child_was_found_and_since_when(cast: Cast, child: Child) -> None:
    change = let_go(cast, child)
    sweep_on(AFTER)
    case = the_case(child)
    assert (case.source, case.finding) == ("transfer", f"transfer:{change.pk}")
    assert SOURCES[case.source] == "转出后未在他校就读"
    assert (case.first_missed_on, case.opened_on, case.stage) == (FRI, AFTER, "D1")
    assert case.school == cast.here.school.unit
    assert "2025年9月26日" in case.events.get(act="open").text


def test_sweeping_again_opens_no_second_one(cast: Cast, child: Child) -> None:
    let_go(cast, child)
    for day in (AFTER, AFTER, SUNDAY_WORKED):
        sweep_on(day)
    assert Case.objects.filter(child=child).count() == 1


def test_it_climbs_as_any_other(cast: Cast, child: Child) -> None:
    let_go(cast, child)
    sweep_on(AFTER)
    night_after(AFTER)
    assert stage(the_case(child)) == "D2"


def test_out_of_the_county_without_a_proof_is_the_same(cast: Cast, child: Child) -> None:
    change = record(cast, "transfer_out", child, outside_school="邻县一中", outside_place="邻县")
    sweep_on(AFTER)
    assert the_case(child).finding == f"transfer:{change.pk}"


@pytest.mark.parametrize("end", ["confirmed", "refused", "withdrawn"])
def test_what_is_settled_in_time_opens_none(cast: Cast, child: Child, end: str) -> None:
    change = let_go(cast, child)
    if end == "confirmed":
        arrive(cast, change, DUE)
    elif end == "refused":
        refuse_change(by(cast, "registrar", DUE, there=True), change.pk, "未到校")
    else:
        withdraw_change(by(cast, "registrar", DUE), change.pk, "不转了")
    sweep_on(AFTER)
    assert not Case.objects.filter(child=child).exists()


def test_a_request_that_nobody_answers_opens_none(cast: Cast) -> None:
    child = make_child(cast.here)
    Change.objects.filter(pk=let_go(cast, child).pk).update(state="asked", asked=True)
    sweep_on(AFTER)
    assert not Case.objects.filter(child=child).exists()


def test_a_child_that_has_a_case_gets_no_second_one(cast: Cast, child: Child) -> None:
    for day in (date(2025, 9, 10), date(2025, 9, 11)):
        call_roll(cast, day, child)
    let_go(cast, child)
    sweep_on(AFTER)
    assert Case.objects.filter(child=child).count() == 1
    assert the_case(child).source == "roll"


def test_confirmed_late_the_case_tells_of_it_and_how_it_may_close(
    cast: Cast, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = let_go(cast, child)
    sweep_on(AFTER)
    monkeypatch.setattr(clock, "today", lambda: SUNDAY_WORKED)
    case, client = the_case(child), client_of(cast.person("registrar"))
    words = page(client.get(f"/cases/{case.number}/"))
    assert "待接收" in words
    assert "申请销号" not in words.split("学籍异动</h2>")[1].split("</section>")[0]

    arrive(cast, change, SUNDAY_WORKED, date(2025, 9, 15))

    words = page(client.get(f"/cases/{case.number}/"))
    assert "可按「转学（外地就读已核实）」申请销号" in words
    assert stage(case) == "D2" or stage(case) == "D1"


def test_the_new_school_s_roll_finds_the_child(cast: Cast, child: Child) -> None:
    change = let_go(cast, child)
    sweep_on(AFTER)
    arrive(cast, change, SUNDAY_WORKED)
    call_roll(cast, SUNDAY_WORKED, there=True)
    assert stage(the_case(child)) == "D9"


def test_with_the_proof_filed_late_the_case_stays_until_it_is_closed(
    cast: Cast, child: Child
) -> None:
    change = record(cast, "transfer_out", child, outside_school="邻县一中", outside_place="邻县")
    sweep_on(AFTER)
    who = by(cast, "registrar", SUNDAY_WORKED)
    settle_transfer(who, change.pk, date(2025, 9, 15), papers("外地就读证明"))
    sweep_on(SUNDAY_WORKED)
    assert Case.objects.filter(child=child).count() == 1
    assert the_case(child).is_open


def test_a_sweep_after_a_long_outage_opens_it_once_and_late(cast: Cast, child: Child) -> None:
    let_go(cast, child)
    day = date(2025, 10, 20)
    sweep_on(day)
    case = the_case(child)
    assert (case.first_missed_on, case.opened_on) == (FRI, day)
    assert Message.objects.filter(to_unit=cast.here.school.unit).exists()
