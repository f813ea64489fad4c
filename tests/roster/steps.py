"""The steps of an import as acts: upload and read, confirm and write."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localtime

from foundation.accounts.audit import Origin
from foundation.jobs.models import Job
from students.roster import tasks
from students.roster.imports.acts.batches import confirm_import, start_import
from students.roster.imports.acts.previews import answer_row
from students.roster.imports.acts.undoing import undo_import
from students.roster.imports.new_classes import new_classes
from students.roster.models import ImportBatch, ImportRow
from tests.cases.steps import at
from tests.cast import Cast
from tests.doers import doing

TODAY = date(2025, 9, 12)


def read(
    cast: Cast,
    content: bytes,
    as_of: date = TODAY,
    *,
    there: bool = False,
    county: bool = False,
    name: str = "名册.xlsx",
) -> ImportBatch:
    """Upload as the registrar, or as the county's desk for all schools, and run the reading job."""
    viewer = cast.viewer("county_desk" if county else "registrar", TODAY, there=there)
    school = None if county else (cast.there if there else cast.here).school
    batch = start_import(doing(viewer, Origin(), now=at(TODAY)), school, name, content, as_of)
    assert batch.job_id is not None
    tasks.read_batch(batch.job_id)
    return ImportBatch.objects.get(pk=batch.pk)


def write(cast: Cast, batch: ImportBatch, *, there: bool = False) -> ImportBatch:
    """Confirm as who uploaded it, new classes too, and run the writing job."""
    viewer = cast.viewer("registrar" if batch.school_id else "county_desk", TODAY, there=there)
    opens = {one.key for one in new_classes(batch)}
    batch = confirm_import(doing(viewer, Origin()), batch.pk, opens)
    assert batch.job_id is not None
    tasks.write_batch(batch.job_id)
    return ImportBatch.objects.get(pk=batch.pk)


def bring_in(
    cast: Cast, content: bytes, as_of: date = TODAY, *, there: bool = False, county: bool = False
) -> ImportBatch:
    """The whole import, which must succeed."""
    batch = write(cast, read(cast, content, as_of, there=there, county=county), there=there)
    assert batch.state == ImportBatch.DONE, batch.problem
    return batch


def answer(cast: Cast, batch: ImportBatch, said: str, number: int = 2) -> ImportBatch:
    """Say whether a row means the pupil of the same name."""
    viewer = cast.viewer("registrar" if batch.school_id else "county_desk", TODAY)
    answer_row(doing(viewer, Origin()), batch.pk, number, said)
    return ImportBatch.objects.get(pk=batch.pk)


def undo(
    cast: Cast, batch: ImportBatch, hours: float = 1, touched: Collection[int] = ()
) -> ImportBatch:
    """Take an import back so many hours after it was written."""
    assert batch.done_at is not None
    viewer = cast.viewer("registrar" if batch.school_id else "county_desk", TODAY)
    moment = localtime(batch.done_at) + timedelta(hours=hours)
    undo_import(doing(viewer, Origin(), now=moment), batch.pk, touched)
    return ImportBatch.objects.get(pk=batch.pk)


def row(batch: ImportBatch, number: int = 2) -> ImportRow:
    """The import row of a sheet row."""
    return batch.rows.get(row_no=number)


def words(items: list[dict[str, Any]]) -> str:
    """Problems or reminders of a row in one string."""
    return "；".join(f"{item['column']}{item['label']}：{item['message']}" for item in items)


def job_of(batch: ImportBatch) -> Job:
    """The job a batch last started."""
    assert batch.job_id is not None
    return Job.objects.get(pk=batch.job_id)
