"""Running the job of an ordered return, and reading what it made."""

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
