"""Step 4: correcting refused rows on the page or by the error workbook, and keeping our values."""

import json
import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from students.roster.imports.acts import corrections
from students.roster.imports.acts.corrections import (
    correct_rows,
    keep_columns,
    leave_row_out,
    left_out,
    newest_cells,
    stand_by_rows,
    take_row_back,
)
from students.roster.imports.acts.layouts import cells_of
from students.roster.imports.books.error_book import WrongRow, error_workbook
from students.roster.imports.forms import ErrorBookForm
from students.roster.imports.views.common import batch_of
from students.roster.models import ImportBatch, ImportRow

_TYPED = re.compile(r"r([0-9]{1,7})c([0-9]{1,3})")
WIDEST = 200  # columns of a sheet


@require_POST
@needs(Right.IMPORT_ROSTER)
def correct(request: Request, pk: int) -> HttpResponse:
    """Keep what was typed into the marked cells, and read the batch again."""
    found = batch_of(request, pk)
    typed: dict[int, dict[int, str]] = {}
    for key, words in request.POST.items():
        match = _TYPED.fullmatch(key)
        if match and int(match[2]) < WIDEST:
            typed.setdefault(int(match[1]), {})[int(match[2])] = str(words).strip()
    try:
        correct_rows(doer_of(request), found.pk, typed)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("roster:batch", pk=pk)


@require_POST
@needs(Right.IMPORT_ROSTER)
def stand_by(request: Request, pk: int) -> HttpResponse:
    """Import rows as they are although their ID number says otherwise."""
    found = batch_of(request, pk)
    try:
        stand_by_rows(doer_of(request), found.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("roster:batch", pk=pk)


@require_POST
@needs(Right.IMPORT_ROSTER)
def choose_row(request: Request, pk: int, row_no: int) -> HttpResponse:
    """不导入这一行, or 恢复这一行 where it was left out before."""
    found = batch_of(request, pk)
    act = take_row_back if row_no in left_out(found) else leave_row_out
    try:
        act(doer_of(request), found.pk, row_no)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("roster:batch", pk=pk)


@require_safe
@needs(Right.IMPORT_ROSTER)
def error_book(request: Request, pk: int) -> HttpResponse:
    """下载错误表: the refused rows as uploaded, wrong cells in red."""
    found = batch_of(request, pk)
    kept = newest_cells(found)
    layout = getattr(found, "layout", None)
    if not kept or layout is None or not layout.head_sealed:
        messages.error(request, _nothing_to_mend(found))
        return redirect("roster:batch", pk=pk)
    refused = found.rows.filter(action=ImportRow.REFUSED, row_no__in=kept)
    rows = [
        WrongRow(row.row_no or 0, cells_of(kept[row.row_no or 0]), row.problems) for row in refused
    ]
    headings = json.loads(layout.head)[layout.header]
    details = {"rows": len(rows)}
    audit.record(origin_of(request), "download_errors", "import_batch", pk, details=details)
    content = error_workbook(str(found.uuid), headings, rows)
    return workbook(content, f"错误表_{found.file_name.rsplit('.', 1)[0][:60]}.xlsx")


@require_POST
@needs(Right.IMPORT_ROSTER)
def return_book(request: Request, pk: int) -> HttpResponse:
    """Take the corrected error workbook back into the same batch."""
    found = batch_of(request, pk)
    form = ErrorBookForm(request.POST, request.FILES)
    try:
        file = _file_of(form)
        corrections.return_book(doer_of(request), found.pk, file.name, file.read())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("roster:batch", pk=pk)


@require_POST
@needs(Right.IMPORT_ROSTER)
def keep(request: Request, pk: int) -> HttpResponse:
    """Choose by column whether the file or the roster counts."""
    found = batch_of(request, pk)
    labels = [key[2:] for key, choice in request.POST.items() if key[:2] == "k-" and choice == "1"]
    try:
        keep_columns(doer_of(request), found.pk, labels)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已记下各栏目的取舍，写入时按此办理。")
    return redirect("roster:batch", pk=pk)


def _file_of(form: ErrorBookForm) -> Any:
    if not form.is_valid():
        raise Refused("".join(str(words) for field in form.errors.values() for words in field))
    return form.cleaned_data["file"]


def _nothing_to_mend(found: ImportBatch) -> str:
    if found.counts.get(ImportRow.REFUSED):
        return "原表已超过保存期限，不能再下载错误表。请改正后重新上传。"
    return "这一批没有不能导入的行。"
