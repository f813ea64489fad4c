"""The periodic task of accounts that nobody uses."""

from celery import shared_task
from django.utils import timezone

from foundation import clock
from kongchuo.setup.disuse.letters import remind_of_disuse


@shared_task(name="kongchuo.setup.disuse.tasks.remind")
def remind() -> None:
    """Every hour (kongchuo/celery.py); a second run writes nothing."""
    remind_of_disuse(clock.today(), timezone.localdate())
