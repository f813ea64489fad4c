"""The heads of a list's columns: their words, and where a click on them sorts."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from foundation.lists.table import ListTable


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column. ``sorts`` is the address that sorts by it, or empty.

    ``order`` is ascending, descending, or empty; ``icon`` the sign beside the words.
    """

    heading: str
    place: str
    order: str
    sorts: str

    @property
    def icon(self) -> str:
        """The sign of the order."""
        return {"ascending": "up", "descending": "down"}.get(self.order, "sort")


def heads_of(table: ListTable, asked: QueryDict, *, sorts: bool) -> list[Head]:
    """The heads of the columns that are shown; without ``sorts`` none of them is a link."""
    kept = asked.copy()
    for name in (table.prefixed_order_by_field, table.prefixed_page_field):
        kept.pop(name, None)
    query = f"{kept.urlencode()}&" if kept else ""
    field = table.prefixed_order_by_field
    return [_head(column, f"?{query}{field}=" if sorts else "") for column in table.columns]


def _head(bound: Any, address: str) -> Head:
    """The head of a column; ``address`` ends where the order is to be named."""
    order = ""
    if bound.is_ordered:
        order = "descending" if bound.order_by_alias.is_descending else "ascending"
    leads = bool(address) and bound.orderable
    place = bound.column.place
    return Head(
        str(bound.header), place, order, f"{address}{bound.order_by_alias.next}" if leads else ""
    )
