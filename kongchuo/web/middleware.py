"""Middleware: health pages, addresses that no row can have, time for reports."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from kongchuo import health
from kongchuo.web import errors
from kongchuo.web.limits import PAGE, REPORT_PAGES, REPORT_STATEMENT

LONGEST_ADDRESS = 4_000  # characters
GetResponse = Callable[[HttpRequest], HttpResponse]


class BareMiddleware:
    """Answers before session, viewer and clock ask the database.

    The health pages must answer without it. An address longer than any filter makes it is told so
    (the web server passes on twice as much and breaks off beyond). A NUL stands in no text of
    PostgreSQL, so an address with one has no page, and could not be noted in the audit either.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer by itself, or pass on."""
        if view := health.PAGES.get(request.path_info):
            return view(request)
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return errors.too_long(request)
        if "\0" in request.path_info or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            return errors.not_found(request)
        return self.get_response(request)


class ReportTimeMiddleware:
    """Gives a statement of a report page more time than one of any other page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Take the time back after the page, for the connection serves the next one."""
        request.has_report_time = False
        response = self.get_response(request)
        if request.has_report_time:
            with suppress(Error):  # where the database is away, the next connection is a new one
                _allow(PAGE["statement_timeout"])
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        """A web process only: what works has more time already."""
        if settings.SERVES_PAGES and request.resolver_match.view_name in REPORT_PAGES:
            request.has_report_time = True
            _allow(REPORT_STATEMENT)


def _allow(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {milliseconds:d}")
