"""Bringing a roster in: upload, progress, preview, confirm or drop."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.models import UnitKind
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.paging import page_of
from students.calendars.loading import calendar_for
from students.roster import actions
from students.roster.forms import UploadForm
from students.roster.models import Enrolment, ImportBatch, ImportRow, School
from students.roster.sheets import template_workbook

WARNED = "warned"
TEMPLATE_NAME = "学生信息导入模板.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT_ROSTER)
def upload(request: Request) -> HttpResponse:
    """The upload form, with every batch of one's schools below it."""
    today = clock.today()
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        schools=_schools(request),
        for_county=_is_county(request),
        initial={"as_of": _first_day(request, today)},
    )
    if form.is_valid():
        try:
            batch = _start(request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("roster:batch", pk=batch.pk)
    batches = ImportBatch.objects.visible_to(request.viewer)
    page = page_of(request, batches.select_related("uploaded_by__person", "school"))
    crumbs = [_list_crumb(), {"label": "导入名册", "url": ""}]
    context = {"form": form, "page": page, "crumbs": crumbs}
    return render(request, "roster/upload.html", context)


def _first_day(request: Request, today: date) -> date:
    """Today; for a school without pupils yet the day its term began, where its roll begins too.

    A first roster dated later would leave nobody enrolled at the beginning of the school year, the
    base of every rate.
    """
    if Enrolment.objects.visible_to(request.viewer, today).exists():
        return today
    term = calendar_for(request.viewer.posts[0].county_id).term_of(today)
    return term.first_day if term else today


@require_safe
@needs(Right.IMPORT_ROSTER)
def batch(request: Request, pk: int) -> HttpResponse:
    """One batch: its progress, then what it would do or what it did, row by row."""
    found = _batch(request, pk)
    shown = _asked_tab(request, found)
    page = page_of(request, _rows(found, shown))
    children = [row.child_id for row in page if row.child_id]
    audit.record(origin_of(request), "preview_roster", "import_batch", found.pk, children=children)
    context = {
        "batch": found,
        "job": _progress(found),
        "stuck": _stuck(found),
        "tabs": _tabs(found, shown),
        "page": page,
        "shown": shown,
        "writes": found.writes,
        "classes": _classes(found),
        "same_file": _same_file(found),
        "crumbs": [_list_crumb(), _upload_crumb(), {"label": found.file_name, "url": ""}],
    }
    return render(request, "roster/batch.html", context)


@require_safe
@needs(Right.IMPORT_ROSTER)
def status(request: Request, pk: int) -> HttpResponse:
    """The progress alone, asked every 2 seconds; when the work is over the page loads anew."""
    found = _batch(request, pk)
    if found.job is None or found.job.is_over:
        return HttpResponseClientRefresh() if _is_htmx(request) else redirect("roster:batch", pk=pk)
    return render(request, "parts/_progress.html", {"job": _progress(found)})


@require_POST
@needs(Right.IMPORT_ROSTER)
def confirm(request: Request, pk: int) -> HttpResponse:
    """Write the right rows of a preview."""
    found = _batch(request, pk)
    try:
        actions.confirm_import(origin_of(request), request.viewer, found.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("roster:batch", pk=pk)


@require_POST
@needs(Right.IMPORT_ROSTER)
def drop(request: Request, pk: int) -> HttpResponse:
    """Give a batch up; nothing of it is written."""
    found = _batch(request, pk)
    try:
        actions.drop_import(origin_of(request), request.viewer, found.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("roster:batch", pk=pk)
    messages.success(request, f"已取消《{found.file_name}》的导入，名册没有改动。")
    return redirect("roster:upload")


@require_safe
@needs(Right.IMPORT_ROSTER)
def template(request: Request) -> HttpResponse:
    """The empty 71-column template."""
    audit.record(origin_of(request), "download_template", "roster_template")
    response = HttpResponse(template_workbook(), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, TEMPLATE_NAME)
    return response


def _schools(request: Request) -> QuerySet[School]:
    units = [post.unit_id for post in request.viewer.posts_with(Right.IMPORT_ROSTER)]
    return School.objects.filter(pk__in=units).select_related("unit")


def _is_county(request: Request) -> bool:
    posts = request.viewer.posts_with(Right.IMPORT_ROSTER)
    return any(post.unit_kind == UnitKind.COUNTY for post in posts)


def _start(request: Request, form: UploadForm) -> ImportBatch:
    file = form.cleaned_data["file"]
    return actions.start_import(
        origin_of(request),
        request.viewer,
        form.cleaned_data["school"],
        file.name,
        file.read(),
        form.cleaned_data["as_of"],
        clock.now(),
    )


def _batch(request: Request, pk: int) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(request.viewer)
    found: ImportBatch = get_object_or_404(
        rows.select_related("job", "school", "uploaded_by__person"), pk=pk
    )
    return found


def _rows(found: ImportBatch, shown: str) -> QuerySet[ImportRow]:
    if shown == WARNED:
        return found.rows.exclude(warnings=[])
    return found.rows.filter(action=shown)


def _asked_tab(request: Request, found: ImportBatch) -> str:
    """The tab asked for; otherwise what needs an eye first: refused rows, then changes."""
    asked = request.GET.get("show", "")
    if asked in dict(_labels()):
        return asked
    for action in ImportRow.LABELS:
        if found.counts.get(action):
            return action
    return ImportRow.NEW


def _tabs(found: ImportBatch, shown: str) -> list[dict[str, Any]]:
    counts = [(action, label, found.counts.get(action, 0)) for action, label in _labels()]
    return [
        {"label": label, "count": count, "url": f"?show={action}", "active": action == shown}
        for action, label, count in counts
    ]


def _labels() -> list[tuple[str, str]]:
    return [*ImportRow.LABELS.items(), (WARNED, "有提醒")]


def _classes(found: ImportBatch) -> list[str]:
    """The classes a confirmation would touch, by name."""
    rows = found.rows.filter(action__in=ImportRow.WRITES, problems=[]).order_by("class_label")
    return list(rows.values_list("class_label", flat=True).distinct())


def _same_file(found: ImportBatch) -> ImportBatch | None:
    """The last import of the very same file, so that a clerk is told before confirming."""
    done = ImportBatch.objects.filter(school_id=found.school_id, file_hash=found.file_hash)
    return done.filter(state=ImportBatch.DONE).exclude(pk=found.pk).first()


def _progress(found: ImportBatch) -> dict[str, Any] | None:
    """What parts/_progress.html asks for; nothing when no job runs."""
    job = found.job
    if job is None or job.is_over:
        return None
    words = f"已处理 {job.done} / {job.total} 行" if job.total else job.note
    return {
        "poll_url": reverse("roster:status", args=[found.pk]),
        "title": job.title,
        "done": job.done,
        "total": job.total,
        "words": words,
        "finished": False,
    }


def _stuck(found: ImportBatch) -> str:
    """Why nothing more will happen by itself, when a job failed and left its batch as it was."""
    waits = found.state in (ImportBatch.READING, ImportBatch.WRITING)
    return found.job.problem if waits and found.job and found.job.is_over else ""


def _is_htmx(request: Request) -> bool:
    return bool(getattr(request, "htmx", False))


def _list_crumb() -> dict[str, str]:
    return {"label": "学生名册", "url": reverse("roster:pupils")}


def _upload_crumb() -> dict[str, str]:
    return {"label": "导入名册", "url": reverse("roster:upload")}
