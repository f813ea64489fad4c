"""The tick of the deadline engine."""

from celery import shared_task

from cases.sweeping import sweep as sweep_cases
from foundation import clock


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    """Every few minutes (kongchuo/celery.py); running it twice changes nothing."""
    sweep_cases(clock.today(), clock.now())
