"""The case page offers no act that is done already or that its guard would refuse."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.policy import Act
from foundation import clock
from foundation.accounts.models import Person
from tests.cases.steps import a_case, at, do, reach, school_days
from tests.cast import Cast, make_child
from tests.roster.pages import BACKEND, text

pytestmark = pytest.mark.django_db

VISITS = (date(2025, 9, 25), date(2025, 9, 26), date(2025, 9, 28))


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast, make_child(cast.here))


@pytest.fixture
def look(case, monkeypatch):
    """``look(person, day)``: the case page as the person reads it on the day."""

    def read(person: Person, day: date) -> str:
        monkeypatch.setattr(clock, "now", lambda: at(day))
        client = Client()
        client.force_login(person, BACKEND)
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

    assert (link(case, Act.SERVE_ORDER) in shown) is offered
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
    client = Client()
    client.force_login(cast.person("registrar"), BACKEND)
    assert f'href="{own}"' in text(client.get(page))


def test_a_village_that_has_answered_is_not_asked_for_it_again(cast, case, look) -> None:
    day = reach(cast, case, "D3")
    assert link(case, Act.ANSWER) in look(cast.person("village_cadre"), day)

    do(cast, case, Act.ANSWER, "village_cadre", day)

    assert link(case, Act.ANSWER) not in look(cast.person("village_cadre"), day)


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
