"""The steps of an import as acts: upload and read, confirm and write."""

from datetime import date
from typing import Any

from foundation.accounts.audit import Origin
from foundation.jobs.models import Job
from students.roster import actions, tasks
from students.roster.models import ImportBatch, ImportRow
from tests.cases.steps import at
from tests.cast import Cast

TODAY = date(2025, 9, 12)


def read(
    cast: Cast,
    content: bytes,
    as_of: date = TODAY,
    *,
    there: bool = False,
    name: str = "名册.xlsx",
) -> ImportBatch:
    """Upload as the registrar and run the reading job."""
    viewer = cast.viewer("registrar", TODAY, there=there)
    school = (cast.there if there else cast.here).school
    batch = actions.start_import(Origin(), viewer, school, name, content, as_of, at(TODAY))
    assert batch.job_id is not None
    tasks.read_batch(batch.job_id)
    return ImportBatch.objects.get(pk=batch.pk)


def write(cast: Cast, batch: ImportBatch, *, there: bool = False) -> ImportBatch:
    """Confirm as the registrar and run the writing job."""
    viewer = cast.viewer("registrar", TODAY, there=there)
    batch = actions.confirm_import(Origin(), viewer, batch.pk)
    assert batch.job_id is not None
    tasks.write_batch(batch.job_id)
    return ImportBatch.objects.get(pk=batch.pk)


def bring_in(
    cast: Cast, content: bytes, as_of: date = TODAY, *, there: bool = False
) -> ImportBatch:
    """The whole import, which must succeed."""
    batch = write(cast, read(cast, content, as_of, there=there), there=there)
    assert batch.state == ImportBatch.DONE, batch.problem
    return batch


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
