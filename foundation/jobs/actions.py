"""Starts, leases and ends jobs, and stores their progress."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from foundation.accounts.audit import Origin
from foundation.accounts.signing import sign_changes
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.jobs.models import Job

LEASE = timedelta(minutes=12)  # above the hard limit of a task, so that no two workers hold a job
MAX_TRIES = 3


class JobFailed(Exception):
    """The work cannot be done. The message tells the person what to do."""


def start(task: str, title: str, viewer: Viewer, post: HeldPost, **args: Any) -> Job:
    """Store the job in the caller's transaction, and poke the queue after the commit."""
    assert viewer.person_id is not None  # nobody starts work without having signed in
    job = Job.objects.create(
        task=task,
        title=title,
        args=args,
        person_id=viewer.person_id,
        post_id=post.id,
        unit_id=post.unit_id,
    )
    transaction.on_commit(lambda: poke(job))
    return job


def poke(job: Job) -> bool:
    """Tell the queue of the job. While the queue is down, the next tick does it."""
    try:
        current_app.send_task(job.task, [job.pk])
    except OperationalError:
        return False
    return True


def pick_up() -> int:
    """Poke every job that is queued or whose lease has lapsed; returns how many."""
    now = timezone.now()
    waiting = Job.objects.filter(
        models.Q(state=Job.QUEUED, created_at__lt=now - timedelta(seconds=30))
        | models.Q(state=Job.RUNNING, lease_until__lt=now)
    )
    return sum(poke(job) for job in waiting)


def run(job_id: int, work: Callable[[Job], str]) -> None:
    """Lease the job, do ``work`` in one transaction, and store its end. Running twice is harmless.

    ``work`` returns the address of the result. Tries are counted before the work, so that a job
    that kills its worker stops after three.
    """
    job = _lease(job_id)
    if job is None:
        return
    try:
        with transaction.atomic():
            sign_changes(Origin(job.person_id, job.post_id, request_id=f"job-{job.pk}"))
            url = work(job)
            _end(job, Job.DONE, result_url=url)
    except JobFailed as error:
        _end(job, Job.FAILED, problem=str(error))
    except Exception:
        _end(
            job,
            Job.FAILED,
            problem="处理时出现意外，数据没有改动。请重试一次；仍不行请联系管理员。",
        )
        raise


def progress(job: Job, done: int, total: int, note: str = "") -> None:
    """Write the progress on its own connection, so that it is seen before the job commits."""
    Job.objects.using("progress").filter(pk=job.pk).update(done=done, total=total, note=note)


def _lease(job_id: int) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None or job.is_over or job.is_held_at(timezone.now()):
            return None
        job.tries += 1
        job.state, job.lease_until = Job.RUNNING, timezone.now() + LEASE
        job.save(update_fields=["tries", "state", "lease_until"])
    if job.tries > MAX_TRIES:
        _end(job, Job.FAILED, problem="连续三次没有完成，已停止。请联系管理员。")
        return None
    return job


def _end(job: Job, state: str, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=timezone.now(), **fields)
