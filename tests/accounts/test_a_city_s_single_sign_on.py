"""A city's single sign-on opens an account that exists, and nothing that the door would refuse."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import oidc_provider_mock
import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Person
from tests.accounts.conftest import is_signed_in, sign_in, with_password
from tests.accounts.test_a_second_factor import code_of, give, set_up
from tests.accounts.test_accounts_unused_are_sealed import unused_for
from tests.browsing import page
from tests.cast import Cast

CITY = "/accounts/city/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _by_environment(settings: Any, provider: str) -> None:
    settings.OIDC_SERVER, settings.OIDC_NAME = provider, "市统一身份认证"
    settings.OIDC_CLAIM = "phone_number"
    app = {
        "provider_id": "city",
        "name": settings.OIDC_NAME,
        "client_id": "kongchuo",
        "secret": "secret",
        "settings": {
            "server_url": provider,
            "oauth_pkce_enabled": True,
            "scope": ["openid", "phone"],
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def officer(cast: Cast) -> Person:
    person = with_password(cast.person("village_cadre"))
    Person.objects.filter(pk=person.pk).update(username="13900001111")
    person.refresh_from_db()
    return person


def through(client: Client, provider: str, phone: str, start: str = CITY) -> Any:
    """Our link, the provider's page, and its way back to us."""
    httpx.put(f"{provider}/users/{phone}", json={"phone_number": phone}).raise_for_status()
    there = client.get(start)["Location"]
    assert there.startswith(provider)
    agreed = httpx.post(there, data={"sub": phone})
    back = urlsplit(agreed.headers["location"])
    return client.get(f"{back.path}?{back.query}")


@pytest.mark.parametrize("phone", ["13900001111", "+86 139-0000-1111"])
def test_it_signs_in_whose_account_the_claim_names(
    client: Client, provider: str, officer: Person, phone: str
) -> None:
    assert "用「市统一身份认证」登录" in page(client.get("/accounts/login/"))
    assert through(client, provider, phone)["Location"] == "/"
    assert is_signed_in(client)
    row = AuditEvent.objects.get(verb="signed_in")
    assert (row.object_id, row.outcome) == (officer.pk, "done")


def test_it_leads_to_the_page_one_asked_for(client: Client, provider: str, officer: Person) -> None:
    there = through(client, provider, officer.username, f"{CITY}?next=/inbox/%3Fshow%3Dall")
    assert there["Location"] == "/inbox/?show=all"
    other = Client()
    away = through(other, provider, officer.username, f"{CITY}?next=https://evil.example/")
    assert away["Location"] == "/"


def test_who_has_no_account_gets_a_calm_page_and_none_is_made(
    client: Client, provider: str, officer: Person
) -> None:
    before = Person.objects.count()
    words = page(through(client, provider, "13999999999"), 403)
    assert "没有与它对应的账号" in words
    assert Person.objects.count() == before
    assert not is_signed_in(client)


def test_a_sealed_account_stays_sealed(client: Client, provider: str, officer: Person) -> None:
    unused_for(officer, 181)
    assert "按规定封存" in page(through(client, provider, officer.username), 403)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_active": False}, "该账号已停用"),
        ({"password": "!nothing"}, "还没有开通"),
        (
            {"must_change_password": True, "first_password_until": timezone.now()},
            "首次登录密码已过期",
        ),
    ],
)
def test_what_the_door_refuses_it_refuses(
    client: Client, provider: str, officer: Person, change: dict[str, Any], words: str
) -> None:
    Person.objects.filter(pk=officer.pk).update(**change)
    assert words in page(through(client, provider, officer.username), 403)
    assert not is_signed_in(client)


def test_a_locked_account_stays_locked(client: Client, provider: str, officer: Person) -> None:
    for n in range(10):
        sign_in(Client(), officer.username, f"wrong-{n}", "127.0.0.1")
    page(through(client, provider, officer.username), 403)
    assert not is_signed_in(client)


def test_the_second_factor_is_asked_all_the_same(
    client: Client, provider: str, officer: Person
) -> None:
    secret = set_up(officer)
    assert through(client, provider, officer.username)["Location"] == "/accounts/code/"
    assert not is_signed_in(client)
    give(client, code_of(secret))
    assert is_signed_in(client)


def test_an_answer_that_was_not_asked_for_opens_nothing(
    client: Client, provider: str, officer: Person
) -> None:
    answer = client.get(f"{CITY}city/back/?code=made-up&state=made-up")
    assert "没有完成登录" in page(answer, 502)


def test_a_provider_that_is_away_is_said_so(client: Client, cast: Cast, settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:9"}
    assert "没有完成登录" in page(client.get(CITY), 502)


def test_without_an_address_in_the_environment_there_is_no_such_door(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.OIDC_SERVER, settings.SOCIALACCOUNT_PROVIDERS = "", {}
    assert "统一身份认证" not in page(client.get("/accounts/login/"))
    assert client.get(CITY).status_code == 404
    assert client.get(f"{CITY}city/back/").status_code == 404
