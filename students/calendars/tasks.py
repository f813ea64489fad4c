"""Periodic task: asks for the holidays of a year that nobody entered yet."""

from celery import shared_task

from foundation import clock
from students.calendars.asking import ask_for_arrangements


@shared_task(name="students.calendars.tasks.ask")
def ask() -> None:
    """Runs every hour (kongchuo/celery.py). A month's second run changes nothing."""
    ask_for_arrangements(clock.today())
