"""The background work of a roster: reading it, and writing it."""

from functools import partial

from celery import shared_task
from django.urls import reverse

from foundation import clock
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from students.roster import actions


@shared_task
def read_batch(job_id: int) -> None:
    """Read and compare an uploaded roster."""
    try:
        jobs.run(job_id, _read)
    finally:
        actions.settle_failed(job_id=job_id)


@shared_task
def write_batch(job_id: int) -> None:
    """Write a confirmed roster, all of it or nothing."""
    try:
        jobs.run(job_id, _write)
    finally:
        actions.settle_failed(job_id=job_id)


@shared_task
def remind_of_expiry() -> None:
    """Every hour (kongchuo/celery.py); running it twice changes nothing."""
    actions.remind_of_expiry(clock.today())


def _read(job: Job) -> str:
    actions.read_import(job.args["batch"], job, partial(jobs.progress, job))
    return reverse("roster:batch", args=[job.args["batch"]])


def _write(job: Job) -> str:
    tell = partial(jobs.progress, job)
    actions.write_import(job.args["batch"], job, tell, clock.now())
    return reverse("roster:batch", args=[job.args["batch"]])
