"""Passwords are hashed at OWASP's figures; a hash of former figures is made anew at sign-in."""

from typing import Any

import pytest
from django.conf import settings as usual
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from foundation.accounts.models import Person
from tests.accounts.conftest import is_signed_in, sign_in
from tests.browsing import client_of, page, phone_of
from tests.cast import PASSWORD, Cast

FIGURES = "argon2$argon2id$v=19$m=19456,t=2,p=1$"
HASHERS = list(usual.PASSWORD_HASHERS)


class FormerHasher(Argon2PasswordHasher):
    """Other figures than today's, and cheaper, for the test's sake."""

    time_cost, memory_cost, parallelism = 1, 64, 2


@pytest.fixture(autouse=True)
def _real_hashers(settings: Any, _quick_passwords: None) -> None:
    settings.PASSWORD_HASHERS = HASHERS


@pytest.fixture
def old_hand(cast: Cast) -> Person:
    """A class teacher whose password was hashed at former figures."""
    person = cast.person("class_teacher")
    hasher = FormerHasher()
    person.password = hasher.encode(PASSWORD, hasher.salt())
    person.save()
    return person


def test_a_password_is_hashed_at_the_figures(cast: Cast) -> None:
    person = cast.person("registrar")
    person.set_password(PASSWORD)
    assert person.password.startswith(FIGURES)


def test_a_former_hash_is_made_anew_at_sign_in(old_hand: Person, client: Client) -> None:
    sign_in(client, old_hand.username, "wrong-password-x")
    old_hand.refresh_from_db()
    assert not old_hand.password.startswith(FIGURES)
    sign_in(client, old_hand.username)
    assert is_signed_in(client)
    old_hand.refresh_from_db()
    assert old_hand.password.startswith(FIGURES)


def test_a_trusted_phone_outlives_the_new_hash(
    old_hand: Person, cast: Cast, client: Client
) -> None:
    phone = phone_of(old_hand)
    sign_in(client, old_hand.username)
    page(phone.get(f"/roll/{cast.here.school_class.pk}/"))


def test_an_open_session_outlives_the_new_hash_that_it_caused(old_hand: Person) -> None:
    client = client_of(old_hand)
    client.post("/accounts/password/reauthenticate/", {"password": PASSWORD})
    assert is_signed_in(client)
