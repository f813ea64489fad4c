"""Fetches a page of a list in two steps: the keys of its rows, then these rows with all they need.

Sorting and counting touch narrow rows only; the wide joins are made for twenty to a hundred rows.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django_tables2.data import TableListData, TableQuerysetData

HEAD = 100  # keys that are read at first: the longest page
Widen = Callable[[QuerySet[Any]], QuerySet[Any]]
Tell = Callable[[Sequence[Any]], Iterable[Any]]


class IdsFirst(TableQuerysetData):
    """The rows of a list, of which only those of a page are read whole.

    ``rows`` is filtered and scoped, without joins for display. ``widen`` adds these joins, ``tell``
    turns rows into the records that the columns read, in the same order.
    """

    def __init__(self, rows: QuerySet[Any], widen: Widen, tell: Tell = list) -> None:
        super().__init__(rows)
        self.widen, self.tell = widen, tell
        self._length: int | None = None
        self._head: list[int] | None = None

    def __len__(self) -> int:
        """How many rows there are. A list that ends on its first pages is not counted besides."""
        if self._length is None:
            head = self._first_keys()
            whole = len(head) <= HEAD
            self._length = len(head) if whole else self.data.order_by().count()
        return self._length

    def __getitem__(self, key: slice) -> TableListData:
        """Read the records of a page in the order of the list."""
        head = self._first_keys()
        known = key.stop is not None and (key.stop <= HEAD or len(head) <= HEAD)
        keys = head[key] if known else self.keys()[key]
        return TableListData(list(self.tell(self._whole(keys))))

    def order_by(self, aliases: Any) -> None:
        """Sort by the columns."""
        super().order_by(aliases)
        self._head = None

    def _first_keys(self) -> list[int]:
        """The keys of the first rows, and of one more if there is one."""
        if self._head is None:
            self._head = list(self.keys()[: HEAD + 1])
        return self._head

    def keys(self) -> QuerySet[Any]:
        """The keys of all rows, in the order of the list."""
        return self.data.values_list("pk", flat=True)

    def _whole(self, keys: Iterable[int]) -> list[Any]:
        """The rows of the keys, in their order. The keys come from rows that the viewer may see."""
        wanted = list(keys)
        bare = self.data.model._default_manager.filter(pk__in=wanted)
        found = {row.pk: row for row in self.widen(bare)}
        return [found[key] for key in wanted if key in found]
