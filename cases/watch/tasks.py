"""The periodic task of early warning."""

from celery import shared_task

from cases.watch.actions import reckon as reckon_schools
from foundation import clock


@shared_task(name="cases.watch.tasks.reckon")
def reckon() -> None:
    """Runs every ten minutes (kongchuo/celery.py). Scores once a day, again when rules change."""
    reckon_schools(clock.today(), clock.now())
