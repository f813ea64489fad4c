"""Background tasks of papers: one PDF of several, and what becomes of it after a day."""

from celery import shared_task

from foundation import clock
from foundation.jobs import actions as jobs
from foundation.papers.acts import batches, bundling


@shared_task(name="foundation.papers.tasks.write_bundle")
def write_bundle(job_id: int) -> None:
    jobs.run(job_id, lambda job: bundling.write_bundle(job, clock.now()))


@shared_task(name="foundation.papers.tasks.sign_batch")
def sign_batch(job_id: int) -> None:
    jobs.run(job_id, lambda job: batches.sign_batch(job, clock.now()))


@shared_task(name="foundation.papers.tasks.forget_bundles")
def forget_bundles() -> None:
    """Runs every hour (kongchuo/celery.py): empties the files whose day is over."""
    bundling.forget_bundles(clock.now())
