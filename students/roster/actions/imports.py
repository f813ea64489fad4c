"""An uploaded roster from the upload to its end: read, previewed, confirmed or dropped."""

import base64
import hashlib
import json
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.jobs import actions as jobs
from foundation.jobs.actions import JobFailed
from foundation.jobs.models import Job
from students.roster.actions.layouts import (
    corrected,
    forget_layouts,
    keep_cells,
    settle_layout,
    waits_in,
)
from students.roster.actions.writing import SomebodyWasFirst, Writer
from students.roster.cells import text
from students.roster.checking import Place
from students.roster.importing import Roster, check_sheet
from students.roster.mapping import WrongSheet
from students.roster.matching import Plan, plan_roster
from students.roster.models import ImportBatch, ImportPart, ImportRow, School
from students.roster.reading import MAX_BYTES, TOO_BIG, Sheet, Unreadable, read_workbook
from students.roster.register import Known, read_register
from students.roster.restoring import payload_of

Tell = Callable[[int, int, str], None]

READ_TASK = "students.roster.tasks.read_batch"
WRITE_TASK = "students.roster.tasks.write_batch"
EARLIEST = date(2000, 1, 1)
AHEAD = timedelta(days=31)
KEPT_DAYS = timedelta(days=30)  # of the uploaded original, in case of dispute (security 4.7)
ANOTHER_RUNS = "本校另一份名册正在写入，请等它完成后再确认；本批的预览不会丢失。"


@transaction.atomic
def start_import(
    origin: Origin,
    viewer: Viewer,
    school: School,
    file_name: str,
    content: bytes,
    as_of: date,
    now: datetime,
    *,
    asks: bool = False,
) -> ImportBatch:
    """Keep the file sealed and start reading it; raises Refused in words.

    ``as_of`` is the day of which the roster is true: enrolments and class moves begin on it.
    ``now`` is local. ``asks``: the batch waits for a person's word before it is read.
    """
    post = post_for(viewer, school.pk)
    today = now.date()
    _check_upload(content, as_of, today)
    batch = ImportBatch.objects.create(
        school_id=school.pk,
        file_name=Path(file_name).name[-200:],
        file_hash=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=post.id,
        as_of=as_of,
        uploaded_at=now,
    )
    _keep(batch, content)
    if asks:
        batch.state = ImportBatch.ASKED
        batch.save(update_fields=["state"])
    else:
        start_reading(batch, viewer, post, READ_TASK)
    details = {"file": batch.file_name, "sha256": batch.file_hash, "bytes": len(content)}
    audit.record(origin, "upload_roster", "import_batch", batch.pk, details=details)
    _forget_files(today)
    return batch


def start_reading(batch: ImportBatch, viewer: Viewer, post: HeldPost, task: str) -> None:
    """Start the job that reads the batch; the caller holds its lock."""
    title = f"读取名册《{batch.file_name[:80]}》"
    batch.state, batch.problem = ImportBatch.READING, ""
    batch.job = jobs.start(task, title, viewer, post, batch=batch.pk)
    batch.save(update_fields=["state", "problem", "job"])


def read_import(batch_id: int, job: Job, tell: Tell) -> None:
    """Read and compare the file; the batch becomes a preview, or is refused in words.

    Where the sheet does not say by itself which column is which, the batch waits to be told.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.READING:
        return
    school = School.objects.select_related("unit").get(pk=batch.school_id)
    try:
        sheet = _read_parts(batch)
        rows = corrected(batch, sheet.rows)
        layout = settle_layout(batch, rows)
        if layout is None:
            batch.state, batch.sheet_name = ImportBatch.MAPPING, text(sheet.name)[:60]
            batch.save(update_fields=["state", "sheet_name"])
            return
        roster = check_sheet(rows, Place(school.code, batch.as_of), layout)
    except (Unreadable, WrongSheet) as error:
        batch.state, batch.problem = waits_in(batch), str(error)[:400]
        batch.save(update_fields=["state", "problem"])
        return
    tell(0, len(roster.rows), "正在与名册比对")
    register = read_register(school, batch.as_of, roster.rows)
    plans, absent = plan_roster(register, roster)
    _store_rows(batch, plans, absent, tell)
    keep_cells(batch, rows)
    _open_preview(batch, sheet, roster)
    children = {plan.known.child.pk for plan in plans if plan.known}
    origin = Origin(job.person_id, job.post_id)
    audit.record(origin, "compare_roster", "import_batch", batch.pk, children=children)


def confirm_import(origin: Origin, viewer: Viewer, batch_id: int) -> ImportBatch:
    """Start writing a previewed batch; raises Refused when another one of the school is written."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        post = post_for(viewer, batch.school_id)
        settle_failed(school_id=batch.school_id)
        batch.refresh_from_db(fields=["state"])
        if batch.state != ImportBatch.PREVIEW:
            raise Refused(f"这一批名册{batch.state_label}，不能再次确认。")
        title = f"写入名册《{batch.file_name[:80]}》"
        batch.state, batch.problem = ImportBatch.WRITING, ""
        batch.job = jobs.start(WRITE_TASK, title, viewer, post, batch=batch.pk)
        try:
            with transaction.atomic():
                batch.save(update_fields=["state", "problem", "job"])
        except IntegrityError:
            raise Refused(ANOTHER_RUNS) from None
        audit.record(
            origin, "confirm_roster", "import_batch", batch.pk, details={"counts": batch.counts}
        )
    return batch


