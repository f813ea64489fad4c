"""An import from the upload to its end: start, confirm, write, or drop."""

import base64
import hashlib
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.jobs import actions as jobs
from foundation.jobs.actions import JobFailed
from foundation.jobs.models import Job
from foundation.tablefiles.reading import COUNTY, SCHOOL, Limits
from foundation.tablefiles.words import too_big
from students.roster.imports import questions
from students.roster.imports.acts.groups import forget_groups, write_groups
from students.roster.imports.acts.layouts import forget_layouts, waits_in
from students.roster.imports.acts.turns import end_turns, schools_of, take_turns
from students.roster.imports.acts.writing import ImportOvertaken, Writer
from students.roster.imports.later_work import marks_now
from students.roster.imports.new_classes import new_classes
from students.roster.models import ImportBatch, ImportChunk, ImportPart, School

Tell = Callable[[int, int, str], None]

READ_TASK = "students.roster.tasks.read_batch"
WRITE_TASK = "students.roster.tasks.write_batch"
EARLIEST = date(2000, 1, 1)
AHEAD = timedelta(days=31)
NOTHING_NEW = "可以导入的行与名册完全一致，没有写入任何改动。"
KEPT_DAYS = timedelta(
    days=30
)  # how long the uploaded file is kept, in case of dispute (security 4.7)


@transaction.atomic
def start_import(
    doer: Doer,
    school: School | None,
    file_name: str,
    content: bytes,
    as_of: date,
    *,
    asks: bool = False,
) -> ImportBatch:
    """Keep the file sealed and start reading it; raises Refused with a Chinese reason.

    Without a school it is the county's sheet, with pupils of many schools. The roster is true on
    the day ``as_of``: enrolments and class moves begin on it. With ``asks`` the batch waits for a
    person before it is read.
    """
    post = post_for(doer.viewer, school.pk if school else None)
    today = doer.now.date()
    _check_upload(content, as_of, today, SCHOOL if school else COUNTY)
    batch = ImportBatch.objects.create(
        school_id=school.pk if school else None,
        file_name=Path(file_name).name[-200:],
        file_hash=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=post.id,
        as_of=as_of,
        uploaded_at=doer.now,
    )
    _keep(batch, content)
    if asks:
        batch.state = ImportBatch.ASKED
        batch.save(update_fields=["state"])
    else:
        start_reading(batch, doer.viewer, post, READ_TASK)
    details = {"file": batch.file_name, "sha256": batch.file_hash, "bytes": len(content)}
    audit.record(doer.origin, "upload_roster", "import_batch", batch.pk, details=details)
    _forget_files(today)
    return batch


def start_reading(batch: ImportBatch, viewer: Viewer, post: HeldPost, task: str) -> None:
    """Start the job that reads the batch. The caller holds the batch's lock."""
    title = f"读取名册《{batch.file_name[:80]}》"
    batch.state, batch.problem = ImportBatch.READING, ""
    batch.job = jobs.start(task, title, viewer, post, batch=batch.pk)
    batch.save(update_fields=["state", "problem", "job"])


def confirm_import(doer: Doer, batch_id: int, opens: Collection[str] = ()) -> ImportBatch:
    """Start writing a previewed batch; raises Refused while another batch of a school is
    written.

    ``opens`` are the keys of the classes that a person said are new. A class that the schools do
    not have is never opened without that.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        post = post_for(doer.viewer, batch.school_id)
        settle_failed(pk=batch.pk)
        batch.refresh_from_db(fields=["state"])
        if batch.state != ImportBatch.PREVIEW:
            raise Refused(f"这一批名册{batch.state_label}，不能再次确认。")
        _refuse_unknown_classes(batch, opens)
        schools = schools_of(batch)
        settle_failed(turns__school_id__among=list(schools), turns__is_open=True)
        take_turns(batch, schools)
        title = f"写入名册《{batch.file_name[:80]}》"
        batch.state, batch.problem = ImportBatch.WRITING, ""
        batch.job = jobs.start(WRITE_TASK, title, doer.viewer, post, batch=batch.pk)
        batch.save(update_fields=["state", "problem", "job"])
        audit.record(
            doer.origin,
            "confirm_roster",
            "import_batch",
            batch.pk,
            details={"counts": batch.counts},
        )
    return batch


def _refuse_unknown_classes(batch: ImportBatch, opens: Collection[str]) -> None:
    unknown = [one.name for one in new_classes(batch) if one.key not in opens]
    if unknown:
        listed = "、".join(unknown[:6]) + (f"等{len(unknown)}个班" if len(unknown) > 6 else "")
        raise Refused(f"名册里还没有{listed}。请先说明是新开的班，还是班级写错了。")


def write_import(batch_id: int, job: Job, tell: Tell, now: datetime) -> None:
    """Write the whole batch, or nothing: then JobFailed tells why."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.WRITING:
        return
    try:
        written = Writer(batch, tell, now).write()
        grouped = write_groups(batch, job.post_id)
    except ImportOvertaken as error:
        raise JobFailed(str(error)) from error
    except IntegrityError as error:
        raise JobFailed(
            "预览之后，表中有学生已由他人登记，本批没有写入。请取消本批，重新上传核对。"
        ) from error
    batch.state, batch.done_at, batch.marks = ImportBatch.DONE, now, marks_now()
    if not written and not grouped:
        batch.notes.append(NOTHING_NEW)
    batch.save(update_fields=["state", "done_at", "marks", "notes"])
    end_turns(batch)
    audit.record(
        Origin(job.person_id, job.post_id),
        "write_roster",
        "import_batch",
        batch.pk,
        children={*written, *grouped},
        details={"counts": batch.counts},
    )


