"""The base of every list: a django-tables2 table whose columns the reader may choose."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import RequestConfig

from foundation.lists.columns import TextColumn
from foundation.paging import size_of


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row as the template writes it: its key, its name to a screen reader, its cells."""

    key: int
    name: str
    cells: SafeString
    may_pick: bool = True


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
    ``child_of`` the child that reading a row is recorded for.
    """

    code: str = ""
    noun: ClassVar[str] = "条"
    fixed: ClassVar[frozenset[str]] = frozenset({"name"})
    rare: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, rows: Any, *, absent: Collection[str] = (), **more: Any) -> None:
        super().__init__(rows, **more)
        self.absent = frozenset(absent)
        self.row_number = 0
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

    @cached_property
    def records(self) -> list[Any]:
        """The records of the page."""
        return [row.record for row in self.paginated_rows]

    @property
    def children(self) -> list[int]:
        """The children on the page."""
        found = (self.child_of(record) for record in self.records)
        return [child for child in found if child is not None]

    def drawn(self) -> Iterator[DrawnRow]:
        """The rows of the page as the template writes them.

        A cell carries its column's heading and place for a phone. ``row_number`` is the place of
        the row that is drawn in the whole list.
        """
        shown = [(one.column, _opening(one)) for one in self.columns]
        for number, record in enumerate(self.records, start=self.page.start_index()):
            self.row_number = number
            cells = "".join(f"{tag}{column.cell(record, self)}</td>" for column, tag in shown)
            yield DrawnRow(
                self.key_of(record), self.name_of(record), mark_safe(cells), self.may_pick(record)
            )

    def name_of(self, record: Any) -> str:
        """The words that name the row to a screen reader."""
        column: TextColumn = self.columns["name"].column
        return str(column.read(record, self))


def _opening(bound: Any) -> str:
    """The start of each cell of a column."""
    place = format_html(' class="{}"', bound.column.place) if bound.column.place else ""
    return format_html('<td role="cell"{} data-label="{}">', place, bound.header)


def paged(table: ListTable, request: HttpRequest, size: int = 0) -> ListTable:
    """Sort and page a table by the address; a page beyond the end is the last one."""
    RequestConfig(request, paginate=False).configure(table)
    size = size or size_of(request)
    try:
        table.paginate(page=request.GET.get("page", 1), per_page=size)
    except PageNotAnInteger:
        table.paginate(page=1, per_page=size)
    except EmptyPage:
        table.paginate(page=table.paginator.num_pages, per_page=size)
    return table
