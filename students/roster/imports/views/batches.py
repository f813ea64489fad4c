"""Steps 4 to 7: the page of a batch, its progress, confirming or dropping it, its receipt."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words, moment_words
from foundation.downloads import workbook
from foundation.pages.paging import page_of
from students.roster.imports.acts.batches import confirm_import, drop_import
from students.roster.imports.acts.corrections import (
    changed_columns,
    deny_classes,
    doubted_rows,
    left_out,
)
from students.roster.imports.acts.for_another import school_named
from students.roster.imports.acts.groups import lines_of
from students.roster.imports.acts.layouts import kept_columns
from students.roster.imports.books.receipt_book import receipt_workbook
from students.roster.imports.differences import CLASS
from students.roster.imports.forms import ErrorBookForm
from students.roster.imports.views.common import batch_of, crumbs
from students.roster.imports.views.groups import GROUPS, group_tab, shown_groups, told_groups
from students.roster.imports.views.new_classes import answers_in, asked_classes
from students.roster.imports.views.rows import INLINE, shown_rows
from students.roster.models import ImportBatch, ImportRow
from students.roster.rules.group_cells import counted

WARNED = "warned"
UNDO_FOR = timedelta(hours=24)
WRITE, DROP = "write", "drop"


@require_safe
@needs(Right.IMPORT_ROSTER)
def batch(request: Request, pk: int) -> HttpResponse:
    """The page of a batch: its progress, then what it would do or has done, row by row."""
    found = batch_of(request, pk)
    if found.state == ImportBatch.MAPPING:
        return redirect("roster:columns", pk=pk)
    shown = _asked_tab(request, found)
    in_groups = shown == GROUPS
    page = page_of(request, lines_of(found) if in_groups else _rows(found, shown))
    rows = [one.row for one in page] if in_groups else list(page)
    children = {row.child_id for row in rows if row.child_id}
    audit.record(origin_of(request), "preview_roster", "import_batch", found.pk, children=children)
    kept = kept_columns(found)
    context = {
        "batch": found,
        "job": _progress(found),
        "stuck": _stuck(found),
        "tabs": _tabs(request, found, shown),
        "groups": told_groups(request.viewer, found),
        "page": page,
        "rows": shown_groups(request.viewer, found, page)
        if in_groups
        else shown_rows(request.viewer, found, page, kept),
        "shown": shown,
        "may_type": found.state == ImportBatch.PREVIEW and _refused(found) <= INLINE,
        "earlier": _earlier(found),
        "named": school_named(request.viewer, found),
        "undo_url": _undo_url(found, clock.now()),
        "crumbs": crumbs(found.file_name),
    }
    if found.state == ImportBatch.PREVIEW:
        context |= _decision(found, kept)
    return render(request, "roster/batch.html", context)


def _decision(found: ImportBatch, kept: list[str]) -> dict[str, Any]:
    """Return what a person decides on in a preview."""
    return {
        "writes": _writes(found, kept),
        "scope": _scope(found),
        "conflicts": [
            {"label": label, "count": count, "kept": label in kept}
            for label, count in changed_columns(found).items()
        ],
        "doubted": len(doubted_rows(found)),
        "new_classes": asked_classes(found),
        "book_form": ErrorBookForm(),
        "book": found.books.last(),
    }


@require_safe
@needs(Right.IMPORT_ROSTER)
def status(request: Request, pk: int) -> HttpResponse:
    """The progress alone, polled every 2 seconds. When the job ends, the page reloads."""
    found = batch_of(request, pk)
    if found.job is None or found.job.is_over:
        is_htmx = getattr(request, "htmx", False)
        return HttpResponseClientRefresh() if is_htmx else redirect("roster:batch", pk=pk)
    return render(request, "parts/_progress.html", {"job": _progress(found)})


@require_POST
@needs(Right.IMPORT_ROSTER)
def confirm(request: Request, pk: int) -> HttpResponse:
    """Write the valid rows of a preview, or drop the batch, as the person chose."""
    found = batch_of(request, pk)
    decision = request.POST.get("decision")
    if decision == DROP:
        return _drop(request, found)
    if decision != WRITE:
        messages.error(request, "请先选择「仅导入正确的行」或「全部取消」，再提交。")
        return redirect("roster:batch", pk=pk)
    opened, wrong = answers_in(request.POST, found)
    try:
        if wrong:
            deny_classes(doer_of(request), found.pk, wrong)
            messages.warning(request, "班级写错的行列在「不能导入」里，请改正班级后再确认。")
        else:
            confirm_import(doer_of(request), found.pk, opened)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("roster:batch", pk=pk)


@require_POST
@needs(Right.IMPORT_ROSTER)
def drop(request: Request, pk: int) -> HttpResponse:
    return _drop(request, batch_of(request, pk))


@require_safe
@needs(Right.IMPORT_ROSTER)
def receipt(request: Request, pk: int) -> HttpResponse:
    """导入回执 as a file, once the batch is written."""
    found = batch_of(request, pk)
    if found.state != ImportBatch.DONE:
        messages.error(request, f"这一批名册{found.state_label}，写入完成后才有回执。")
        return redirect("roster:batch", pk=pk)
    audit.record(origin_of(request), "download_receipt", "import_batch", found.pk)
    name = f"导入回执_{found.file_name.rsplit('.', 1)[0][:60]}.xlsx"
    return workbook(receipt_workbook(_receipt_facts(found)), name)


def _drop(request: Request, found: ImportBatch) -> HttpResponse:
    try:
        drop_import(doer_of(request), found.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("roster:batch", pk=found.pk)
    messages.success(request, f"已取消《{found.file_name}》的导入，名册没有改动。")
    return redirect("roster:upload")


def _receipt_facts(found: ImportBatch) -> list[tuple[str, str]]:
    counts = [(label, found.counts.get(action, 0)) for action, label in ImportRow.LABELS.items()]
    kept = kept_columns(found)
    return [
        ("学校", str(found.school or "全县各校")),
        ("文件", found.file_name),
        ("文件校验值（SHA-256）", found.file_hash),
        ("工作表", found.sheet_name),
        ("数据日期", full_day_words(found.as_of)),
        ("上传人", str(found.uploaded_by.person)),
        ("上传时间", _moment(found.uploaded_at)),
        ("写入时间", _moment(found.done_at)),
        ("表中行数", str(found.counts.get("rows", 0))),
        *[(label, str(count)) for label, count in counts],
        ("选择不导入的行", _numbers(left_out(found))),
        ("特殊群体", counted(found.counts.get(GROUPS, {})) or "无"),
        ("保留系统值的栏目", "、".join(kept) or "无"),
        ("涉及班级" if found.school_id else "涉及学校", _scope(found) or "无"),
    ]


def _numbers(rows: list[int]) -> str:
    return f"第{'、'.join(map(str, rows))}行（共{len(rows)}行）" if rows else "无"


def _moment(at: datetime | None) -> str:
    return moment_words(localtime(at)) if at else ""


def _rows(found: ImportBatch, shown: str) -> QuerySet[ImportRow]:
    if shown == WARNED:
        return found.rows.exclude(warnings=[])
    return found.rows.filter(action=shown)


def _asked_tab(request: Request, found: ImportBatch) -> str:
    """Return the tab in the address; by default refused rows first, then changes."""
    asked = request.GET.get("show", "")
    if asked in {key for key, *_ in _labelled(request.viewer, found)}:
        return asked
    for action in ImportRow.LABELS:
        if found.counts.get(action):
            return action
    return ImportRow.NEW


def _tabs(request: Request, found: ImportBatch, shown: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "count": count, "url": f"?show={key}", "active": key == shown}
        for key, label, count in _labelled(request.viewer, found)
        if count or key == shown
    ]


def _labelled(viewer: Viewer, found: ImportBatch) -> list[tuple[str, str, int]]:
    """Return every tab with its key, its label and its number of rows."""
    labels = [*ImportRow.LABELS.items(), (WARNED, "有提醒")]
    counted_rows = [(key, label, found.counts.get(key, 0)) for key, label in labels]
    return counted_rows + group_tab(viewer, found)


def _refused(found: ImportBatch) -> int:
    return int(found.counts.get(ImportRow.REFUSED, 0))


def _writes(found: ImportBatch, kept: Iterable[str]) -> int:
    """Return how many rows a confirmation would write, without rows that differ in kept columns
    only."""
    total: int = found.writes
    silent = {*kept} - {CLASS}
    if not silent:
        return total
    changed = found.rows.filter(action=ImportRow.CHANGED).values_list("changes", flat=True)
    return total - sum({change["label"] for change in row} <= silent for row in changed)


def _scope(found: ImportBatch) -> str:
    """Return what a confirmation touches: 「七年级2班等24个班」, for a county's sheet
    「…等12所学校」."""
    rows = found.rows.filter(action__in=ImportRow.WRITES, problems=[])
    column, word = ("class_label", "个班") if found.school_id else ("school__name", "所学校")
    names = list(rows.order_by(column).values_list(column, flat=True).distinct())
    return f"{names[0]}等{len(names)}{word}" if len(names) > 1 else "".join(map(str, names))


def _earlier(found: ImportBatch) -> ImportBatch | None:
    """Return the last batch of the same file before this one, so that the page can warn."""
    same = ImportBatch.objects.filter(file_hash=found.file_hash, school=found.school)
    if found.school is None:
        same = same.filter(uploaded_by__unit=found.uploaded_by.unit_id)
    gone = (ImportBatch.DROPPED, ImportBatch.REFUSED)
    return same.filter(pk__lt=found.pk).exclude(state__in=gone).first()


def _undo_url(found: ImportBatch, now: datetime) -> str:
    """Return the address that takes a written batch back, within its 24 hours."""
    if found.state != ImportBatch.DONE or found.done_at is None or now > found.done_at + UNDO_FOR:
        return ""
    try:
        return reverse("undo_import", args=[found.pk])
    except NoReverseMatch:  # the address belongs to a storey above, which may not be installed
        return ""


def _progress(found: ImportBatch) -> dict[str, Any] | None:
    """Return the context of parts/_progress.html; None when no job runs."""
    job = found.job
    if job is None or job.is_over:
        return None
    words = f"已处理 {job.done} / {job.total} 行" if job.total else job.note
    if job.is_broken_off_at(timezone.now()):
        words = job.BROKEN_OFF
    return {
        "poll_url": reverse("roster:status", args=[found.pk]),
        "title": job.title,
        "done": job.done,
        "total": job.total,
        "words": words,
        "finished": False,
    }


def _stuck(found: ImportBatch) -> str:
    """Return why the batch will not go on by itself after a failed job."""
    waits = found.state in (ImportBatch.READING, ImportBatch.WRITING)
    return found.job.problem if waits and found.job and found.job.is_over else ""