@transaction.atomic
def drop_import(doer: Doer, batch_id: int) -> ImportBatch:
    """Give a batch up before it is written, and empty what was read of pupils."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    post_for(doer.viewer, batch.school_id)
    settle_failed(pk=batch.pk)
    batch.refresh_from_db(fields=["state"])
    if batch.state in (ImportBatch.READING, ImportBatch.WRITING) or not (
        batch.is_open or batch.state == ImportBatch.REFUSED
    ):
        raise Refused(f"这一批名册{batch.state_label}，不能取消。")
    batch.state = ImportBatch.DROPPED
    batch.save(update_fields=["state"])
    batch.rows.exclude(payload_sealed="").update(payload_sealed="")
    batch.chunks.update(content_sealed="")
    batch.parts.update(content_sealed="")
    forget_layouts(batch=batch)
    forget_groups(batch)
    audit.record(doer.origin, "drop_roster", "import_batch", batch.pk)
    return batch


def settle_failed(**which: Any) -> None:
    """Set batches whose job failed back to their preview; end those that had none.

    ``which`` selects the batches: conditions on ImportBatch.
    """
    for batch in questions.stuck(*which, **which):
        batch.state = waits_in(batch)
        batch.problem = batch.job.problem[:400] if batch.job else ""
        batch.save(update_fields=["state", "problem"])
        end_turns(batch)


def post_for(viewer: Viewer, school_id: int | None) -> HeldPost:
    """Return the post under which the viewer imports: for the school, or for the county."""

    def imports(post: HeldPost) -> bool:
        is_county = post.unit_kind == UnitKind.COUNTY
        return (is_county and school_id is None) or post.unit_id == school_id

    return post_with(viewer, Right.IMPORT_ROSTER, fits=imports)


def _check_upload(content: bytes, as_of: date, today: date, limits: Limits) -> None:
    if not content:
        raise Refused("文件是空的（0字节）。请检查是否选错了文件。")
    if len(content) > limits.bytes:
        raise Refused(too_big(limits))
    if not EARLIEST <= as_of <= today + AHEAD:
        raise Refused("数据日期应在2000年之后，且不晚于今天之后31天。")


def pieces_of(batch: ImportBatch) -> Iterator[bytes]:
    """Yield the uploaded file piece by piece; nothing once it was forgotten after 30 days."""
    for part in batch.parts.iterator(chunk_size=1):
        yield base64.b64decode(part.content)


def _keep(batch: ImportBatch, content: bytes) -> None:
    for position, start in enumerate(range(0, len(content), ImportPart.SIZE)):
        part = ImportPart(batch=batch, position=position)
        part.content = base64.b64encode(content[start : start + ImportPart.SIZE]).decode()
        part.save()


def _forget_files(today: date) -> None:
    """Empty the file and what was read of it after 30 days; the preview's masked lines stay."""
    before = today - KEPT_DAYS
    parts = ImportPart.objects.filter(batch__uploaded_at__date__lt=before)
    parts.exclude(content_sealed="").update(content_sealed="")
    chunks = ImportChunk.objects.filter(batch__uploaded_at__date__lt=before)
    closed: Collection[str] = (ImportBatch.DONE, ImportBatch.UNDONE, ImportBatch.REFUSED)
    chunks.filter(batch__state__in=closed).exclude(content_sealed="").update(content_sealed="")
    forget_layouts(batch__uploaded_at__date__lt=before)
