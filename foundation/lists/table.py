"""The base of every list: a django-tables2 table whose columns the reader may choose."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import RequestConfig

from foundation.lists.columns import TextColumn
from foundation.pages.paging import size_of


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that the reader may show or hide."""

    name: str
    heading: str
    is_shown: bool
    is_fixed: bool


class ListTable(tables.Table):
    """A list. Its columns are TextColumns, its rows usually IdsFirst.

    ``code`` names the list in saved views, ``noun`` counts its rows. ``fixed`` columns are always
    shown, ``rare`` ones only when chosen. ``key_of`` gives the key by which a row is selected,
    ``child_of`` the child that reading a row is recorded for, ``child_path`` leads to that child
    from the rows; it is empty where rows tell of no child.
    """

    PLACE: ClassVar[str] = "<!-- rows -->"  # where the rows of a long print are put in
    LONG: ClassVar[int] = 1_000  # rows of a print from which on it is sent piece by piece

    code: str = ""
    noun: ClassVar[str] = "条"
    usual: ClassVar[int] = 20  # rows a page, unless the address asks for another of the sizes
    fixed: ClassVar[frozenset[str]] = frozenset({"name"})
    rare: ClassVar[frozenset[str]] = frozenset()
    child_path: ClassVar[str] = "child_id"

    def __init__(self, rows: Any, *, absent: Collection[str] = (), **more: Any) -> None:
        super().__init__(rows, **more)
        self.absent = frozenset(absent)
        self.row_number, self.has_ticks, self._first = 0, False, 1
        self._printed: list[Any] | None = None
        self.drawn_parts: dict[tuple[str, str], str] = {}
        self.choose(())

    @staticmethod
    def key_of(record: Any) -> int:
        """The key by which the row is selected."""
        return int(record.pk)

    @staticmethod
    def child_of(record: Any) -> int | None:
        """The child that the row tells of."""
        found: int | None = record.child_id
        return found

    def may_pick(self, record: Any) -> bool:
        """Whether the row may be selected for the list's bulk acts."""
        return True

    @property
    def has_picks(self) -> bool:
        """Whether a row of the page may be selected."""
        return any(map(self.may_pick, self.records))

    def choose(self, names: Collection[str]) -> None:
        """Show the named columns and the fixed ones; without a known name, the usual ones."""
        known = {column.name for column in self.columns.iterall()} - self.absent
        wanted = known & set(names) or known - self.rare
        self.is_chosen = bool(known & set(names))
        for name in known | self.absent:
            shown = name in known and (name in wanted or name in self.fixed)
            (self.columns.show if shown else self.columns.hide)(name)

    @property
    def choices(self) -> list[ColumnChoice]:
        """The columns to choose from, in their order."""
        return [
            ColumnChoice(one.name, str(one.header), one.visible, one.name in self.fixed)
            for one in self.columns.iterall()
            if one.name not in self.absent
        ]

    @property
    def shape(self) -> str:
        """How a row stands on a phone: one of ``lines``, or of ``cards`` where none is named."""
        places = (one.column.place for one in self.columns)
        return "lines" if any("cell-name" in place.split() for place in places) else "cards"

    def pin(self, first: int, last: int) -> None:
        """Print the rows from one place of the list to another, instead of a page."""
        self._first, self._printed = first, self.data.pin(first, last, self.child_path)

    @property
    def is_long(self) -> bool:
        """Whether a print is sent piece by piece (printing.py)."""
        return bool(self.data.pinned > self.LONG)

    @cached_property
    def records(self) -> list[Any]:
        """The records of the page."""
        return [row.record for row in self.paginated_rows]

    @property
    def children(self) -> list[int]:
        """The children on the page, or in the print."""
        if self._printed is not None:
            return [child for child in self._printed if child is not None]
        if not self.child_path:
            return []
        found = (self.child_of(record) for record in self.records)
        return [child for child in found if child is not None]

    def body(self) -> SafeString:
        """The rows of the page, written at once: a template would ask each cell the same again.

        A cell carries its column's heading and place for a phone, a row that may be picked for a
        bulk act its tick. Of a long print it is the place where its pieces are put in.
        """
        return mark_safe(self.PLACE if self.is_long else "".join(self.pieces()))

    def pieces(self) -> Iterator[str]:
        """The rows, as many at once as are read at once."""
        if self._printed is None:
            yield self._written(self.records, self.page.start_index())
            return
        first = self._first
        for records in self.data.pieces():
            yield self._written(records, first)
            first += len(records)

    def _written(self, records: list[Any], first: int) -> str:
        """Rows as HTML. ``row_number`` is the place of the row that is drawn in the whole list."""
        shown = [(one.column, _opening(one)) for one in self.columns]
        rows = []
        for number, record in enumerate(records, start=first):
            self.row_number = number
            cells = "".join(f"{tag}{column.cell(record, self)}</td>" for column, tag in shown)
            rows.append(f'<tr role="row" data-row>{self._tick(record)}{cells}</tr>\n')
        return "".join(rows)

    def _tick(self, record: Any) -> str:
        """The cell by which the row is selected; it is empty where no act is for the row."""
        if not self.has_ticks:
            return ""
        box = (
            f'<input type="checkbox" name="pk" value="{self.key_of(record)}" form="bulk"'
            f' aria-label="选择{escape(self.name_of(record))}">'
        )
        tick = box if self.may_pick(record) else ""
        return f'<td role="cell" class="cell-pick no-print">{tick}</td>'

    def name_of(self, record: Any) -> str:
        """The words that name the row to a screen reader."""
        column: TextColumn = self.columns["name"].column
        return str(column.read(record, self))


def _opening(bound: Any) -> str:
    """The start of each cell of a column."""
    place = format_html(' class="{}"', bound.column.place) if bound.column.place else ""
    return format_html('<td role="cell"{} data-label="{}">', place, bound.header)


def sorted_by(table: ListTable, request: HttpRequest) -> None:
    """Sort a table by the address."""
    RequestConfig(request, paginate=False).configure(table)


def paged(table: ListTable, request: HttpRequest) -> ListTable:
    """Page a table by the address; a page beyond the end is the last one."""
    size = size_of(request, table.usual)
    try:
        table.paginate(page=request.GET.get("page", 1), per_page=size)
    except PageNotAnInteger:
        table.paginate(page=1, per_page=size)
    except EmptyPage:
        table.paginate(page=table.paginator.num_pages, per_page=size)
    return table
