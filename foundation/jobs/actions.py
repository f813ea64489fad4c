"""Starts, leases and ends jobs, and stores their progress."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import Error, connections, models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from foundation.accounts.audit import Origin
from foundation.accounts.history.signing import sign_changes
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.jobs.models import Job

# A worker that lives renews its lease. With the distance of pick_up (kongchuo/celery.py) a killed
# one's job is taken up again within a minute.
LEASE = timedelta(seconds=30)
RENEWED_EVERY = 8.0  # seconds
MAX_TRIES = 3
# Why a job failed that its submitter could not help: these stand in 系统状态.
UNEXPECTED = "处理时出现意外，数据没有改动。请重试一次；仍不行请联系管理员。"
STOPPED = "连续三次没有完成，已停止。请联系管理员。"
QUEUE_SECONDS = 1  # how long a page waits for the queue to connect, and to answer

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has taken the job over meanwhile; what this one did is rolled back."""


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
    options = {**current_app.conf.broker_transport_options, "max_retries": 0}
    options |= {"socket_connect_timeout": QUEUE_SECONDS, "socket_timeout": QUEUE_SECONDS}
    try:
        # Not the worker's connection, which waits for the queue as long as it must.
        with current_app.connection_for_write(transport_options=options) as queue:
            current_app.send_task(job.task, [job.pk], connection=queue, retry=False)
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


def retry(job: Job) -> bool:
    """Queue a job that has failed once more. False where another did it meanwhile."""
    waiting = {"state": Job.QUEUED, "tries": 0, "done": 0, "total": 0, "note": "", "problem": ""}
    failed = Job.objects.filter(pk=job.pk, state=Job.FAILED)
    queued = failed.update(**waiting, lease_until=None, finished_at=None)
    if queued:
        transaction.on_commit(lambda: poke(job))
    return bool(queued)


def run(job_id: int, work: Callable[[Job], str]) -> None:
    """Lease the job, do ``work`` in one transaction, and store its end. Running twice is harmless.

    ``work`` returns the address of the result. Tries are counted before the work, so that a job
    that kills its worker stops after three.
    """
    job = _lease(job_id)
    if job is None:
        return
    try:
        with _renewed(job), transaction.atomic():
            sign_changes(Origin(job.person_id, job.post_id, request_id=f"job-{job.pk}"))
            url = work(job)
            if not _end(job, Job.DONE, result_url=url):
                raise LeaseLost
    except LeaseLost:
        log.warning("job %s was taken over by another worker", job.pk)
    except JobFailed as error:
        _end(job, Job.FAILED, problem=str(error))
    except Exception:
        _end(
            job,
            Job.FAILED,
            problem=UNEXPECTED,
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
        _end(job, Job.FAILED, problem=STOPPED)
        return None
    return job


@contextmanager
def _renewed(job: Job) -> Iterator[None]:
    """Renew the lease from a thread while the work runs. A killed process renews none."""
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=[job, over], daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew(job: Job, over: threading.Event) -> None:
    while not over.wait(RENEWED_EVERY):
        try:
            # A connection of the thread, since the work's own transaction is open.
            _mine(job, "progress").update(lease_until=timezone.now() + LEASE)
        except Error:
            log.warning("the lease of job %s was not renewed", job.pk, exc_info=True)
    connections.close_all()


def _end(job: Job, state: str, **fields: Any) -> bool:
    """Store the end. False where another worker holds the job by now."""
    return bool(_mine(job).update(state=state, finished_at=timezone.now(), **fields))


def _mine(job: Job, alias: str = "default") -> models.QuerySet[Job]:
    return Job.objects.using(alias).filter(pk=job.pk, state=Job.RUNNING, tries=job.tries)
