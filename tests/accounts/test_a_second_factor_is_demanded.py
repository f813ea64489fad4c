"""Roles that the county lists have 14 days to set a second factor; nobody else is asked."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import set_parameter
from foundation.accounts.models import Parameter, Person
from tests.accounts.conftest import sign_in, with_password
from tests.accounts.test_a_second_factor import set_up
from tests.browsing import client_of, page
from tests.cast import Cast

SET = "/accounts/factor/set/"
FIRST = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())
BANNER = "请在3月16日以前设好"


def signed_in(person: Person, days: int) -> Client:
    """The person's browser, signed in so many days after the first time."""
    client = Client()
    with time_machine.travel(FIRST + timedelta(days=days)):
        sign_in(client, person.username)
    return client


def home(client: Client, days: int) -> tuple[int, str]:
    with time_machine.travel(FIRST + timedelta(days=days)):
        answer = client.get("/inbox/")
    return answer.status_code, answer.get("Location") or answer.content.decode()


@pytest.mark.parametrize(
    "role", ["registrar", "township_officer", "county_desk", "bureau_leader", "auditor"]
)
def test_for_14_days_a_banner_says_until_when_and_then_every_page_leads_there(
    cast: Cast, role: str
) -> None:
    person = with_password(cast.person(role))
    status, words = home(signed_in(person, 0), 0)
    assert status == 200
    assert BANNER in words
    status, words = home(signed_in(person, 14), 14)
    assert status == 200
    assert BANNER in words
    late = signed_in(person, 15)
    assert home(late, 15) == (302, SET)
    with time_machine.travel(FIRST + timedelta(days=15)):
        assert "供验证器扫描的二维码" in page(late.get(SET))
        assert page(late.get("/accounts/logout/"))


@pytest.mark.parametrize("role", ["class_teacher", "village_cadre", "head_teacher"])
def test_others_are_not_asked(cast: Cast, role: str) -> None:
    person = with_password(cast.person(role))
    assert "动态码，请在" not in home(signed_in(person, 0), 0)[1]
    assert home(signed_in(person, 40), 40)[0] == 200


def test_the_days_of_grace_begin_with_the_first_sign_in(cast: Cast) -> None:
    person = with_password(cast.person("registrar"))
    assert home(signed_in(person, 100), 100)[0] == 200
    person.refresh_from_db()
    assert person.factor_asked_on == date(2026, 6, 10)


def test_who_has_set_one_sees_no_banner(cast: Cast) -> None:
    person = with_password(cast.person("registrar"))
    set_up(person)
    client = Client()
    sign_in(client, person.username)
    assert client.session.get("factor_until") is None


def test_who_sets_one_in_another_window_works_on_in_the_first(cast: Cast) -> None:
    person = with_password(cast.person("registrar"))
    signed_in(person, 0)
    late = signed_in(person, 15)
    assert home(late, 15) == (302, SET)
    set_up(person)
    assert home(late, 15)[0] == 200


def test_a_county_that_lists_nobody_asks_nobody(cast: Cast) -> None:
    set_parameter(cast.county, "S56", [], date(2026, 1, 1), "县文〔2026〕1号")
    person = with_password(cast.person("county_desk"))
    assert "动态码，请在" not in home(signed_in(person, 0), 0)[1]


def test_the_county_chooses_the_roles_on_the_page_of_parameters(cast: Cast) -> None:
    client = client_of(cast.person("county_desk"))
    address = "/parameters/factor_roles/change/"
    words = page(client.get(address))
    assert 'type="checkbox"' in words
    assert "班主任" in words
    data = {
        "value": ["county_desk", "class_teacher"],
        "valid_from": timezone.localdate().isoformat(),
        "source": "县教体发〔2026〕15号",
        "reason": "先从县里开始",
    }
    shown = page(client.post(address, data))
    assert "班主任" in shown
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    client.post(address, {**data, "step": "confirm", "seen": seen})
    row = Parameter.objects.get(code="S56")
    assert row.value == ["county_desk", "class_teacher"]
    assert "教育局基教股" in page(client.get("/parameters/"))
