"""县级抽查: the cases that the roll closed and the draw chose have a list and a result (P20)."""

from datetime import date

import pytest
from django.test import Client

from cases.models import Case, CaseEvent
from foundation import clock
from foundation.messaging.models import Message
from tests.browsing import client_of, page
from tests.cases.steps import a_case
from tests.cast import Cast, make_child

CLOSED, TODAY = date(2025, 9, 19), date(2025, 9, 26)
WORDS = "到校随堂查看，学生在班上课。"


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return client_of(cast.person("county_desk"))


def closed(cast: Cast, *, sampled: bool = True) -> Case:
    """A case that the roll closed."""
    return close(a_case(cast, make_child(cast.here)), sampled)


def close(case: Case, sampled: bool) -> Case:
    """The roll closes it."""
    case.stage, case.outcome, case.closed_on, case.sampled = "DX", "C01", CLOSED, sampled
    case.save()
    return case


def enter(desk: Client, case: Case, result: str, day: date = TODAY) -> int:
    """The county enters a result; answers the status."""
    case.refresh_from_db()
    data = {
        "version": case.version,
        "occurred_on": day.isoformat(),
        "sample_result": result,
        "content": WORDS,
    }
    return desk.post(f"/cases/{case.number}/inspect/", data).status_code


def test_the_queue_leads_to_the_list_of_what_waits(cast, desk):
    cases = [a_case(cast, make_child(cast.here, name)) for name in ("张小明", "李小红")]
    drawn, other = close(cases[0], sampled=True), close(cases[1], sampled=False)
    words = page(desk.get("/"))
    assert "待抽查的自动销号" in words
    assert "?sample=waiting" in words
    listed = page(desk.get("/cases/?sample=waiting"))
    assert drawn.number in listed
    assert "县级抽查：待抽查" in listed
    assert other.number not in listed


def test_a_result_is_entered_on_the_case_and_takes_it_off_the_list(cast, desk):
    case = closed(cast)
    assert "登记抽查结果" in page(desk.get(f"/cases/{case.number}/"))
    assert enter(desk, case, "true") == 302
    assert "登记抽查结果</a>" not in page(desk.get(f"/cases/{case.number}/"))
    assert WORDS in page(desk.get(f"/cases/{case.number}/"))
    assert case.number not in page(desk.get("/cases/?sample=waiting"))
    assert "县级抽查：属实，学生在校" in page(desk.get("/cases/?sample=true"))
    assert case.number not in page(desk.get("/cases/?sample=false"))
    assert "待抽查的自动销号" not in page(desk.get("/"))
    assert CaseEvent.objects.get(act="inspect").to_stage == "DX"
    assert not Message.objects.filter(title__startswith="县级抽查").exists()


def test_a_child_who_was_not_there_is_told_to_the_school_and_the_last_result_counts(cast, desk):
    case = closed(cast)
    assert enter(desk, case, "false") == 302
    told = Message.objects.filter(to_unit=cast.here.school.unit_id)
    assert "县级抽查：不属实" in told.values_list("title", flat=True)[0]
    assert case.number in page(desk.get("/cases/?sample=false"))
    assert enter(desk, case, "true") == 302
    assert case.number not in page(desk.get("/cases/?sample=false"))
    assert case.number in page(desk.get("/cases/?sample=all"))


@pytest.mark.parametrize(("day", "status"), [(18, 422), (19, 302), (20, 302)])
def test_a_result_is_not_dated_before_the_closing(cast, desk, day, status):
    assert enter(desk, closed(cast), "true", date(2025, 9, day)) == status


def test_a_case_that_was_not_drawn_takes_no_result(cast, desk):
    case = closed(cast, sampled=False)
    assert "登记抽查结果" not in page(desk.get(f"/cases/{case.number}/"))
    assert enter(desk, case, "true") == 422


@pytest.mark.parametrize("role", ["head_teacher", "township_leader", "supervisor"])
def test_nobody_but_the_county_enters_a_result(cast, desk, role):
    assert enter(client_of(cast.person(role)), closed(cast), "true") == 403
