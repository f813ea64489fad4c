"""Celery tasks of the roster: reading and writing imports, exports, and two hourly sweeps."""

from functools import partial

from celery import shared_task
from django.urls import reverse

from foundation import clock
from foundation.accounts.audit import Origin
from foundation.accounts.querysets import viewer_on
from foundation.accounts.viewer import Viewer
from foundation.bulk import uncollected
from foundation.jobs import actions as jobs
from foundation.jobs.actions import JobFailed
from foundation.jobs.models import Job
from students.roster.changes.acts import expiring
from students.roster.imports.acts.batches import settle_failed, write_import
from students.roster.imports.acts.corrections import reread_import
from students.roster.imports.acts.previews import read_import
from students.roster.lists import actions, exporting
from students.roster.lists.actions import keep_export
from students.roster.lists.books import BOOKS, rights_of
from students.roster.lists.columns import LISTINGS
from students.roster.models import RosterExport


@shared_task(name="students.roster.tasks.read_batch")
def read_batch(job_id: int) -> None:
    try:
        jobs.run(job_id, _read)
    finally:
        settle_failed(job_id=job_id)


@shared_task(name="students.roster.tasks.reread_batch")
def reread_batch(job_id: int) -> None:
    """Read an import again, with its chosen columns and corrected rows."""
    try:
        jobs.run(job_id, _reread)
    finally:
        settle_failed(job_id=job_id)


@shared_task(name="students.roster.tasks.write_batch")
def write_batch(job_id: int) -> None:
    """Write a confirmed import, the whole batch or nothing."""
    try:
        jobs.run(job_id, _write)
    finally:
        settle_failed(job_id=job_id)


@shared_task(name="students.roster.tasks.remind_of_expiry")
def remind_of_expiry() -> None:
    """Runs every hour (kongchuo/celery.py); a second run changes nothing."""
    expiring.remind_of_expiry(clock.today())


@shared_task(name="students.roster.tasks.write_export")
def write_export(job_id: int) -> None:
    """Write a large export."""
    jobs.run(job_id, _export)


@shared_task(name="students.roster.tasks.forget_exports")
def forget_exports() -> None:
    """Runs every hour (kongchuo/celery.py): empties the files whose day is over."""
    actions.forget_exports(clock.now())


def _export(job: Job) -> str:
    export = RosterExport.objects.select_related("post__unit").get(pk=job.args["export"])
    viewer = viewer_on(job.person, clock.today())
    if not _may_export(export, viewer):
        raise JobFailed("您目前的任职没有导出这份名册的权限，没有生成文件。")
    jobs.progress(job, 0, export.rows, "正在写表")
    book = BOOKS.get(export.listing)
    write = book.write if book else exporting.write
    content, children = write(export, viewer, clock.today())
    origin = Origin(job.person_id, export.post_id)
    keep_export(origin, export, content, children)
    return reverse("roster:export", args=[export.pk])


def _may_export(export: RosterExport, viewer: Viewer) -> bool:
    """Whether who ordered the list still holds what it takes."""
    is_seen = export.listing in BOOKS or viewer.has(LISTINGS[export.listing].right)
    return is_seen and any(map(viewer.has, rights_of(export.listing)))


def _read(job: Job) -> str:
    with uncollected():
        read_import(job.args["batch"], job, partial(jobs.progress, job))
    return reverse("roster:batch", args=[job.args["batch"]])


def _reread(job: Job) -> str:
    with uncollected():
        reread_import(job.args["batch"], job, partial(jobs.progress, job))
    return reverse("roster:batch", args=[job.args["batch"]])


def _write(job: Job) -> str:
    tell = partial(jobs.progress, job)
    with uncollected():
        write_import(job.args["batch"], job, tell, clock.now())
    return reverse("roster:batch", args=[job.args["batch"]])
