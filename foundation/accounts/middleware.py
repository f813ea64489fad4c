"""Middleware: numbers each request, finds its viewer, and commits an audit row for each refusal."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from foundation import clock
from foundation.accounts import actions, audit
from foundation.accounts.door.cookies import keep_phone
from foundation.accounts.door.trusted import Admitted, admitted_by
from foundation.accounts.factors.rules import FACTOR_UNTIL
from foundation.accounts.limits.rules import OverLimit
from foundation.accounts.querysets import viewer_on
from foundation.accounts.requests import opens_on_phone, origin_of
from foundation.accounts.viewer import NOBODY, Viewer

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Puts a number on every answer, which a person can read out by telephone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Number the request and its answer."""
        request.number = secrets.token_hex(6)
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request.number
        return response


class TrustedPhoneMiddleware:
    """Signs in a trusted phone where the request has no session, for the roll call only (ux 5.2).

    Comes after AuthenticationMiddleware. The session stays anonymous, so every other address still
    asks for the password. A request with a session costs no further query.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Set ``request.phone``, and the user with it; a day's first answer renews the cookie."""
        token = request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
        request.phone = self._phone(request, token) if token else None
        if request.phone is None:
            return self.get_response(request)
        request.user, request.viewer = request.phone.person, request.phone.viewer
        is_first = self._is_first_use(request)
        response = self.get_response(request)
        if is_first and settings.PHONE_COOKIE_NAME not in response.cookies:
            keep_phone(response, token, request.phone.days)
        return response

    def _phone(self, request: Any, token: str) -> Admitted | None:
        if not opens_on_phone(request.path_info) or request.user.is_authenticated:
            return None
        return admitted_by(token, clock.today(), timezone.localdate())

    def _is_first_use(self, request: Any) -> bool:
        real, found = timezone.localdate(), request.phone
        if found.phone.last_used_on >= real:
            return False
        return actions.use_phone(found, origin_of(request), real, timezone.now())


class ViewerMiddleware:
    """Finds the viewer: the person with today's posts. Forbids browsers to store answers (S59)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Set ``request.viewer``; afterwards note a refusal outside the rolled back transaction."""
        user = request.user
        with clock.held():
            request.viewer = self._viewer(request)
            response = self.get_response(request)
        if user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
            if response.status_code in (403, 404):
                self._note_refusal(request, response.status_code)
        return response

    def _viewer(self, request: Any) -> Viewer:
        if request.phone is not None:
            viewer: Viewer = request.phone.viewer
            return viewer
        return viewer_on(request.user, clock.today()) if request.user.is_authenticated else NOBODY

    def _note_refusal(self, request: HttpRequest, status: int) -> None:
        audit.record(
            origin_of(request),
            "refused",
            outcome=str(status),
            details={"path": request.path[:200], "method": request.method},
        )


class LimitMiddleware:
    """Answers a calm page to who did something too often, and tells the bureau (S18, S70)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Nothing here; see process_exception, after the view's transaction was rolled back."""
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OverLimit):
            return None
        limit = exception.limit
        actions.report_limit(request.viewer, origin_of(request), limit, timezone.now())
        return render(request, "errors/limit.html", {"words": limit.words}, status=429)


class PasswordFirstMiddleware:
    """Sends a person with a first password to the page where a new one is chosen (S57)."""

    OPEN = frozenset({"account_change_password", "account_logout"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Nothing here; see process_view."""
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        user = request.user
        if not user.is_authenticated or not user.must_change_password:
            return None
        if request.resolver_match.url_name in self.OPEN or _is_for_all(view):
            return None
        return _lead(request, "account_change_password")


class FactorFirstMiddleware:
    """Sends to the set-up of the second factor who had 14 days to set one (S56).

    The session knows the last of those days, so a page costs no query.
    """

    OPEN = frozenset(
        {
            "factor",
            "set_factor",
            "account_logout",
            "account_change_password",
            "account_reauthenticate",
            "mfa_reauthenticate",
        }
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Nothing here; see process_view."""
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        until = request.session.get(FACTOR_UNTIL) if request.user.is_authenticated else None
        if not until or timezone.localdate() <= date.fromisoformat(until):
            return None
        if request.resolver_match.url_name in self.OPEN or _is_for_all(view):
            return None
        if actions.has_factor(request.user):  # set meanwhile in another window
            del request.session[FACTOR_UNTIL]
            return None
        return _lead(request, "set_factor")


def _lead(request: Any, name: str) -> HttpResponseBase:
    address = reverse(name)
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _is_for_all(view: Any) -> bool:
    """Whether nobody need be signed in for it (login_not_required), as for the manual."""
    return not getattr(view, "login_required", True)
