"""Fetches a page of a list in two steps: the keys of its rows, then these rows with all they need.

Sorting and counting touch narrow rows only; the wide joins are made for twenty to a hundred rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django_tables2.data import TableListData, TableQuerysetData
from django_tables2.utils import OrderBy

PIECE = 500  # rows of a print that are read and sent at once
HEAD = 100  # keys that are read at first: the longest page
Whole = Callable[[list[int]], Iterable[Any]]
Tell = Callable[[Sequence[Any]], Iterable[Any]]
Rows = QuerySet[Any] | Callable[[], QuerySet[Any]]


Order = tuple[str, ...]  # fields as ``order_by`` takes them


@dataclass(frozen=True, slots=True)
class QuickRows:
    """What prepared queries tell of a list that is often read, so that its rows are not put
    together and compiled anew: the keys of its first so many rows in an order, and their number.
    """

    keys: Callable[[Order, int], list[int]]
    number: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Later:
    """The rows that a set of filters is about, put together only where it is asked for rows."""

    model: Any
    all: Callable[[], QuerySet[Any]]

    def none(self) -> QuerySet[Any]:
        """No rows, where the address cannot be read."""
        return self.all().none()


class IdsFirst(TableQuerysetData):
    """The rows of a list, of which only those of a page are read whole.

    ``rows`` is filtered and scoped, without joins for display, or a function that gives these.
    ``whole`` reads the rows of some keys, in any order, with all that the columns need: a prepared
    query, or ``widened``. ``tell`` turns rows into the records that the columns read, in the same
    order. ``known`` tells of the same rows what prepared queries know.
    """

    model = None  # nothing here asks what the rows are: they may not be put together yet

    def __init__(
        self,
        rows: Rows,
        whole: Whole,
        tell: Tell = list,
        known: QuickRows | None = None,
    ) -> None:
        self._rows, self._known = rows, known
        self._order: Order = ()
        self._sorted: QuerySet[Any] | None = None
        self.whole, self.tell = whole, tell
        self._length: int | None = None
        self._head: list[int] | None = None
        self._pinned: list[int] = []

    def __len__(self) -> int:
        """How many rows there are. A list that ends on its first pages is not counted besides."""
        if self._length is None:
            head = self._first_keys()
            self._length = len(head) if len(head) <= HEAD else self._number()
        return self._length

    def _number(self) -> int:
        return self._known.number() if self._known else self.data.order_by().count()

    def __getitem__(self, key: slice) -> TableListData:
        """Read the records of a page in the order of the list."""
        head = self._first_keys()
        known = key.stop is not None and (key.stop <= HEAD or len(head) <= HEAD)
        keys = head[key] if known else self.keys()[key]
        return TableListData(list(self.tell(self._whole(keys))))

    @property
    def data(self) -> QuerySet[Any]:
        """All rows, in the order of the list."""
        if self._sorted is None:
            rows = self._rows() if callable(self._rows) else self._rows
            self._sorted = self.sort(rows, self._order) if self._order else rows
        return self._sorted

    def order_by(self, aliases: Any) -> None:
        """Sort by the columns; without any that sorts, the order is kept."""
        if fields := tuple(self._fields(aliases)):
            self._order, self._sorted, self._head = fields, None, None

    def _fields(self, aliases: Any) -> Iterator[str]:
        for alias in aliases:
            column = self.table.columns[OrderBy(alias).bare]
            turned = alias[0] != column.order_by_alias[0]
            fields = column.order_by.opposite if turned else column.order_by
            yield from (field.for_queryset() for field in fields)

    @staticmethod
    def sort(rows: QuerySet[Any], order: Order) -> QuerySet[Any]:
        """The rows in an order."""
        return rows.order_by(*order)

    def _first_keys(self) -> list[int]:
        """The keys of the first rows, and of one more if there is one."""
        if self._head is None:
            most, known = HEAD + 1, self._known
            self._head = known.keys(self._order, most) if known else list(self.keys()[:most])
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
