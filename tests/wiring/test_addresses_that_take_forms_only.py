"""An address for a form is no page: opened by a link it says so, and no sign-in leads to it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from kongchuo.web.methods import is_page
from tests.browsing import client_of, page
from tests.cast import Cast

CASE, CALL = "/cases/530999-2025-0001/", "/cases/530999-2025-0001/call/1/"


def next_of(address: str) -> str:
    """Where the sign-in leads to."""
    return parse_qs(urlsplit(address).query)["next"][0]


def test_a_form_s_address_opened_by_a_link_has_a_calm_page(cast: Cast) -> None:
    client = client_of(cast.person("village_cadre"))
    answer = client.get(CALL, headers={"Referer": f"http://testserver{CASE}"})
    words = page(answer, 405)
    assert "这个地址不能直接打开" in words
    assert f'href="{CASE}"' in words
    assert answer["Allow"] == "POST"
    assert answer["Content-Length"] == str(len(answer.content))
    assert 'href="/">返回工作台' in page(client.get(CALL), 405)


def test_another_s_page_is_no_way_back(cast: Cast) -> None:
    client = client_of(cast.person("village_cadre"))
    for stood in ("https://elsewhere.example/x/", f"http://testserver{CALL}", "::"):
        words = page(client.get(CALL, headers={"Referer": stood}), 405)
        assert "elsewhere" not in words
        assert f'href="{CALL}"' not in words


@pytest.mark.django_db
def test_who_is_signed_out_is_offered_the_sign_in() -> None:
    client = Client(enforce_csrf_checks=True)
    words = page(client.post(CALL, headers={"Referer": f"http://testserver{CASE}?a=1"}), 403)
    assert "您已经退出登录" in words
    assert "停留太久" not in words
    assert "?next=/cases/530999-2025-0001/%3Fa%3D1" in words


def test_who_is_signed_in_is_told_that_the_page_is_old(cast: Cast) -> None:
    client = client_of(cast.person("village_cadre"), enforce_csrf_checks=True)
    assert "页面停留太久" in page(client.post(CALL), 403)


@pytest.mark.django_db
def test_no_sign_in_leads_to_an_address_for_forms() -> None:
    client = Client()
    stood = {"Referer": f"http://testserver{CASE}"}
    assert next_of(client.post(CALL, headers=stood)["Location"]) == CASE
    assert next_of(client.get(CALL, headers=stood)["Location"]) == CASE
    assert next_of(client.get(CALL)["Location"]) == "/"
    assert next_of(client.get(f"{CASE}?a=1")["Location"]).endswith(f"{CASE}?a=1")


def test_addresses_for_forms_are_known() -> None:
    """By what the decorator keeps; that there are some, and that pages are none of them."""
    assert is_page(CASE)
    assert is_page("/")
    assert not is_page(CALL)
    assert not is_page("/no/such/")
