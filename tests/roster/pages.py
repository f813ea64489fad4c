"""The steps of an import as a person does them: upload, wait for the job, look at a page."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from students.roster import tasks
from students.roster.models import ImportBatch
from tests.browsing import let_in
from tests.cast import Cast

BACKEND = "foundation.accounts.backends.PersonBackend"


def signed_in(client: Any, cast: Cast, role: str = "registrar", there: bool = False) -> Any:
    """The client, signed in as the role."""
    let_in(client, cast.person(role, there))
    return client


def upload(client: Any, content: bytes, name: str = "名册.xlsx", **fields: Any) -> str:
    """Upload as a plain form; returns the batch's address."""
    file = SimpleUploadedFile(name, content)
    response = client.post("/roster/import/", {"file": file, "as_of": "2025-09-12"} | fields)
    return str(response["Location"])


def run_job() -> ImportBatch:
    """Do what the last batch's job would do, and return the batch as it is then."""
    batch = ImportBatch.objects.latest("pk")
    assert batch.job is not None
    getattr(tasks, batch.job.task.rsplit(".", 1)[1])(batch.job.pk)
    batch.refresh_from_db()
    return batch


def text(response: Any, status: int = 200) -> str:
    """The page in words."""
    assert response.status_code == status
    return str(response.content.decode())
