"""Pages of a list: 20, 50 or 100 rows, as the address asks."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZES = ("20", "50", "100")


def page_of(request: HttpRequest, rows: Any) -> Page:
    """The page that ``page`` and ``per_page`` of the address name; a wrong one is the nearest."""
    size = request.GET.get("per_page", "")
    paginator = Paginator(rows, int(size) if size in SIZES else int(SIZES[0]))
    return paginator.get_page(request.GET.get("page"))
