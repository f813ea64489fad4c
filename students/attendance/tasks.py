"""Periodic task: reminds those who did not call the roll by P0."""

from celery import shared_task

from foundation import clock
from students.attendance.actions import remind_uncalled


@shared_task(name="students.attendance.tasks.remind")
def remind() -> None:
    """Every few minutes (kongchuo/celery.py). Running it twice changes nothing."""
    remind_uncalled(clock.today(), clock.now())
