"""The task that writes a confirmed opening workbook."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import viewer_on
from foundation.jobs import actions as jobs
from foundation.jobs.actions import JobFailed
from foundation.jobs.models import Job
from kongchuo.setup.opening.acts import books
from kongchuo.setup.opening.models import OpeningBook


@shared_task(name="kongchuo.setup.opening.tasks.write_book")
def write_book(job_id: int) -> None:
    """Write the whole book or nothing; a refusal is the job's problem, in words."""
    jobs.run(job_id, _write)


def _write(job: Job) -> str:
    today = clock.today()
    origin = Origin(job.person_id, job.post_id, request_id=f"job-{job.pk}")
    doer = Doer(viewer_on(job.person, today), origin, today, timezone.now())
    book = OpeningBook.objects.get(pk=job.args["book"])
    try:
        books.write_book(doer, book, job.args["mark"])
    except Refused as refused:
        raise JobFailed(str(refused)) from refused
    return reverse("opening:book", args=[book.pk])
