"""Running the job of an ordered return, and reading what it made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine

from foundation.jobs.models import Job
from reporting.returns.models import BuiltReturn
from reporting.returns.tasks import build_f16


def job_of(built: BuiltReturn) -> Job:
    """The job of a return as it now stands."""
    return Job.objects.get(pk=built.job_id or 0)


def run(built: BuiltReturn) -> BuiltReturn:
    """Do the work that a worker would do."""
    build_f16(built.job_id or 0)
    return BuiltReturn.objects.select_related("job").get(pk=built.pk)


def bytes_of(built: BuiltReturn) -> bytes:
    """The workbook."""
    content: bytes = built.workbook
    return content


@contextmanager
def once(blocker: Any, moment: str) -> Iterator[None]:
    """Where a module makes its month once: the database is open, it is that moment, and the job
    tells its progress to nobody, since on its own connection it would not see the rows."""
    with (
        blocker.unblock(),
        time_machine.travel(moment, tick=False),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("foundation.jobs.actions.progress", lambda *told: None)
        yield
