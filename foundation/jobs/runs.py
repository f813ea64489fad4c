"""Notes when a periodic task began and ended, for 系统状态. The worker's signals call it."""

from typing import Any

from celery import current_app
from celery.signals import task_postrun, task_prerun
from django.utils import timezone

from foundation.jobs.models import TaskRun

WELL = "SUCCESS"  # the state of a task that raised nothing


def listen() -> None:
    """From now on every run of a task that beat sends is noted."""
    task_prerun.connect(_began, dispatch_uid="task-run-began")
    task_postrun.connect(_ended, dispatch_uid="task-run-ended")


def is_periodic(name: str) -> bool:
    """Whether beat sends the task."""
    return any(one["task"] == name for one in current_app.conf.beat_schedule.values())


def _began(task: Any = None, **kwargs: Any) -> None:
    if is_periodic(task.name):
        TaskRun.objects.update_or_create(name=task.name, defaults={"started_at": timezone.now()})


def _ended(task: Any = None, state: str | None = None, **kwargs: Any) -> None:
    if is_periodic(task.name):
        field = "ended_at" if state == WELL else "failed_at"
        TaskRun.objects.filter(name=task.name).update(**{field: timezone.now()})
