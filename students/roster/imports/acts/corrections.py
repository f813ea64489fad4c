"""Correcting a preview: typed cells, the returned error workbook, and columns that keep our
values."""

import base64
import hashlib
import json
import tempfile
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.jobs.actions import JobFailed
from foundation.jobs.models import Job
from foundation.tablefiles.cell import Cell
from foundation.tablefiles.reading import MAX_BYTES, TOO_BIG, Unreadable, read_workbook
from students.roster.imports.acts.answers import REREAD_TASK
from students.roster.imports.acts.batches import Tell, post_for, start_reading
from students.roster.imports.acts.layouts import as_json, cells_of
from students.roster.imports.acts.previews import read_import
from students.roster.imports.books.error_book import WrongBook, returned_rows
from students.roster.imports.differences import CLASS
from students.roster.imports.new_classes import new_classes
from students.roster.imports.reading.cells import text
from students.roster.imports.reading.pupil_row import ASKS_ID
from students.roster.models import (
    ImportBatch,
    ImportCells,
    ImportLayout,
    ImportRow,
    ReturnedBook,
)

LONGEST = 300  # characters of a typed cell
Typed = Mapping[int, Mapping[int, str]]  # row number → position → what was typed


@transaction.atomic
def correct_rows(doer: Doer, batch_id: int, typed: Typed) -> ImportBatch:
    """Keep what was typed into refused rows and read the batch again; raises Refused."""
    batch, post = _preview(doer.viewer, batch_id)
    known = newest_cells(batch)
    fresh = {
        row_no: _with(cells_of(known[row_no]), cells)
        for row_no, cells in typed.items()
        if row_no in known and _differs(cells_of(known[row_no]), cells)
    }
    if not fresh:
        raise Refused("没有改动任何一格。请在标出的格里改正后再保存。")
    _keep(batch, fresh, post.id, doer.now)
    start_reading(batch, doer.viewer, post, REREAD_TASK)
    details = {"rows": sorted(fresh)}
    audit.record(doer.origin, "correct_roster", "import_batch", batch.pk, details=details)
    return batch


@transaction.atomic
def return_book(
    doer: Doer,
    batch_id: int,
    file_name: str,
    content: bytes,
) -> ImportBatch:
    """Take the corrected error workbook and read the batch again with its rows; raises Refused."""
    batch, post = _preview(doer.viewer, batch_id)
    if not content:
        raise Refused("文件是空的（0字节）。请检查是否选错了文件。")
    if len(content) > MAX_BYTES:
        raise Refused(TOO_BIG)
    book = ReturnedBook(
        batch=batch,
        file_name=Path(file_name).name[-200:],
        file_hash=hashlib.sha256(content).hexdigest(),
        returned_by_id=post.id,
        returned_at=doer.now,
    )
    book.content = base64.b64encode(content).decode()
    book.save()
    start_reading(batch, doer.viewer, post, REREAD_TASK)
    details = {"file": book.file_name, "sha256": book.file_hash, "bytes": len(content)}
    audit.record(doer.origin, "return_error_book", "import_batch", batch.pk, details=details)
    return batch


@transaction.atomic
def keep_columns(doer: Doer, batch_id: int, labels: Collection[str]) -> ImportBatch:
    """Choose the columns in which the roster's values stay; all others follow the file."""
    batch, _ = _preview(doer.viewer, batch_id)
    layout, _ = ImportLayout.objects.get_or_create(batch=batch)
    offered = set(changed_columns(batch))
    layout.kept = [label for label in dict.fromkeys(labels) if label in offered]
    layout.save(update_fields=["kept"])
    details = {"kept": layout.kept}
    audit.record(doer.origin, "keep_columns", "import_batch", batch.pk, details=details)
    return batch


@transaction.atomic
def deny_classes(doer: Doer, batch_id: int, keys: Collection[str]) -> ImportBatch:
    """Refuse the rows whose class a person said is written wrong, and read the batch again.

    ``keys`` name classes that the batch would open. The rows then wait to be corrected like any
    other refused row; raises Refused when no such class is left.
    """
    batch, post = _preview(doer.viewer, batch_id)
    wrong = [one for one in new_classes(batch) if one.key in keys]
    if not wrong:
        raise Refused("表中已没有这些班级，请刷新页面后再看。")
    layout, _ = ImportLayout.objects.get_or_create(batch=batch)
    layout.denied = [*layout.denied, *([one.school_id, one.name] for one in wrong)]
    layout.save(update_fields=["denied"])
    start_reading(batch, doer.viewer, post, REREAD_TASK)
    details = {"classes": [one.key for one in wrong]}
    audit.record(doer.origin, "deny_classes", "import_batch", batch.pk, details=details)
    return batch


@transaction.atomic
def stand_by_rows(doer: Doer, batch_id: int) -> ImportBatch:
    """Import the rows as they are whose birth date or sex contradict the ID number; raises Refused.

    The person has looked at the papers. Rows in which something else is wrong still wait.
    """
    batch, post = _preview(doer.viewer, batch_id)
    numbers = doubted_rows(batch)
    if not numbers:
        raise Refused("没有与身份证件号不一致的行，请刷新页面后再看。")
    layout, _ = ImportLayout.objects.get_or_create(batch=batch)
    layout.sure = sorted({*layout.sure, *numbers})
    layout.save(update_fields=["sure"])
    start_reading(batch, doer.viewer, post, REREAD_TASK)
    details = {"rows": numbers}
    audit.record(doer.origin, "stand_by_rows", "import_batch", batch.pk, details=details)
    return batch


