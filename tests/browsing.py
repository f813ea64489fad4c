"""A browser that is signed in already, and small looks at what it was answered."""

import secrets
import time
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import NewPhone, trust_phone
from foundation.accounts.audit import Origin
from foundation.accounts.models import Person
from foundation.accounts.querysets import viewer_on
from tests.doers import doing

BACKEND = "foundation.accounts.backends.PersonBackend"


def client_of(person: Person, **options: Any) -> Client:
    """A client in which the person has signed in just now."""
    client = stale_client_of(person, **options)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def stale_client_of(person: Person, **options: Any) -> Client:
    """A client in which the person has signed in some time ago."""
    client = Client(**options)
    client.force_login(person, backend=BACKEND)
    return client


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
