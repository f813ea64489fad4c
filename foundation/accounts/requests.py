"""Reads a request: viewer, address, number. Checks the right that a view asks for."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone

from foundation import clock
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.history.signing import sign_changes
from foundation.accounts.models import Person
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer


class Request(HttpRequest):
    """A request after our middleware has run."""

    viewer: Viewer
    number: str


def client_address(request: HttpRequest) -> str | None:
    """The caller's address. A forwarded address is believed only from known proxies."""
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.TRUSTED_PROXIES and len(claimed) >= settings.TRUSTED_PROXIES:
        return str(claimed[-settings.TRUSTED_PROXIES].strip()) or None
    return request.META.get("REMOTE_ADDR") or None


def origin_of(request: HttpRequest, post: HeldPost | None = None) -> Origin:
    """The origin that audit rows and events carry."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    held = post or (viewer.posts[0] if viewer.posts else None)
    return Origin(
        person_id=viewer.person_id,
        post_id=held.id if held else None,
        address=client_address(request),
        request_id=getattr(request, "number", ""),
        phone_id=viewer.phone_id,
    )


def doer_of(request: HttpRequest, post: HeldPost | None = None) -> Doer:
    """The person who acts by this request, with today's date and the moment."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return Doer(viewer, origin_of(request, post), clock.today(), clock.now())


def account_doer_of(request: HttpRequest, post: HeldPost | None = None) -> Doer:
    """The same for acts on accounts, which use the real clock even in a demo."""
    return replace(doer_of(request, post), now=timezone.now())


def origin_by(request: HttpRequest, person: Person | None) -> Origin:
    """The origin at sign-in and sign-out, where the request has no viewer."""
    return Origin(
        person_id=person.pk if person else None,
        address=client_address(request),
        request_id=getattr(request, "number", ""),
    )


View = Callable[..., HttpResponseBase]


def needs(*rights: Right) -> Callable[[View], View]:
    """A view that only a viewer with one of the rights may open today; others get 403."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(request.viewer.has(right) for right in rights):
                raise PermissionDenied
            if request.method == "POST":
                sign_changes(origin_of(request))
            return view(request, *args, **kwargs)

        guarded.rights = rights  # type: ignore[attr-defined]
        return guarded

    return wrap


def on_trusted_phone(view: View) -> View:
    """Marks a view that a trusted phone opens without a session: roll call and sign-out."""
    view.opens_on_phone = True  # type: ignore[attr-defined]
    return view


def opens_on_phone(path: str) -> bool:
    """Whether the view of the address carries that mark."""
    try:
        return getattr(resolve(path).func, "opens_on_phone", False)
    except Resolver404:
        return False


def is_loopback(address: str) -> bool:
    """Whether an http address leads to the very machine on which it is typed."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def address_on_slips(request: HttpRequest) -> dict[str, Any]:
    """For a page of slips: the address printed on them, and whether no other machine opens it."""
    address = request.build_absolute_uri("/")
    return {"address": address, "only_here": is_loopback(address)}
