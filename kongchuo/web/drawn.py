"""Parts of lists that stand many times on every page, filled in at once (foundation/filling.py)."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from foundation.filling import filled
from foundation.lists.heads import Head
from foundation.lists.table import ColumnChoice
from foundation.pages.paging import links_of
from kongchuo.web import icons


def field_of_filters(field: Any) -> SafeString:
    """A field of the row of filters, with what is wrong with it."""
    told = field.form.errors.get(field.name, ()) if field.form.is_bound else ()
    errors = (filled("parts/_filter_error.html", key=field.auto_id, error=one) for one in told)
    return filled(
        "parts/_filter.html",
        key=field.id_for_label,
        label=field.label,
        widget=field.as_widget(),
        errors=mark_safe("".join(errors)),
    )


def heads(shown: Iterable[Head]) -> SafeString:
    """The heads of the columns of a list."""
    return _joined(
        filled(
            "tables/_head.html",
            heading=one.heading,
            place=one.place,
            order=one.order,
            sorts=one.sorts,
            icon=sign(one.icon) if one.sorts else "",
        )
        for one in shown
    )


def choices(offered: Iterable[ColumnChoice]) -> SafeString:
    """The columns of a list to choose from."""
    return _joined(
        filled(
            "tables/_choice.html",
            name=one.name,
            heading=one.heading,
            shown=one.is_shown,
            fixed=one.is_fixed,
        )
        for one in offered
    )


def paging(page: Any, asked: QueryDict) -> SafeString:
    """The paging of a list, with the address that was asked."""
    links = links_of(page, asked)
    numbers = _joined(
        filled("parts/_page_link.html", number=one.number, url=one.url, is_current=one.is_current)
        for one in links.numbers
    )
    sizes = _joined(
        filled("parts/_page_size.html", number=one.number, url=one.url) for one in links.sizes
    )
    return filled(
        "parts/_page_links.html",
        total=str(page.paginator.count),
        start=str(page.start_index()),
        end=str(page.end_index()),
        number=str(page.number),
        last=str(page.paginator.num_pages),
        before=links.before,
        after=links.after,
        numbers=numbers,
        sizes=sizes,
    )


def sign(name: str) -> SafeString:
    """The sign of that name (kongchuo/web/icons.py)."""
    return mark_safe(icons.SIGNS.get(name) or icons.svg(name))


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))
