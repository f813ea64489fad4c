"""A browser that is signed in already, and small looks at what it was answered."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from foundation.accounts.models import Person

BACKEND = "foundation.accounts.backends.PersonBackend"


def client_of(person: Person, **options: Any) -> Client:
    """A client signed in as the person."""
    client = Client(**options)
    client.force_login(person, backend=BACKEND)
    return client


def page(answer: Any, status: int = 200) -> str:
    """The words of an answer that has the status."""
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()
