"""The poke of the early warning."""

from celery import shared_task

from cases.watch.actions import reckon as reckon_schools
from foundation import clock


@shared_task(name="cases.watch.tasks.reckon")
def reckon() -> None:
    """Every ten minutes (kongchuo/celery.py): once a day, and again when rules have changed."""
    reckon_schools(clock.today(), clock.now())