def write_import(batch_id: int, job: Job, tell: Tell, now: datetime) -> None:
    """Write the whole batch, or nothing with words why (JobFailed)."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.WRITING:
        return
    try:
        written = Writer(batch, tell).write()
    except SomebodyWasFirst as error:
        raise JobFailed(str(error)) from error
    except IntegrityError as error:
        raise JobFailed(
            "预览之后，表中有学生已由他人登记，本批没有写入。请取消本批，重新上传核对。"
        ) from error
    batch.state, batch.done_at = ImportBatch.DONE, now
    batch.save(update_fields=["state", "done_at"])
    audit.record(
        Origin(job.person_id, job.post_id),
        "write_roster",
        "import_batch",
        batch.pk,
        children=written,
        details={"counts": batch.counts},
    )


@transaction.atomic
def drop_import(origin: Origin, viewer: Viewer, batch_id: int) -> ImportBatch:
    """Give a batch up before it is written; what the file said of pupils is forgotten."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    post_for(viewer, batch.school_id)
    settle_failed(pk=batch.pk)
    batch.refresh_from_db(fields=["state"])
    if batch.state in (ImportBatch.READING, ImportBatch.WRITING) or not (
        batch.is_open or batch.state == ImportBatch.REFUSED
    ):
        raise Refused(f"这一批名册{batch.state_label}，不能取消。")
    batch.state = ImportBatch.DROPPED
    batch.save(update_fields=["state"])
    batch.rows.update(payload_sealed="")
    batch.parts.update(content_sealed="")
    forget_layouts(batch=batch)
    audit.record(origin, "drop_roster", "import_batch", batch.pk)
    return batch


def settle_failed(**which: int) -> None:
    """After a failed job: a batch that had been read is a preview again, one read first ends.

    ``which`` limits the batches: job_id, pk or school_id.
    """
    states = (ImportBatch.WRITING, ImportBatch.READING)
    stuck = ImportBatch.objects.filter(job__state=Job.FAILED, state__in=states, **which)
    for batch in stuck.select_related("job"):
        batch.state = waits_in(batch)
        batch.problem = batch.job.problem[:400] if batch.job else ""
        batch.save(update_fields=["state", "problem"])


def post_for(viewer: Viewer, school_id: int) -> HeldPost:
    """The post under which the viewer may import there; raises PermissionDenied."""
    for post in viewer.posts_with(Right.IMPORT_ROSTER):
        if post.unit_id == school_id:
            return post
    raise PermissionDenied


def _check_upload(content: bytes, as_of: date, today: date) -> None:
    if not content:
        raise Refused("文件是空的（0字节）。请检查是否选错了文件。")
    if len(content) > MAX_BYTES:
        raise Refused(TOO_BIG)
    if not EARLIEST <= as_of <= today + AHEAD:
        raise Refused("数据日期应在2000年之后，且不晚于今天之后31天。")


def _keep(batch: ImportBatch, content: bytes) -> None:
    for position, start in enumerate(range(0, len(content), ImportPart.SIZE)):
        part = ImportPart(batch=batch, position=position)
        part.content = base64.b64encode(content[start : start + ImportPart.SIZE]).decode()
        part.save()


def _forget_files(today: date) -> None:
    old = ImportPart.objects.filter(batch__uploaded_at__date__lt=today - KEPT_DAYS)
    old.exclude(content_sealed="").update(content_sealed="")
    forget_layouts(batch__uploaded_at__date__lt=today - KEPT_DAYS)


def _read_parts(batch: ImportBatch) -> Sheet:
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path = Path(folder) / "upload.xlsx"
        with path.open("wb") as file:
            for part in batch.parts.iterator(chunk_size=1):
                file.write(base64.b64decode(part.content))
        return read_workbook(path)


def _store_rows(batch: ImportBatch, plans: list[Plan], absent: list[Known], tell: Tell) -> None:
    rows = [_import_row(batch, plan) for plan in plans]
    rows += [_absent_row(batch, known) for known in absent]
    for start in range(0, len(rows), 500):
        ImportRow.objects.bulk_create(rows[start : start + 500])
        tell(min(start + 500, len(plans)), len(plans), "")
    batch.counts = dict.fromkeys(ImportRow.LABELS, 0) | {"rows": len(plans), "warned": 0}
    for row in rows:
        batch.counts[row.action] += 1
        batch.counts["warned"] += bool(row.warnings)


def _import_row(batch: ImportBatch, plan: Plan) -> ImportRow:
    row = plan.row
    stored = ImportRow(
        batch=batch,
        row_no=row.number,
        action=plan.action,
        name=row.name,
        class_label=row.class_label,
        child=plan.known.child if plan.known else None,
        seen=plan.seen,
        changes=plan.difference.changes,
        problems=row.problems,
        warnings=row.warnings,
    )
    stored.payload = json.dumps(payload_of(row), ensure_ascii=False)
    return stored


def _absent_row(batch: ImportBatch, known: Known) -> ImportRow:
    spell = known.enrolment
    label = spell.school_class.name_on(batch.as_of) if spell else ""
    return ImportRow(
        batch=batch,
        action=ImportRow.ABSENT,
        name=known.child.name,
        class_label=label,
        child=known.child,
    )


def _open_preview(batch: ImportBatch, sheet: Sheet, roster: Roster) -> None:
    batch.sheet_name = text(sheet.name)[:60]
    batch.notes = list(roster.notes)
    if sheet.others:
        names = text("、".join(sheet.others))[:200]
        batch.notes.append(f"只读取了工作表「{batch.sheet_name}」；没有读取：{names}。")
    batch.state = ImportBatch.PREVIEW
    batch.save(update_fields=["sheet_name", "notes", "counts", "state"])
