"""The case page offers no act that is done already or that its guard would refuse."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case
from cases.policy import Act
from foundation import clock
from foundation.accounts.models import Person
from tests.browsing import stale_client_of
from tests.cases.steps import at, call_roll, do, reach, school_days
from tests.cast import Cast
from tests.roster.pages import text

pytestmark = pytest.mark.django_db

VISITS = (date(2025, 9, 25), date(2025, 9, 26), date(2025, 9, 28))


@pytest.fixture
def case(cast: Cast, standing_case) -> Case:
    return standing_case()


@pytest.fixture
def look(case, monkeypatch):
    """``look(person, day)``: the case page as the person reads it on the day."""

    def read(person: Person, day: date) -> str:
        monkeypatch.setattr(clock, "now", lambda: at(day))
        client = stale_client_of(person)
        return text(client.get(reverse("case", args=[case.number])))

    return read


def link(case: Case, act: Act) -> str:
    return f'href="{reverse("act", args=[case.number, act])}"'


@pytest.mark.parametrize(("visits", "offered"), [(2, False), (3, True)])
def test_a_notice_is_offered_once_persuasion_suffices(cast, case, look, visits, offered) -> None:
    reach(cast, case, "D4")
    for day in VISITS[:visits]:
        do(cast, case, Act.CONTACT, "township_officer", day, method="visit")

    shown = look(cast.person("township_officer"), VISITS[-1])

    assert (f'href="{reverse("case_order", args=[case.number])}"' in shown) is offered
    assert link(case, Act.SERVE_ORDER) not in shown  # before it is signed
    assert ("现有2次、当面2次。请先记录劝返。" in shown) is not offered


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("registrar", Act.ASK_VILLAGE),  # owed by the school
        ("class_teacher", Act.CONTACT),  # owes nothing more: goes on persuading
    ],
)
def test_one_act_stands_out_and_the_others_are_folded(cast, case, look, role, first) -> None:
    day = reach(cast, case, "D2")
    for act in (Act.REGISTER, Act.CONTACT):
        do(cast, case, act, "registrar", day, **({"method": "visit"} if act is Act.CONTACT else {}))
    shown = look(cast.person(role), VISITS[0])
    head, _, folded = shown.partition("<summary>其他办理</summary>")
    assert shown.count("btn-primary") == 1
    assert link(case, first) in head
    assert link(case, Act.RETURN) in folded
    assert link(case, Act.RETURN) not in head


def test_the_case_leads_to_the_pupil_and_back_for_who_may_open_it(cast, case, look) -> None:
    day = reach(cast, case, "D3")
    page, own = reverse("pupil", args=[case.child_id]), reverse("case", args=[case.number])
    assert f'href="{page}"' in look(cast.person("registrar"), day)
    for role in ("township_officer", "village_cadre"):  # see cases, no pupils
        assert page not in look(cast.person(role), day)
    client = stale_client_of(cast.person("registrar"))
    assert f'href="{own}"' in text(client.get(page))


def test_a_village_that_has_answered_is_not_asked_for_it_again(cast, case, look) -> None:
    day = reach(cast, case, "D3")
    assert link(case, Act.ANSWER) in look(cast.person("village_cadre"), day)

    do(cast, case, Act.ANSWER, "village_cadre", day)

    assert link(case, Act.ANSWER) not in look(cast.person("village_cadre"), day)


@pytest.mark.parametrize(("method", "offered"), [("phone", False), ("visit", True)])
def test_a_head_confirms_once_somebody_has_tried_in_person(
    cast, case, look, method, offered
) -> None:
    day = reach(cast, case, "D3")
    do(cast, case, Act.CONTACT, "class_teacher", day, method=method)
    assert (link(case, Act.CONFIRM_DROPOUT) in look(cast.person("head_teacher"), day)) is offered


def test_who_has_signed_for_the_report_is_not_offered_to_sign_again(cast, case, look) -> None:
    day = reach(cast, case, "D3")
    do(cast, case, Act.REPORT_TOWNSHIP, "registrar", day)
    assert link(case, Act.RECEIVE) in look(cast.person("township_officer"), day)

    do(cast, case, Act.RECEIVE, "township_officer", day)

    assert link(case, Act.RECEIVE) not in look(cast.person("township_officer"), day)
    assert link(case, Act.RECEIVE) in look(cast.person("education_office"), day)


def test_a_closure_is_offered_to_whose_turn_it_is(cast, case, look) -> None:
    day = reach(cast, case, "D4")
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", day, outcome="C05")
    township, county = cast.person("township_officer"), cast.person("county_desk")

    assert link(case, Act.CONFIRM_CLOSURE) in look(township, day)
    assert link(case, Act.APPROVE_CLOSURE) not in look(county, day)

    do(cast, case, Act.CONFIRM_CLOSURE, "township_officer", day)
    shown = look(township, day)
    assert link(case, Act.CONFIRM_CLOSURE) not in shown
    assert link(case, Act.REFUSE_CLOSURE) not in shown
    assert link(case, Act.APPROVE_CLOSURE) in look(county, day)
    assert link(case, Act.REFUSE_CLOSURE) in look(county, day)


def test_a_request_that_waits_is_not_offered_again(cast, case, look) -> None:
    day = reach(cast, case, "D4")
    assert link(case, Act.REQUEST_CLOSURE) in look(cast.person("registrar"), day)

    do(cast, case, Act.REQUEST_CLOSURE, "registrar", day, outcome="C05")

    day = school_days(cast, day, 2)[-1]
    assert link(case, Act.REQUEST_CLOSURE) not in look(cast.person("registrar"), day)


# --- the page of an act ---------------------------------------------------------------------------


@pytest.fixture
def form(case, monkeypatch):
    """``form(person, day, act)``: the page of the act as the person opens it by address."""

    def read(person: Person, day: date, act: Act) -> str:
        monkeypatch.setattr(clock, "now", lambda: at(day))
        client = stale_client_of(person)
        return text(client.get(reverse("act", args=[case.number, act])))

    return read


@pytest.mark.parametrize(
    ("act", "role"), [(Act.REGISTER, "registrar"), (Act.ASK_VILLAGE, "registrar")]
)
def test_an_act_that_is_done_says_so_and_leads_back(cast, case, form, act, role) -> None:
    day = reach(cast, case, "D2")
    day = school_days(cast, day, 1)[0]
    assert "不用再办" not in form(cast.person(role), day, act)

    do(cast, case, act, role, day)

    shown = form(cast.person(role), day, act)
    assert f"已于 {day.year}年{day.month}月{day.day}日 办理，不用再办" in shown.replace(
        '<span class="num">', ""
    ).replace("</span>", "")
    assert f'href="{reverse("case", args=[case.number])}"' in shown
    assert 'name="occurred_on"' not in shown


def test_before_the_village_the_roll_closes_as_returned_and_no_form_offers_it(
    cast, case, form
) -> None:
    day = school_days(cast, date(2025, 9, 15), 1)[0]
    registrar = cast.person("registrar")
    assert 'value="C01"' not in form(registrar, day, Act.REQUEST_CLOSURE)
    call_roll(cast, day)

    shown = form(registrar, day, Act.REQUEST_CLOSURE)

    assert 'value="C01"' not in shown
    assert 'value="C15"' in shown
    assert "自动销号，无需申请" in shown


def test_after_the_observation_returned_is_offered(cast, case, form) -> None:
    days = school_days(cast, reach(cast, case, "D3"), 10)
    registrar = cast.person("registrar")
    for day in days[:-1]:
        call_roll(cast, day)
    assert 'value="C01"' not in form(registrar, days[-2], Act.REQUEST_CLOSURE)
    call_roll(cast, days[-1])
    assert 'value="C01"' in form(registrar, days[-1], Act.REQUEST_CLOSURE)


def test_an_outcome_that_is_not_offered_is_refused_with_the_reason(cast, case, monkeypatch) -> None:
    day = reach(cast, case, "D3")
    monkeypatch.setattr(clock, "now", lambda: at(day))
    case.refresh_from_db()
    client = stale_client_of(cast.person("registrar"))
    data = {"version": case.version, "occurred_on": day, "outcome": "C01", "evidence_note": "点名"}
    url = reverse("act", args=[case.number, Act.REQUEST_CLOSURE])
    assert "学生还没有返校" in text(client.post(url, data), 422)
