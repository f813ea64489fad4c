"""打印全部: every row of a list in one document, written piece by piece.

A county's list of 8,000 pupils takes some seconds and 10 MB. The browser gets each piece when it is
ready, and no more of the list than a piece is held.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

ROWS_A_SHEET = 25  # of A4 across
MANY_SHEETS = 20
PRINT_MOST = 10_000  # rows of one document: 400 sheets; a longer list is printed in parts


@dataclass(frozen=True, slots=True)
class PrintPart:
    """A document of a list that takes several: its number, its first and its last row."""

    number: int
    first: int
    last: int

    @property
    def sheets(self) -> int:
        """About how many sheets it fills; 0 where they are too few to be told."""
        found = ceil((self.last - self.first + 1) / ROWS_A_SHEET)
        return found if found >= MANY_SHEETS else 0


def is_whole_print(request: HttpRequest) -> bool:
    """Whether the address asks for the whole list on paper."""
    return request.GET.get("print") == "all"


def parts_of(total: int) -> list[PrintPart]:
    """The documents in which a list of so many rows is printed, at least one."""
    return [
        PrintPart(number + 1, number * PRINT_MOST + 1, min(total, (number + 1) * PRINT_MOST))
        for number in range(ceil(total / PRINT_MOST) or 1)
    ]


def asked_part(request: HttpRequest, total: int) -> PrintPart:
    """The document that the address asks for by ``page``; beyond the last, the last."""
    parts, asked = parts_of(total), request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    return parts[min(max(number, 1), len(parts)) - 1]


def show_list(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponseBase:
    """The page of a list (``list_context``). A long print is sent piece by piece."""
    table = context["table"]
    if not table.is_long:
        return render(request, template, context, status=status)
    page = render(request, template, context).content
    before, after = page.split(table.PLACE.encode(), 1)
    return StreamingHttpResponse(chain([before], _pieces(table), [after]))


def _pieces(table: Any) -> Iterator[bytes]:
    return (piece.encode() for piece in table.pieces())
