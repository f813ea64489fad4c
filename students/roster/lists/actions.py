"""Exporting a list: a stated purpose, an audit row with every child, a file kept for a day
(S25)."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import AuditEvent, Unit
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.jobs import actions as jobs
from students.roster.lists.books import noun_of, rights_of, takes_two, title_of
from students.roster.models import ExportPart, RosterExport

AT_ONCE = 2_000  # rows; an export with more runs in the background (ux 5.3)
NEEDS_TWO_FROM = 200  # rows with full numbers, each L3, that a second person agrees to (S25)
KEPT = timedelta(hours=24)
TASK = "students.roster.tasks.write_export"


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export: the list, its filters, the purpose, and whether numbers are in full."""

    listing: str
    title: str
    asked: dict[str, str]
    purpose: str
    with_numbers: bool
    rows: int


@transaction.atomic
def order_export(doer: Doer, order: ExportOrder) -> RosterExport:
    """Record the export; a large one starts as a job. ``now`` is local time.

    One of many full numbers waits for a second person (seconding.py).
    """
    post = post_with(doer.viewer, *rights_of(order.listing))
    assert doer.viewer.person_id is not None  # a viewer with a post is a person
    forget_exports(doer.now)
    export = RosterExport(
        listing=order.listing,
        asked=order.asked,
        purpose=order.purpose,
        with_numbers=order.with_numbers,
        rows=order.rows,
        needs_second=takes_two(order.listing, order.rows)
        or (order.with_numbers and order.rows >= NEEDS_TWO_FROM),
        file_name=_file_name(post, order, doer.now),
        person_id=doer.viewer.person_id,
        post_id=post.id,
        ordered_at=doer.now,
        expires_at=doer.now + KEPT,
    )
    export.save()
    if export.needs_second:
        _note(doer.origin, "order_export", export)
    elif order.rows > AT_ONCE:
        start_job(export, doer.viewer, post)
        export.save(update_fields=["job"])
        _note(doer.origin, "order_export", export)
    return export


def start_job(export: RosterExport, viewer: Viewer, post: HeldPost) -> None:
    """Let the worker write the list. The caller saves the export's job."""
    title = f"导出{title_of(export.listing)}（{export.rows}{noun_of(export.listing)}）"
    export.job = jobs.start(TASK, title, viewer, post, export=export.pk)


def note_export(origin: Origin, export: RosterExport, children: Iterable[int]) -> None:
    """Write the audit row that leads from a leaked file to its downloader: number, children,
    purpose."""
    _note(origin, "export_roster", export, children)


@transaction.atomic
def keep_export(
    origin: Origin, export: RosterExport, content: bytes, children: Iterable[int]
) -> None:
    """Keep a large file sealed until it is downloaded."""
    if export.parts.exists():
        return
    size = ExportPart.SIZE
    for position, start in enumerate(range(0, len(content), size)):
        part = ExportPart(export=export, position=position)
        part.content = base64.b64encode(content[start : start + size]).decode()
        part.save()
    note_export(origin, export, children)


@transaction.atomic
def hand_out(doer: Doer, export_id: int) -> bytes:
    """Return the bytes of a kept file to its owner, for a day and three times at most (S25).

    Raises Refused otherwise.
    """
    export = RosterExport.objects.select_for_update().get(pk=export_id)
    post_with(doer.viewer, *rights_of(export.listing))
    parts = list(export.parts.all())
    if not parts:
        raise Refused("文件还没有生成。请稍后刷新本页；仍没有的，请重新导出。")
    if not export.is_open_at(doer.now) or not all(part.content_sealed for part in parts):
        raise Refused("文件已过有效期或已达下载次数，不能再下载。请重新导出。")
    export.downloads += 1
    export.save(update_fields=["downloads"])
    _note(doer.origin, "download_export", export, _children_of(export))
    return b"".join(base64.b64decode(part.content) for part in parts)


def _children_of(export: RosterExport) -> list[int]:
    """The children of a written list, as its audit row names them."""
    rows = AuditEvent.objects.filter(
        person_id=export.person_id,
        verb="export_roster",
        kind="roster_export",
        object_id=export.pk,
    )
    return list(rows.values_list("children", flat=True).first() or [])


def forget_exports(now: datetime) -> int:
    """Empty the files whose day is over; returns how many. The export itself stays on record."""
    old = ExportPart.objects.filter(export__expires_at__lte=now).exclude(content_sealed="")
    return old.update(content_sealed="")


def _file_name(post: HeldPost, order: ExportOrder, now: datetime) -> str:
    """茂兰中学_学生名册_20261123.xlsx: no child's name or number (S19)."""
    unit = str(Unit.objects.get(pk=post.unit_id))
    return f"{unit.replace('/', '')}_{order.title}_{now:%Y%m%d}.xlsx"


def _note(origin: Origin, verb: str, export: RosterExport, children: Iterable[int] = ()) -> None:
    details = {
        "listing": export.listing,
        "asked": export.asked,
        "numbers": export.with_numbers,
        "rows": export.rows,
    }
    audit.record(
        origin,
        verb,
        "roster_export",
        export.pk,
        children=children,
        reason=export.purpose,
        details=details,
    )
