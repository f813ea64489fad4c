"""The note from one page to the next: its cookie is sealed, and bound to the host by its name."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from foundation import clock
from kongchuo import settings as product
from tests.browsing import client_of, page
from tests.cast import Cast

NAME = product.FLASH_COOKIE_NAME


def ended(cast: Cast, **options: Any) -> Client:
    """A browser whose last answer carries a note that names a person."""
    client = client_of(cast.person("head_teacher"), **options)
    teacher = cast.person("class_teacher")
    last, unit = f"{clock.today():%Y-%m-%d}", str(cast.here.school.pk)
    data = {"last_day": last, "reason": "调离", "unit": unit}
    assert client.post(f"/staff/{teacher.pk}/leave/", data).status_code == 302
    return client


def test_the_note_is_shown_and_its_cookie_tells_nothing(cast: Cast) -> None:
    client = ended(cast)
    assert "messages" not in client.cookies
    value = client.cookies[NAME].value
    with pytest.raises(signing.BadSignature):
        signing.get_cookie_signer(salt="django.contrib.messages").unsign(value)
    assert value.startswith("v1.")
    assert "离任" in page(client.get("/staff/"))
    assert client.cookies[NAME].value == ""


def test_a_cookie_that_was_changed_is_dropped(cast: Cast) -> None:
    client = ended(cast)
    client.cookies[NAME] = client.cookies[NAME].value[:-4] + "AAAA"
    assert "离任" not in page(client.get("/staff/"))


def test_over_https_the_name_binds_it_to_the_host(cast: Cast, settings: Any) -> None:
    settings.FLASH_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-flash", True
    client = ended(cast)
    cookie = client.cookies["__Host-flash"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert cookie["httponly"]
