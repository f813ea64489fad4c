"""Error pages: generic, in Chinese, with the number of the request."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    # Without the shared context: an error page uses no session and no database.
    context = {"number": getattr(request, "number", ""), "request": request}
    return HttpResponse(render_to_string(f"errors/{name}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: inside the viewer's area, without the right."""
    return _page(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: does not exist or lies outside the viewer's area. The page does not tell which."""
    return _page(request, "404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: never shows a traceback, a path or SQL."""
    return _page(request, "500", 500)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """403 for a form whose page was open for too long."""
    return _page(request, "csrf", 403)
