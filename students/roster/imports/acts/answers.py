"""What a person decides before a batch is read: a file uploaded twice, and which column is
which."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.viewer import HeldPost
from students.roster.imports.acts.batches import READ_TASK, post_for, start_import, start_reading
from students.roster.imports.acts.layouts import owner_of, saved_of
from students.roster.imports.reading.headings import chosen_layout, complaint_about, to_remember
from students.roster.models import ColumnProfile, ImportBatch, ImportLayout, School

REREAD_TASK = "students.roster.tasks.reread_batch"
MAY_REREAD = (ImportBatch.MAPPING, ImportBatch.PREVIEW)


def upload_roster(
    doer: Doer,
    school: School | None,
    file_name: str,
    content: bytes,
    as_of: date,
) -> ImportBatch:
    """Take a file in and start reading it.

    A file that was uploaded before, for the school or for the county, waits until the person
    confirms it (S49).
    """
    digest = hashlib.sha256(content).hexdigest()
    post = post_for(doer.viewer, school.pk if school else None)
    earlier = ImportBatch.objects.filter(file_hash=digest, school_id=school.pk if school else None)
    if school is None:
        earlier = earlier.filter(uploaded_by__unit=post.unit_id)
    asks = earlier.exclude(state__in=(ImportBatch.DROPPED, ImportBatch.REFUSED)).exists()
    return start_import(doer, school, file_name, content, as_of, asks=asks)


@transaction.atomic
def go_on_reading(doer: Doer, batch_id: int) -> ImportBatch:
    """Read a batch that waited because its file had been uploaded before."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    post = post_for(doer.viewer, batch.school_id)
    if batch.state != ImportBatch.ASKED:
        raise Refused(f"这一批名册{batch.state_label}，不用再次确认。")
    start_reading(batch, doer.viewer, post, READ_TASK)
    audit.record(doer.origin, "read_roster_again", "import_batch", batch.pk)
    return batch


@transaction.atomic
def choose_columns(
    doer: Doer,
    batch_id: int,
    header: int,
    choice: Mapping[int, str],
) -> ImportBatch:
    """Settle which row is the header and which column is which, and read the batch again.

    ``header`` is the index of the row. Choices for headings that were unknown are kept for the next
    sheet of the school. Raises Refused when the choice cannot be a roster.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    post = post_for(doer.viewer, batch.school_id)
    if batch.state not in MAY_REREAD:
        raise Refused(f"这一批名册{batch.state_label}，不能再改列对应。")
    kept = ImportLayout.objects.get(batch=batch)
    head = json.loads(kept.head or "[]")
    if not 0 <= header < len(head):
        raise Refused("请在列出的各行中选择表头所在的行。")
    choice = {at: ours for at, ours in choice.items() if at < len(head[header])}
    if complaint := complaint_about(chosen_layout(header, choice), head[header]):
        raise Refused(complaint)
    news = to_remember(head[header], choice, saved_of(owner_of(batch)))
    _remember(batch, post, news, doer.now)
    kept.header, kept.chosen, kept.kept = header, {str(at): o for at, o in choice.items()}, []
    kept.save(update_fields=["header", "chosen", "kept"])
    start_reading(batch, doer.viewer, post, REREAD_TASK)
    details = {"header": header + 1, "remembered": len(news)}
    audit.record(doer.origin, "map_roster", "import_batch", batch.pk, details=details)
    return batch


def _remember(batch: ImportBatch, post: HeldPost, news: Mapping[str, str], now: datetime) -> None:
    ColumnProfile.objects.bulk_create(
        ColumnProfile(
            unit_id=owner_of(batch),
            heading=heading[:80],
            taken_as=ours,
            chosen_by_id=post.id,
            chosen_at=now,
        )
        for heading, ours in news.items()
    )
