"""The page of 系统状态, and the two buttons 重试."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from kongchuo.status import work
from kongchuo.status.looking import lines_for, versions
from kongchuo.status.restarts import last_restarts

ORDERED = "已交给后台重试，几秒后刷新本页看结果。"


@require_safe
@needs(Right.SEE_STATUS)
def page(request: Request) -> HttpResponse:
    """Shows every part with its state, what failed, what was started again, and versions."""
    viewer, today, real = request.viewer, clock.today(), timezone.now()
    audit.record(origin_of(request), "read_status")
    context = {
        "lines": lines_for(viewer.county_id, clock.now()),
        "late": work.unprocessed(viewer, today, _midnight()),
        "jobs": [_job(job) for job in work.failed_jobs(viewer, real)[: work.LISTED]],
        "sees_cases": viewer.has(Right.SEE_CASES),
        "restarts": last_restarts(),
        "versions": versions(),
        "checked_at": clock.now(),
    }
    return render(request, "status/page.html", context)


@require_POST
@needs(Right.SEE_STATUS)
def retry_deadline(request: Request, pk: int) -> HttpResponse:
    """Has one duty tried again by the worker."""
    rows = work.deadlines_of(request.viewer, clock.today()).select_related("case")
    found = get_object_or_404(rows, pk=pk)
    return _done(request, lambda: work.retry_deadline(doer_of(request), found))


@require_POST
@needs(Right.SEE_STATUS)
def retry_job(request: Request, pk: int) -> HttpResponse:
    """Has one failed job tried again by the worker."""
    found = get_object_or_404(work.failed_jobs(request.viewer, timezone.now()), pk=pk)
    return _done(request, lambda: work.retry_job(doer_of(request), found))


def _done(request: Request, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, ORDERED)
    return redirect("status")


def _job(job: Any) -> dict[str, Any]:
    return {
        "job": job,
        "words": work.words_of(job),
        "ended": clock.shown(job.finished_at),
        "may_retry": job.task in work.AGAIN,
    }


def _midnight() -> datetime:
    """When the day of the pages began, in real time."""
    return clock.kept(clock.now().replace(hour=0, minute=0, second=0, microsecond=0))
