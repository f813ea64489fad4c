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
def reread_batch(job_id: int) -> None:
    """Read a roster anew, with its columns as chosen and its rows as corrected."""
    try:
        jobs.run(job_id, _reread)
    finally:
        actions.settle_failed(job_id=job_id)


@shared_task
def write_batch(job_id: int) -> None:
    """Write a confirmed roster, all of it or nothing."""
    try:
        jobs.run(job_id, _write)
    finally:
        actions.settle_failed(job_id=job_id)


def _read(job: Job) -> str:
    actions.read_import(job.args["batch"], job, partial(jobs.progress, job))
    return reverse("roster:batch", args=[job.args["batch"]])


def _reread(job: Job) -> str:
    actions.reread_import(job.args["batch"], job, partial(jobs.progress, job))
    return reverse("roster:batch", args=[job.args["batch"]])


def _write(job: Job) -> str:
    tell = partial(jobs.progress, job)
    actions.write_import(job.args["batch"], job, tell, clock.now())
    return reverse("roster:batch", args=[job.args["batch"]])
