"""Pages of a list: 20, 50 or 100 rows, as the address asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django_tables2.templatetags.django_tables2 import table_page_range

SIZES = ("20", "50", "100")


def size_of(request: HttpRequest, usual: int = 20) -> int:
    """The rows a page that the address asks for; anything but the three sizes gives ``usual``."""
    asked = request.GET.get("per_page", "")
    return int(asked) if asked in SIZES else usual


def page_of(request: HttpRequest, rows: Any, usual: int = 20) -> Page:
    """The page that ``page`` and ``per_page`` of the address name; out of range, the nearest."""
    return Paginator(rows, size_of(request, usual)).get_page(request.GET.get("page"))


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number of the paging: where it leads. Without an address it is this page, or 「…」."""

    number: str
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The paging of a list: earlier and later page, numbers, sizes. An address may be empty."""

    before: str
    after: str
    numbers: tuple[PageLink, ...]
    sizes: tuple[PageLink, ...]


def links_of(page: Page, asked: QueryDict) -> PageLinks:
    """Where the paging leads, with the filters and the order of the address.

    The address is written once: to write it anew for each number took a twelfth of a page's time.
    """
    paginator: Any = page.paginator
    kept, sized = _without(asked, "page"), _without(asked, "page", "per_page")
    many, last = paginator.num_pages > 1, paginator.num_pages
    return PageLinks(
        before=f"?{kept}page={page.number - 1}" if page.number > 1 else "",
        after=f"?{kept}page={page.number + 1}" if page.number < last else "",
        numbers=tuple(_numbers(page, kept)) if many else (),
        sizes=tuple(
            PageLink(size, "" if size == str(paginator.per_page) else f"?{sized}per_page={size}")
            for size in SIZES
        )
        if paginator.count > int(SIZES[0])
        else (),
    )


def _numbers(page: Page, kept: str) -> Iterable[PageLink]:
    for number in table_page_range(page, page.paginator):
        leads = number not in ("...", page.number)
        url = f"?{kept}page={number}" if leads else ""
        yield PageLink("…" if number == "..." else str(number), url, number == page.number)


def _without(asked: QueryDict, *names: str) -> str:
    """The address without some of its parameters, to be written before another one."""
    kept = asked.copy()
    for name in names:
        kept.pop(name, None)
    return f"{kept.urlencode()}&" if kept else ""
