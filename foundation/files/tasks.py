"""Periodic task: deletes files whose upload was rolled back."""

from celery import shared_task
from django.utils import timezone

from foundation.files import actions


@shared_task(name="foundation.files.tasks.remove_orphans")
def remove_orphans() -> None:
    """Every few hours (kongchuo/celery.py). Uses the machine's time, which no demo moves."""
    actions.remove_orphans(timezone.now())
