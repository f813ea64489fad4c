"""The periodic task of the sweep."""

from celery import shared_task

from cases.sweeping import sweep as sweep_cases
from foundation import clock


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    """Runs every few minutes (kongchuo/celery.py). Running it twice changes nothing."""
    sweep_cases(clock.today(), clock.now())
