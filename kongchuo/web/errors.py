"""Error pages: generic, in Chinese, with the number of the request."""

import sys
from typing import Any

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from psycopg.errors import IdleInTransactionSessionTimeout

from foundation.accounts.viewer import NOBODY
from kongchuo.web.navigation import menu

RETRY_SECONDS = 5


def _page(request: HttpRequest, name: str, status: int, **more: Any) -> HttpResponse:
    # Without the shared context: an error page uses no session and no database. The menu is that of
    # the viewer whom the request has found already.
    nav = menu(getattr(request, "viewer", NOBODY), request.path)
    context = {"number": getattr(request, "number", ""), "request": request, "nav": nav, **more}
    return HttpResponse(render_to_string(f"errors/{name}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400", 400)


def too_long(request: HttpRequest) -> HttpResponse:
    """414: an address longer than any page of ours has."""
    return _page(request, "414", 414)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: inside the viewer's area, without the right."""
    return _page(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: does not exist or lies outside the viewer's area. The page does not tell which."""
    return _page(request, "404", 404)


def form_refused(request: HttpRequest, sign_in_url: str) -> HttpResponse:
    """403 for a form whose page was open for too long; with the sign-in for who is signed out."""
    return _page(request, "csrf", 403, sign_in_url=sign_in_url)


def not_taken(request: HttpRequest, back: str) -> HttpResponse:
    """405: an address for a form, opened by a link. ``back``: the page to go to instead."""
    return _page(request, "405", 405, back=back)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: never shows a traceback, a path or SQL. 503 where the database could not serve."""
    if is_passing(sys.exception()):
        return unavailable(request)
    return _page(request, "500", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away, starting, out of connections, or somebody holds the row."""
    response = _page(request, "503", 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def is_passing(error: BaseException | None) -> bool:
    """Whether the error lies with the database's state, so that the same request may succeed later.

    Among these are a lock or a statement that took too long, and a connection that was ended.
    """
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, Error) and isinstance(error.__cause__, IdleInTransactionSessionTimeout)
