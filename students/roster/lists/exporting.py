"""Writes a list of the roster as a workbook: the columns, filters and order of the screen, all
rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from tempfile import TemporaryFile
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.downloads import export_mark
from foundation.lists.filters import selected
from foundation.lists.rows import Later
from foundation.workbooks.definition import columns
from foundation.workbooks.listing import ListSheet, write_list
from students.roster.lists.columns import LISTINGS, SCHOOL, ListColumn, Listing, Reader
from students.roster.lists.filters import PupilFilter
from students.roster.lists.tables import roster_table
from students.roster.models import Enrolment, RosterExport

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of a list that the viewer asked for, and its columns."""

    listing: Listing
    filter: PupilFilter

    @property
    def rows(self) -> QuerySet[Enrolment]:
        """The rows; none where a filter cannot be read."""
        found: QuerySet[Enrolment] = selected(self.filter)
        return found

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        """The columns as on the screen: a viewer of one school has no column for the school."""
        if self.filter.has_many_schools:
            return self.listing.columns
        return tuple(column for column in self.listing.columns if column is not SCHOOL)


def choose(
    listing: Listing,
    viewer: Viewer,
    day: date,
    asked: Mapping[str, str],
    right: Right | None = None,
) -> Chosen:
    """Filter a list by the address."""
    rows = Later(Enrolment, partial(listing.rows, viewer, day, right))
    return Chosen(listing, PupilFilter(asked or None, rows, viewer=viewer, day=day))


def in_order(chosen: Chosen, reader: Reader, asked: Mapping[str, str]) -> QuerySet[Enrolment]:
    """Return the rows in the order of the screen."""
    table = roster_table(chosen.rows, chosen.listing, reader)
    if asked.get("sort"):
        table.order_by = asked["sort"]
    return chosen.listing.widen(table.data.data, reader.day)


def write(export: RosterExport, viewer: Viewer, day: date) -> tuple[bytes, list[int]]:
    """Return the bytes of an export and its children, limited to what the viewer may export
    today."""
    chosen = choose(LISTINGS[export.listing], viewer, day, export.asked, right=Right.EXPORT_ROSTER)
    reader = Reader(viewer, day, full=export.with_numbers)
    children: list[int] = []
    with TemporaryFile() as target:
        write_list(
            target, _sheet(export, chosen, viewer), _cells(chosen, reader, export.asked, children)
        )
        target.seek(0)
        return target.read(), children


def _cells(
    chosen: Chosen, reader: Reader, asked: Mapping[str, str], children: list[int]
) -> Iterator[list[str]]:
    reads = [column.read for column in chosen.columns]
    for row in in_order(chosen, reader, asked).iterator(chunk_size=CHUNK):
        children.append(row.child_id)
        yield [read(row, reader) for read in reads]


def _sheet(export: RosterExport, chosen: Chosen, viewer: Viewer) -> ListSheet:
    post: Any = export.post
    ordered = timezone.localtime(export.ordered_at)
    who = f"{viewer.name}（{post.unit} {post.role_label}）"
    return ListSheet(
        name=chosen.listing.title,
        title=chosen.listing.title,
        info=f"填报单位：{post.unit}　　填报日期：{full_day_words(ordered)}　　单位：人",
        mark=export_mark(who, ordered, export.purpose, export.pk),
        columns=columns(*((c.heading, c.width, c.left) for c in chosen.columns)),
        signatures=chosen.listing.signatures,
    )
