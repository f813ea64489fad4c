"""The progress page of a job, and the fragment that refreshes itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.requests import Request
from foundation.jobs.models import Job

STOP_POLLING = 286  # htmx takes the answer and asks no more


@require_safe
def job(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    context = {"row": row, "job": _progress(row), "submitted_at": clock.shown(row.created_at)}
    return render(request, "jobs/job.html", context)


@require_safe
def status(request: Request, pk: int) -> HttpResponse:
    """The fragment with the progress. Once the job is over, it stops asking again."""
    row = _found(request, pk)
    code = STOP_POLLING if row.is_over else 200
    return render(request, "parts/_progress.html", {"job": _progress(row)}, status=code)


def _found(request: Request, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.viewer), pk=pk)


def _progress(row: Job) -> dict[str, Any]:
    return {
        "poll_url": reverse("job_status", args=[row.pk]),
        "title": row.title,
        "done": row.done,
        "total": row.total,
        "words": row.words_at(timezone.now()),
        "finished": row.is_over,
        "failed": row.state == Job.FAILED,
        "result_url": row.result_url,
        "result_label": "",
    }
