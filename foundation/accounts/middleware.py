"""Gives each request its number and its viewer, and commits a row for each refusal."""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.querysets import viewer_on
from foundation.accounts.requests import origin_of
from foundation.accounts.viewer import NOBODY

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """A number on every answer, which a person can read out by telephone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Number the request and its answer."""
        request.number = secrets.token_hex(6)
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request.number
        return response


class ViewerMiddleware:
    """Who reads: the person with today's posts. Answers are never kept by a browser (S59)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Set ``request.viewer``; afterwards note a refusal outside the rolled back transaction."""
        user = request.user
        with clock.held():
            request.viewer = viewer_on(user, clock.today()) if user.is_authenticated else NOBODY
            response = self.get_response(request)
        if user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
            if response.status_code in (403, 404):
                self._note_refusal(request, response.status_code)
        return response

    def _note_refusal(self, request: HttpRequest, status: int) -> None:
        audit.record(
            origin_of(request),
            "refused",
            outcome=str(status),
            details={"path": request.path[:200], "method": request.method},
        )


class PasswordFirstMiddleware:
    """Who still has a password given by others chooses an own one before anything else (S57)."""

    OPEN = frozenset({"account_change_password", "account_logout", "healthz"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Nothing here; see process_view."""
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Send everything else to the page where a password is chosen."""
        user = request.user
        if not user.is_authenticated or not user.must_change_password:
            return None
        if request.resolver_match.url_name in self.OPEN:
            return None
        address = reverse("account_change_password")
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
