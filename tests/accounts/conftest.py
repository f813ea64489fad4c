"""People at the door."""

from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import Person
from tests.cast import PASSWORD, Cast

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Argon2 is slow on purpose; what is tested here does not hang on the hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def teacher(cast: Cast) -> Person:
    """A class teacher who can sign in."""
    return with_password(cast.person("class_teacher"))


@pytest.fixture
def colleague(cast: Cast) -> Person:
    """Somebody of the same school who can sign in."""
    return with_password(cast.person("registrar"))


def with_password(person: Person, password: str = PASSWORD) -> Person:
    """The person with a password."""
    person.set_password(password)
    person.save()
    return person


def sign_in(
    client: Client, login: str, password: str = PASSWORD, address: str = "10.0.0.1", **more: Any
) -> Any:
    """Fill in the form and send it from the address."""
    data = {"login": login, "password": password, **more}
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def is_signed_in(client: Client) -> bool:
    """Whether a page of the inside opens."""
    return client.get("/inbox/").status_code == 200
