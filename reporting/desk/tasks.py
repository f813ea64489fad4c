"""The periodic task of the month figures."""

from celery import shared_task

from foundation import clock
from reporting.desk.months import count_months


@shared_task(name="reporting.desk.tasks.count")
def count() -> None:
    """Runs every ten minutes (kongchuo/celery.py). Counts a month once a day, or when built."""
    count_months(clock.today(), clock.now())
