"""The background task that builds a return."""

from celery import shared_task

from foundation.jobs import actions as jobs
from reporting.returns.actions import build


@shared_task(name="reporting.returns.tasks.build_f16")
def build_f16(job_id: int) -> None:
    jobs.run(job_id, build)
