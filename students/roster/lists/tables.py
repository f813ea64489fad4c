"""Shows a list of the roster on the screen, with every number masked."""

from typing import Any

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest
from django.urls import reverse
from django_tables2 import RequestConfig

from foundation.paging import size_of
from students.roster.lists.columns import NAME, ListColumn, Listing, Reader
from students.roster.models import Enrolment


class ReadColumn(tables.Column):
    """A column of a listing; its text depends on the reader."""

    def __init__(self, column: ListColumn, **more: Any) -> None:
        super().__init__(
            column.heading,
            accessor="pk",
            order_by=column.order_by or None,
            orderable=bool(column.order_by),
            attrs={"td": {"class": column.place}} if column.place else {},
            linkify=_pupil_url if column is NAME else None,
            **more,
        )
        self.read = column.read

    def render(self, record: Enrolment, table: "ListTable") -> str:
        return self.read(record, table.reader) or "—"


def _pupil_url(record: Enrolment) -> str:
    return reverse("pupil", args=[record.child_id])


class ListTable(tables.Table):
    """A list of the roster; a row is an enrolment."""

    empty_text = "没有符合条件的学生。"

    def __init__(self, rows: Any, *, listing: Listing, reader: Reader, **more: Any) -> None:
        self.reader, self.caption = reader, listing.title
        columns = [(column.code, ReadColumn(column)) for column in listing.columns]
        more.setdefault("order_by", listing.order_by)
        super().__init__(rows, extra_columns=columns, **more)


def paged(table: tables.Table, request: HttpRequest, size: int = 0) -> tables.Table:
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
