"""Periodic task: hands out jobs whose worker died."""

from celery import shared_task

from foundation.jobs import actions, runs

runs.listen()


@shared_task(name="foundation.jobs.tasks.pick_up")
def pick_up() -> None:
    """Every 15 seconds (kongchuo/celery.py)."""
    actions.pick_up()
