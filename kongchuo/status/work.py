"""What failed in the background and can be tried again: duties of cases, and jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Deadline
from cases.sweeping import waiting
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job, TaskRun

RETRY = "cases.tasks.retry_deadline"
LISTED = 50
KEPT = timedelta(days=7)  # how long a failed job stands on the page
ALREADY = "这一项已经在重试，请稍后刷新本页。"
CHANGED = "这一项已经办好或已有人重试，不用再办。"
# The jobs that can be begun again as they were ordered; the others go back to their submitter.
AGAIN: Mapping[str, str] = {
    "students.roster.tasks.write_export": "导出名单",
    "reporting.returns.tasks.build_f16": "生成月报",
    "kongchuo.setup.opening.tasks.write_book": "写入开通工作簿",
}
BACK: Mapping[str, str] = {
    "students.roster.tasks.read_batch": "读取名册",
    "students.roster.tasks.reread_batch": "读取名册",
    "students.roster.tasks.write_batch": "写入名册",
}


@dataclass(frozen=True, slots=True)
class Unprocessed:
    """Duties that the sweep should have moved on: how many, since when, and the oldest of them."""

    count: int
    oldest: date | None
    rows: list[Deadline]
    were_tried: bool


def deadlines_of(viewer: Viewer, today: date) -> QuerySet[Deadline]:
    """The waiting duties of the viewer's county."""
    counties = {post.county_id for post in viewer.posts_with(Right.SEE_STATUS)}
    return waiting(today).filter(case__county_id__in=counties)


def unprocessed(viewer: Viewer, today: date, midnight: datetime) -> Unprocessed:
    """What waits. ``were_tried``: a sweep since ``midnight`` has gone on without it."""
    rows = deadlines_of(viewer, today).order_by("due_on", "pk")
    found = list(rows.select_related("case", "unit")[:LISTED])
    return Unprocessed(
        count=len(found) if len(found) < LISTED else rows.count(),
        oldest=found[0].due_on if found else None,
        rows=found,
        were_tried=TaskRun.objects.filter(
            name="cases.tasks.sweep", ended_at__gte=midnight
        ).exists(),
    )


def failed_jobs(viewer: Viewer, now: datetime) -> QuerySet[Job]:
    """Jobs of the viewer's county that failed lately by no fault of who ordered them."""
    counties = {post.county_id for post in viewer.posts_with(Right.SEE_STATUS)}
    of_county = Job.objects.filter(unit__county_id__in=counties)
    of_county |= Job.objects.filter(unit_id__in=counties)
    failed = of_county.filter(
        state=Job.FAILED,
        problem__in=(jobs.UNEXPECTED, jobs.STOPPED),
        finished_at__gte=now - KEPT,
        task__in=(*AGAIN, *BACK),
    )
    return failed.select_related("person", "unit").order_by("-finished_at")


@transaction.atomic
def retry_deadline(doer: Doer, deadline: Deadline) -> Job:
    """Have the worker work once more on one duty. Raises Refused while it does already."""
    post = post_with(doer.viewer, Right.SEE_STATUS)
    args = {"deadline": deadline.pk}
    running = Job.objects.filter(task=RETRY, args=args, state__in=(Job.QUEUED, Job.RUNNING))
    if running.exists():
        raise Refused(ALREADY)
    title = f"重试：{deadline.duty.label}（{deadline.case.number}）"
    job = jobs.start(RETRY, title, doer.viewer, post, **args)
    details = {"job": job.pk}
    audit.record(doer.origin, "retry_deadline", "deadline", deadline.pk, details=details)
    return job


@transaction.atomic
def retry_job(doer: Doer, job: Job) -> None:
    """Queue a failed job again, as its submitter ordered it. Raises Refused where it is not."""
    post_with(doer.viewer, Right.SEE_STATUS)
    if job.task not in AGAIN or not jobs.retry(job):
        raise Refused(CHANGED)
    audit.record(doer.origin, "retry_job", "job", job.pk)


def words_of(job: Any) -> str:
    """What the job was to do, without a file's or a child's name."""
    return {**AGAIN, **BACK}[job.task]
