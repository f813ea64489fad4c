"""Columns of lists. A column reads its text from the record of a row and from the table."""

from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from html import escape
from typing import Any

import django_tables2 as tables
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.filling import compiled, escaped, filled

Read = Callable[[Any, Any], Any]
EMPTY = "—"
MOST_DRAWN = 2_048  # cells of plain values that are kept drawn


class TextColumn(tables.Column):
    """A column: ``read(record, table)`` gives its text, ``url`` where the text leads.

    ``place`` is the column's place on a phone (templates/tables/list.html). ``order_by`` names the
    fields of the rows that it sorts by; without any it cannot be sorted.
    """

    def __init__(
        self,
        heading: str,
        read: Read,
        *,
        order_by: Sequence[str] = (),
        place: str = "",
        url: Read | None = None,
    ) -> None:
        sorts = bool(order_by)
        super().__init__(heading, accessor="pk", order_by=order_by or None, orderable=sorts)
        self.read, self.place, self.url = read, place, url

    def __deepcopy__(self, memo: dict[int, Any]) -> "TextColumn":
        """A copy for one table. Nothing that it holds is changed by a table."""
        return copy(self)

    def cell(self, record: Any, table: Any) -> str:
        """The content of the cell, escaped."""
        words = escaped(self.read(record, table) or EMPTY)
        if self.url and (url := self.url(record, table)):
            return f'<a href="{escape(url)}">{words}</a>'
        return words


class PartColumn(TextColumn):
    """A column drawn by a template; ``read(record, table)`` gives the template's context.

    ``plain``: the context holds words, days and frozen values only, so that what was drawn for one
    page serves every other.
    """

    def __init__(
        self, heading: str, template: str, read: Read, *, plain: bool = False, **more: Any
    ) -> None:
        super().__init__(heading, read, **more)
        self.template, self.plain = template, plain

    def cell(self, record: Any, table: Any) -> str:
        """The template's output; empty without a context. Rows that say the same are drawn once."""
        told = self.read(record, table)
        if not told:
            return ""
        if self.plain:
            return _drawn(self.template, tuple(told.items()))
        key = (self.template, repr(told))
        if key not in table.drawn_parts:
            table.drawn_parts[key] = str(compiled(self.template).render(Context(told)))
        return str(table.drawn_parts[key])


class FilledColumn(TextColumn):
    """A column drawn by a template into which every row puts its own words.

    ``read(record, table)`` gives these words by name; without any the cell is empty. The template
    is drawn once (foundation/filling.py).
    """

    def __init__(self, heading: str, template: str, read: Read, **more: Any) -> None:
        super().__init__(heading, read, **more)
        self.template = template

    def cell(self, record: Any, table: Any) -> str:
        """The template with the words of the row."""
        told = self.read(record, table)
        return filled(self.template, **told) if told else ""


def badge(words: str, tone: str = "") -> SafeString:
    """Words on the colour of a state: good, warn, bad, info, or none."""
    return format_html('<span class="badge{}">{}</span>', f" badge-{tone}" if tone else "", words)


def button(url: str, words: str, of: str = "", *, quiet: bool = False) -> SafeString:
    """A link in the row of a list; ``of`` names the row to a screen reader."""
    return format_html(
        '<a class="btn btn-small{}" href="{}">{}<span class="sr-only">{}</span></a>',
        " btn-quiet" if quiet else "",
        url,
        words,
        f"：{of}" if of else "",
    )


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(template: str, told: tuple[tuple[str, Any], ...]) -> str:
    """What a template makes of plain values: the same badges and days stand on page after page."""
    return str(compiled(template).render(Context(dict(told))))