@transaction.atomic
def leave_row_out(doer: Doer, batch_id: int, row_no: int) -> ImportBatch:
    """Choose not to import a refused row, or one that asks a question; raises Refused.

    The batch is read again, since another row may have been refused because of this one.
    """
    batch, post = _preview(doer.viewer, batch_id)
    waits = (ImportRow.REFUSED, ImportRow.ASKED)
    if not batch.rows.filter(row_no=row_no, action__in=waits).exists():
        raise Refused("这一行没有需要处理的问题，请刷新页面后再看。")
    return _choose_rows(doer, batch, post, row_no, "leave_row_out")


@transaction.atomic
def take_row_back(doer: Doer, batch_id: int, row_no: int) -> ImportBatch:
    """Import after all a row that was left out; raises Refused."""
    batch, post = _preview(doer.viewer, batch_id)
    if row_no not in left_out(batch):
        raise Refused("这一行没有选择不导入，请刷新页面后再看。")
    return _choose_rows(doer, batch, post, row_no, "take_row_back")


def left_out(batch: ImportBatch) -> list[int]:
    """Return the numbers of the rows that a person chose not to import."""
    found = ImportLayout.objects.filter(batch=batch).values_list("left_out", flat=True).first()
    return sorted(found or [])


def _choose_rows(
    doer: Doer, batch: ImportBatch, post: HeldPost, row_no: int, verb: str
) -> ImportBatch:
    layout, _ = ImportLayout.objects.get_or_create(batch=batch)
    layout.left_out = sorted({*layout.left_out} ^ {row_no})
    layout.save(update_fields=["left_out"])
    start_reading(batch, doer.viewer, post, REREAD_TASK)
    audit.record(doer.origin, verb, "import_batch", batch.pk, details={"row": row_no})
    return batch


def doubted_rows(batch: ImportBatch) -> list[int]:
    """Return the refused rows whose birth date or sex contradict the ID number."""
    rows = batch.rows.filter(action=ImportRow.REFUSED, problems__contains=[ASKS_ID])
    return [number for number in rows.values_list("row_no", flat=True) if number]


def changed_columns(batch: ImportBatch) -> dict[str, int]:
    """Return the columns in which the file differs from the roster, with the number of rows."""
    counts: dict[str, int] = {}
    rows = batch.rows.filter(action__in=ImportRow.WRITES, child__isnull=False)
    for changes in rows.values_list("changes", flat=True).iterator(chunk_size=2_000):
        for label in {change["label"] for change in changes} - {CLASS}:
            counts[label] = counts.get(label, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def reread_import(batch_id: int, job: Job, tell: Tell) -> None:
    """Read a batch again: its file, its corrected rows, its chosen columns."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.READING:
        return
    for book in batch.books.filter(row_count__isnull=True, problem=""):
        _take(batch, book)
    said = batch.rows.exclude(answer="").values_list("row_no", "answer", "child_id")
    answers = {row_no: (answer, child) for row_no, answer, child in said if row_no}
    # Nothing is deleted: the rows of the earlier reading stay, emptied of pupils' data.
    batch.rows.update(action=ImportRow.REPLACED, row_no=None, payload_sealed="")
    batch.chunks.update(content_sealed="")
    read_import(batch_id, job, tell, answers)
    batch.refresh_from_db(fields=["problem"])
    if batch.problem:  # the new reading failed, so the earlier preview stands
        raise JobFailed(batch.problem)


def newest_cells(batch: ImportBatch) -> dict[int, ImportCells]:
    """Return the newest cells of each refused row by row number; omits rows whose cells were
    emptied."""
    refused = batch.rows.filter(action=ImportRow.REFUSED).values("row_no")
    rows = ImportCells.objects.filter(batch=batch, row_no__in=refused).order_by("id")
    return {row.row_no: row for row in rows if row.content_sealed}


def _preview(viewer: Viewer, batch_id: int) -> tuple[ImportBatch, HeldPost]:
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    post = post_for(viewer, batch.school_id)
    if batch.state != ImportBatch.PREVIEW:
        raise Refused(f"这一批名册{batch.state_label}，不能再改正。")
    return batch, post


def _take(batch: ImportBatch, book: ReturnedBook) -> None:
    """Turn the rows of a returned workbook into corrections. One wrong row refuses them all."""
    try:
        refused = newest_cells(batch)
        fresh = returned_rows(str(batch.uuid), _rows_of(book), refused)
    except (Unreadable, WrongBook) as error:
        book.problem = str(error)[:400]
    else:
        _keep(batch, fresh, book.returned_by_id, book.returned_at)
        book.row_count = len(fresh)
    book.content_sealed = ""
    book.save(update_fields=["problem", "row_count", "content_sealed"])


def _rows_of(book: ReturnedBook) -> list[list[Cell]]:
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path = Path(folder) / "upload.xlsx"
        path.write_bytes(base64.b64decode(book.content))
        return read_workbook(path).rows


def _keep(batch: ImportBatch, rows: Mapping[int, list[Cell]], post_id: int, now: datetime) -> None:
    fresh = []
    for row_no, cells in rows.items():
        stored = ImportCells(batch=batch, row_no=row_no, corrected_by_id=post_id, corrected_at=now)
        stored.content = json.dumps(as_json(cells), ensure_ascii=False)
        fresh.append(stored)
    ImportCells.objects.bulk_create(fresh, batch_size=500)


def _with(cells: list[Cell], typed: Mapping[int, str]) -> list[Cell]:
    cells = cells + [None] * (max(typed) + 1 - len(cells))
    for at, words in typed.items():
        if words != text(cells[at]):
            cells[at] = words[:LONGEST]
    return cells


def _differs(cells: list[Cell], typed: Mapping[int, str]) -> bool:
    return any(words != text(cells[at] if at < len(cells) else None) for at, words in typed.items())
