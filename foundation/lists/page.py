"""What every page of a list shows: a page of its rows or all of them, totals, columns."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from foundation.accounts import audit
from foundation.accounts.requests import Request, origin_of
from foundation.lists.table import ListTable, paged

PRINT_MOST = 1_000  # rows of one 打印全部; further rows are on the next page
_NOT_KEPT = ("page", "per_page", "print", "view")  # of the address, by a saved view and 打印全部


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as its page shows it (templates/tables/list.html, _buttons.html).

    ``query`` is the address without page and size: filters, order and columns. ``others`` is what
    it holds besides the columns. ``unit`` heads the paper, ``bulk`` is where selected rows go.
    """

    table: ListTable
    total: int
    prints_all: bool
    left_out: int
    is_filtered: bool
    query: str
    path: str
    unit: str
    others: list[tuple[str, str]]
    bulk: str = ""


def list_context(
    request: Request, table: ListTable, filters: Collection[str], *, verb: str, kind: str = "child"
) -> dict[str, Any]:
    """Page, sort and choose columns by the address; record the children that are read.

    Returns the context ``table`` and ``list``. ``filters`` are the names of the list's filters in
    the address. Raises OverLimit after too many lists (foundation/accounts/limits).
    """
    prints_all = request.GET.get("print") == "all"
    table.choose(request.GET.getlist("cols"))
    paged(table, request, PRINT_MOST if prints_all else 0)
    audit.record(origin_of(request), verb, kind, children=table.children)
    total = table.paginator.count
    shown = ShownList(
        table=table,
        total=total,
        prints_all=prints_all,
        left_out=total - len(table.records) if prints_all else 0,
        is_filtered=any(request.GET.get(name) for name in filters),
        query=kept_query(request.GET),
        path=request.path,
        unit="、".join(post.unit_name for post in request.viewer.posts),
        others=_without_columns(request.GET),
    )
    return {"table": table, "list": shown}


def kept_query(asked: QueryDict) -> str:
    """The address's filters, order and columns, for 打印全部, 导出 and saved views."""
    kept = asked.copy()
    for name in _NOT_KEPT:
        kept.pop(name, None)
    return str(kept.urlencode())


def _without_columns(asked: QueryDict) -> list[tuple[str, str]]:
    """The address without columns, as hidden fields of the form that chooses them."""
    kept = ((name, values) for name, values in asked.lists() if name not in (*_NOT_KEPT, "cols"))
    return [(name, value) for name, values in kept for value in values]
