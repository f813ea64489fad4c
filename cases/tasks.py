"""The periodic tasks: the sweep, and the count of the ledger; and one duty tried once more."""

from celery import shared_task
from django.urls import reverse

from cases.recount.standings import count_ledgers
from cases.sweeping import retry
from cases.sweeping import sweep as sweep_cases
from foundation import clock
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    """Runs every few minutes (kongchuo/celery.py). Running it twice changes nothing."""
    sweep_cases(clock.today(), clock.now())


@shared_task(name="cases.tasks.retry_deadline")
def retry_deadline(job_id: int) -> None:
    """Work once more on a duty on which the sweep failed, by order of a person (系统状态)."""
    jobs.run(job_id, _retry)


def _retry(job: Job) -> str:
    retry(job.args["deadline"], clock.today(), clock.now())
    return reverse("status")


@shared_task(name="cases.tasks.count")
def count() -> None:
    """Runs every few minutes. Counts each case once a day, and again what has changed since."""
    count_ledgers(clock.today(), clock.now())
