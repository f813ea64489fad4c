"""A browser that is signed in already, and small looks at what it was answered."""

import secrets
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import update_last_login
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import NewPhone, trust_phone
from foundation.accounts.audit import Origin
from foundation.accounts.door.sessions import SessionStore
from foundation.accounts.models import Person
from foundation.accounts.querysets import viewer_on
from tests.doers import doing

BACKEND = "foundation.accounts.backends.PersonBackend"


def client_of(person: Person, **options: Any) -> Client:
    """A client in which the person has signed in just now."""
    now = {"method": "password", "at": time.time(), "reauthenticated": True}
    methods = "account_authentication_methods"
    return _signed_in(person, {methods: [now], f"{methods}_user": str(person.pk)}, options)


def stale_client_of(person: Person, **options: Any) -> Client:
    """A client in which the person has signed in some time ago."""
    return _signed_in(person, {}, options)


def _signed_in(person: Person, more: dict[str, Any], options: dict[str, Any]) -> Client:
    client = Client(**options)
    let_in(client, person, more)
    return client


def let_in(client: Client, person: Person, more: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Give the client what a sign-in some time ago leaves: session, cookie, the last sign-in.

    Django's ``force_login`` writes the session twice and asks django-axes to count the failures,
    fourteen trips to the database; thousands of tests begin with one.
    """
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.update(more)
    session.save(must_create=True)
    update_last_login(Person, person)
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)


def page(answer: Any, status: int = 200) -> str:
    """The words of an answer that has the status."""
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def phone_of(person: Person, **options: Any) -> Client:
    """A client that has no session, but is a phone on which the person calls the roll."""
    viewer, real = viewer_on(person, clock.today()), timezone.localdate()
    new = NewPhone(token=secrets.token_urlsafe(32), label="微信 · 安卓手机", before="", days=30)
    trust_phone(doing(viewer, Origin(person.pk), now=timezone.now()), person, new, real)
    client = Client(**options)
    client.cookies[settings.PHONE_COOKIE_NAME] = new.token
    return client
