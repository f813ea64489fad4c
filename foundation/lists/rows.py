"""Fetches a page of a list in two steps: the keys of its rows, then these rows with all they need.

Sorting and counting touch narrow rows only; the wide joins are made for twenty to a hundred rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django_tables2.data import TableListData, TableQuerysetData

PIECE = 500  # rows of a print that are read and sent at once
HEAD = 100  # keys that are read at first: the longest page
Whole = Callable[[list[int]], Iterable[Any]]
Tell = Callable[[Sequence[Any]], Iterable[Any]]


class IdsFirst(TableQuerysetData):
    """The rows of a list, of which only those of a page are read whole.

    ``rows`` is filtered and scoped, without joins for display. ``whole`` reads the rows of some
    keys, in any order, with all that the columns need: a prepared query, or ``widened``. ``tell``
    turns rows into the records that the columns read, in the same order.
    """

    data: QuerySet[Any]

    def __init__(self, rows: QuerySet[Any], whole: Whole, tell: Tell = list) -> None:
        super().__init__(rows)
        self.whole, self.tell = whole, tell
        self._length: int | None = None
        self._head: list[int] | None = None
        self._pinned: list[int] = []

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

    def pin(self, first: int, last: int, beside: str) -> list[Any]:
        """Fix the rows of a print by their places in the list; returns their values of ``beside``.

        What is recorded while the print is sent changes neither its rows nor their order.
        """
        told = list(self.data.values_list("pk", beside or "pk")[first - 1 : last])
        self._pinned = [key for key, _ in told]
        return [value for _, value in told if beside]

    @property
    def pinned(self) -> int:
        """How many rows are fixed for a print."""
        return len(self._pinned)

    @property
    def pinned_keys(self) -> list[int]:
        """The keys of the rows that are fixed for a print."""
        return list(self._pinned)

    def pieces(self) -> Iterator[list[Any]]:
        """The records of the fixed rows, PIECE by PIECE."""
        for start in range(0, len(self._pinned), PIECE):
            yield list(self.tell(self._whole(self._pinned[start : start + PIECE])))

    def _whole(self, keys: Iterable[int]) -> list[Any]:
        """The rows of the keys, in their order. The keys come from rows that the viewer may see."""
        wanted = list(keys)
        found = {row.pk: row for row in self.whole(wanted)} if wanted else {}
        return [found[key] for key in wanted if key in found]


class WorkedOut(TableListData):
    """The rows of a list that no queryset gives: they are worked out whole, and are few.

    A row has an attribute of every name by which a column sorts, and ``child_id`` where it tells of
    a child.
    """

    def __init__(self, rows: Iterable[Any]) -> None:
        super().__init__(list(rows))
        self._pinned: list[Any] = []

    def pin(self, first: int, last: int, beside: str) -> list[Any]:
        """Fix the rows of a print by their places; returns their values of ``beside``."""
        self._pinned = self.data[first - 1 : last]
        return [getattr(row, beside) for row in self._pinned] if beside else []

    @property
    def pinned(self) -> int:
        """How many rows are fixed for a print."""
        return len(self._pinned)

    def pieces(self) -> Iterator[list[Any]]:
        """The fixed rows, PIECE by PIECE."""
        for start in range(0, len(self._pinned), PIECE):
            yield self._pinned[start : start + PIECE]


def widened(model: Any, widen: Callable[[QuerySet[Any]], QuerySet[Any]]) -> Whole:
    """Reads the rows of keys by a queryset to which ``widen`` adds its joins."""
    return lambda keys: widen(model._default_manager.filter(pk__in=keys))
