"""Before an act of weight a proof of who is there is asked for, at most 10 minutes old (S56)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import Person, Post
from tests.accounts.conftest import sign_in, with_password
from tests.accounts.test_a_second_factor import code_of, set_up
from tests.browsing import page, stale_client_of
from tests.cast import PASSWORD, Cast, make_child
from tests.staff.test_the_pages_of_people import new_person

PASSWORD_PAGE, CODE_PAGE = "/accounts/password/reauthenticate/", "/accounts/code/again/"


@pytest.fixture(autouse=True)
def _a_school_day() -> Iterator[None]:
    with time_machine.travel(datetime(2025, 9, 12, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def head(cast: Cast) -> Person:
    return with_password(cast.person("head_teacher"))


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("head_teacher", "/staff/add/"),
        ("head_teacher", "/staff/sheet/confirm/"),
        ("registrar", "/roster/export/pupils/"),
        ("county_desk", "/people/requests/1/confirm/"),
    ],
)
def test_who_signed_in_long_ago_is_asked_first(cast: Cast, role: str, address: str) -> None:
    make_child(cast.here)
    client = stale_client_of(with_password(cast.person(role)))
    answer = client.post(address, {"purpose": "核对本校名册，开学前"})
    assert answer["Location"].startswith(PASSWORD_PAGE)


def test_a_grant_goes_on_after_the_password(cast: Cast, head: Person) -> None:
    client = stale_client_of(head)
    asked = client.post("/staff/add/", new_person(cast))["Location"]
    assert not Post.objects.filter(person__username="13900001111").exists()
    done = client.post(asked, {"password": PASSWORD, "next": "/staff/add/"})
    assert "林一新" in page(done)
    assert Post.objects.filter(person__username="13900001111").exists()


def test_a_grant_goes_on_after_the_code_where_one_is_set(cast: Cast, head: Person) -> None:
    secret = set_up(head)
    client = stale_client_of(head)
    asked = client.post("/staff/add/", new_person(cast))["Location"]
    assert asked.startswith(CODE_PAGE)
    client.post(asked, {"code": code_of(secret), "next": "/staff/add/"})
    assert Post.objects.filter(person__username="13900001111").exists()


@pytest.mark.parametrize(("minutes", "asked"), [(9, False), (11, True)])
def test_the_sign_in_itself_is_fresh_for_ten_minutes(
    cast: Cast, head: Person, minutes: int, asked: bool
) -> None:
    client = Client()
    sign_in(client, head.username)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        answer = client.post("/staff/add/", {})
    assert (answer.status_code == 302) is asked
