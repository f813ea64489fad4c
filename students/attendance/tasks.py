"""The tick of the roll call: who did not call by P0 is told."""

from celery import shared_task

from foundation import clock
from students.attendance.actions import remind_uncalled


@shared_task(name="students.attendance.tasks.remind")
def remind() -> None:
    """Every few minutes (kongchuo/celery.py); running it twice changes nothing."""
    remind_uncalled(clock.today(), clock.now())
