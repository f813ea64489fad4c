"""A fresh proof of who is there, at most 10 minutes old, before an act of weight (S56).

The proof is the sign-in itself, or since then the password, or the code where a factor is set.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponseBase

from foundation.accounts.models import Person

View = Callable[..., HttpResponseBase]


def ask_again(request: HttpRequest) -> None:
    """Lead to the page that asks for a proof, where there is no fresh one; the act goes on after
    it. Raises what AccountMiddleware turns into that page."""
    raise_if_reauthentication_required(request, app="")


def fresh_to_post(view: View) -> View:
    """A view whose POST asks for a fresh proof first."""

    @wraps(view)
    def asking(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            ask_again(request)
        return view(request, *args, **kwargs)

    return asking


def note_fresh(request: HttpRequest, person: Person) -> None:
    """Whoever has just signed in is not asked again for 10 minutes."""
    record_authentication(request, person, "sign_in", reauthenticated=True)
