"""Shows a list of the roster on the screen, with every number masked."""

from functools import partial
from typing import Any

from foundation.accounts.roles import Right
from foundation.lists.columns import TextColumn
from foundation.lists.rows import IdsFirst, QuickRows, Rows, Whole, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from students.roster.lists.columns import NAME, ListColumn, Listing, Reader
from students.roster.lists.reading import read_pupils
from students.roster.models import Enrolment


class ReadColumn(TextColumn):
    """A column of a listing; its text depends on the reader."""

    def __init__(self, column: ListColumn) -> None:
        super().__init__(
            column.heading,
            lambda record, table: column.read(record, table.reader),
            order_by=column.order_by,
            place=column.place,
            url=_pupil_url if column is NAME else None,
        )


def _pupil_url(record: Enrolment, table: Any) -> str:
    return address_of("pupil", record.child_id)


class RosterTable(ListTable):
    """A list of the roster; a row is an enrolment."""

    noun = "人"

    def __init__(self, rows: Any, *, listing: Listing, reader: Reader, **more: Any) -> None:
        self.reader, self.caption, self.code = reader, listing.title, listing.code
        columns = [(column.code, ReadColumn(column)) for column in listing.columns]
        more.setdefault("order_by", listing.order_by)
        super().__init__(rows, extra_columns=columns, **more)


def roster_table(
    rows: Rows, listing: Listing, reader: Reader, known: QuickRows | None = None, **more: Any
) -> RosterTable:
    """The table of the enrolments that ``rows`` selects among those the viewer may see."""
    whole: Whole = read_pupils
    if listing.right is Right.SEE_GROUPS:
        whole = widened(Enrolment, partial(listing.widen, day=reader.day))
    data = IdsFirst(rows, whole, known=known)
    return RosterTable(data, listing=listing, reader=reader, **more)
