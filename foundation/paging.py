"""Pages of a list: 20, 50 or 100 rows, as the address asks."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZES = ("20", "50", "100")


def size_of(request: HttpRequest, usual: int = 20) -> int:
    """The rows a page that the address asks for; anything but the three sizes gives ``usual``."""
    asked = request.GET.get("per_page", "")
    return int(asked) if asked in SIZES else usual


def page_of(request: HttpRequest, rows: Any, usual: int = 20) -> Page:
    """The page that ``page`` and ``per_page`` of the address name; out of range, the nearest."""
    return Paginator(rows, size_of(request, usual)).get_page(request.GET.get("page"))
