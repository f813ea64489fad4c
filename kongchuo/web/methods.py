"""Addresses that take a form only: opened by a link, asked without a sign-in, or sent too late.

None of them is a page, so none may be where a person is led to: after a sign-in or from an error
page the person goes to the page that the form stood on.
"""

from collections.abc import Callable
from inspect import getclosurevars, isfunction
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve

from kongchuo.web import errors

HOME = "/"


def is_page(path: str) -> bool:
    """Whether a link may lead to the address: it exists and answers a GET."""
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return False
    while isfunction(view):
        # What django.views.decorators.http keeps of the methods it lets through.
        if "GET" not in getclosurevars(view).nonlocals.get("request_method_list", ("GET",)):
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def page_behind(request: HttpRequest) -> str:
    """The page of ours on which the person stood when the form was sent; otherwise the first."""
    stood = urlsplit(request.headers.get("Referer", ""))
    if stood.netloc != request.get_host() or not is_page(stood.path):
        return HOME
    return f"{stood.path}?{stood.query}" if stood.query else stood.path


def sign_in_url(request: HttpRequest) -> str:
    """The sign-in that leads back to the page on which the person stood."""
    address, behind = resolve_url(settings.LOGIN_URL), page_behind(request)
    if behind.split("?")[0] == address:
        return behind
    return f"{address}?{urlencode({'next': behind}, safe='/')}"


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """A form without its key: the page was open for too long, or its sender is signed out.

    A browser without our cookie is signed out; no database is asked.
    """
    is_out = settings.SESSION_COOKIE_NAME not in request.COOKIES
    return errors.form_refused(request, sign_in_url(request) if is_out else "")


class MethodMiddleware:
    """Answers with a calm page where an address takes no such request (405 has no body else)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the answer's headers, among them which requests the address takes."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = errors.not_taken(request, page_behind(request)).content
            response.headers["Content-Length"] = str(len(response.content))
        return response


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in, and from there to a page, never to an address that takes forms only."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Django's own redirect names the address that was asked for: of a form, too, that stands
        on the page of the same address."""
        if is_page(request.path_info):
            return super().handle_no_permission(request, view_func)
        return HttpResponseRedirect(sign_in_url(request))
