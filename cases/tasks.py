"""The periodic tasks: the sweep, and the count of the ledger."""

from celery import shared_task

from cases.recount.standings import count_ledgers
from cases.sweeping import sweep as sweep_cases
from foundation import clock


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    """Runs every few minutes (kongchuo/celery.py). Running it twice changes nothing."""
    sweep_cases(clock.today(), clock.now())


@shared_task(name="cases.tasks.count")
def count() -> None:
    """Runs every few minutes. Counts each case once a day, and again what has changed since."""
    count_ledgers(clock.today(), clock.now())
