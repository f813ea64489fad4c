"""A list of another room as a workbook: its rows, with the mark of who ordered it and for what."""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.utils import timezone

from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.downloads import export_mark
from foundation.workbooks.definition import columns
from foundation.workbooks.listing import ListSheet, write_list
from students.roster.lists.books import title_of
from students.roster.models import RosterExport


def write_book(
    export: RosterExport,
    viewer: Viewer,
    heads: Sequence[tuple[str, int, bool]],
    cells: Iterable[Sequence[str]],
) -> bytes:
    """The workbook of an export. ``heads`` are title, width and whether long words wrap."""
    with TemporaryFile() as target:
        write_list(target, _sheet(export, viewer, heads), cells)
        target.seek(0)
        return target.read()


def _sheet(
    export: RosterExport, viewer: Viewer, heads: Sequence[tuple[str, int, bool]]
) -> ListSheet:
    post: Any = export.post
    title, ordered = title_of(export.listing), timezone.localtime(export.ordered_at)
    who = f"{viewer.name}（{post.unit} {post.role_label}）"
    return ListSheet(
        name=title,
        title=title,
        info=f"单位：{post.unit}　　导出日期：{full_day_words(ordered)}",
        mark=export_mark(who, ordered, export.purpose, export.pk),
        columns=columns(*heads),
    )
