"""The opening workbook: download, upload, preview, correction, writing."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, account_doer_of, needs
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from foundation.tablefiles.reading import Unreadable, read_sheets
from kongchuo.setup.opening.acts import books
from kongchuo.setup.opening.forms import BookForm
from kongchuo.setup.opening.known import known_county
from kongchuo.setup.opening.models import OpeningBook
from kongchuo.setup.opening.rules.book import CHANGED, LABELS, CheckedBook
from kongchuo.setup.opening.rules.definition import BY_CODE, SHEETS
from kongchuo.setup.opening.rules.red_rows import RedRow, red_rows
from kongchuo.setup.opening.rules.taking import TakenSheet, WrongOpeningBook, take
from kongchuo.setup.opening.rules.tree import tree_of
from kongchuo.setup.opening.template_book import opening_book
from kongchuo.setup.opening.views.common import book_or_404, county_of, crumbs

NAME = "开通工作簿"
CORRECTED_HERE = 50  # rows; more are corrected in the workbook


@require_safe
@needs(Right.OPEN_COUNTY)
def template(request: Request) -> HttpResponse:
    county = county_of(request)
    place = county.region.name
    content = opening_book(known_county(county, clock.today()), place)
    return workbook(content, f"{place}{NAME}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.OPEN_COUNTY)
def upload(request: Request) -> HttpResponse:
    form = BookForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheets = read_book(file)
        except (Unreadable, WrongOpeningBook) as wrong:
            form.add_error("file", str(wrong))
        else:
            try:
                book = books.store_book(
                    account_doer_of(request), county_of(request), file.name, sheets
                )
            except Refused as refused:
                form.add_error("file", str(refused))
            else:
                return redirect("opening:book", pk=book.pk)
    context = {"form": form, "sheets": SHEETS, "crumbs": crumbs("上传")}
    return render(request, "opening/upload.html", context, status=422 if form.is_bound else 200)


def read_book(file: Any) -> list[TakenSheet]:
    """The sheets of an uploaded file; raises Unreadable and WrongOpeningBook."""
    with tempfile.TemporaryDirectory(prefix="opening-") as folder:
        path = Path(folder) / "upload"
        path.write_bytes(file.read())
        return take((sheet.name, sheet.rows) for sheet in read_sheets(path))


@require_safe
@needs(Right.OPEN_COUNTY)
def book(request: Request, pk: int) -> HttpResponse:
    """What the workbook would write; of one that is done, what became of it."""
    found = book_or_404(request, pk)
    if found.state != OpeningBook.READ:
        return render(request, "opening/ended.html", {"book": found, "crumbs": crumbs(found.name)})
    if job := books.writing_of(found):
        return redirect("job", pk=job.pk)
    checked = books.checked(found, account_doer_of(request))
    red = red_rows(checked)
    context = {
        "book": found,
        "failure": books.failure_of(found),
        "checked": checked,
        "counts": _counts(checked),
        "red": red[:CORRECTED_HERE],
        "to_mend": (mends := sum(len(row.problems) for row in red)),
        "following": len(checked.problems) - mends,
        "more_red": len(red) - CORRECTED_HERE,
        "changes": _changes(checked),
        "tree": tree_of(checked),
        "mark": books.seen_mark(checked),
        "crumbs": crumbs("核对"),
    }
    return render(request, "opening/book.html", context)


def _counts(checked: CheckedBook) -> list[tuple[str, list[int]]]:
    """Of each sheet that holds anything the rows of each kind."""
    return [
        (sheet.name, [checked.count(sheet.code, kind) for kind in LABELS])
        for sheet in SHEETS
        if checked.rows[sheet.code]
    ]


def _changes(checked: CheckedBook) -> list[tuple[str, str, str, str]]:
    return [
        (f"{row.tab}第{row.number}行", BY_CODE[row.sheet].column(name).heading, before, after)
        for row in checked
        if row.kind == CHANGED
        for name, before, after in row.changes
    ]


@require_POST
@needs(Right.OPEN_COUNTY)
def correct(request: Request, pk: int) -> HttpResponse:
    """Put typed words into the cells that were wrong; leave a row out, or take it back in."""
    found = book_or_404(request, pk)
    doer = account_doer_of(request)
    try:
        rows = red_rows(books.checked(found, doer))[:CORRECTED_HERE]
        books.correct_book(doer, found, _typed(request, rows))
        for button, out in (("leave", True), ("take", False)):
            sheet, _, number = request.POST.get(button, "").partition("-")
            if number.isdecimal():
                books.leave_out(doer, found, sheet, int(number), out=out)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("opening:book", pk=pk)


def _typed(request: Request, rows: list[RedRow]) -> dict[tuple[str, int, str], str]:
    found = {}
    for row in rows:
        for cell in row.cells:
            words = request.POST.get(cell.name)
            if words is not None and words != cell.typed:
                found[row.sheet, row.number, cell.field] = words
    return found


@require_POST
@needs(Right.OPEN_COUNTY)
def write(request: Request, pk: int) -> HttpResponse:
    found = book_or_404(request, pk)
    try:
        job = books.order_writing(account_doer_of(request), found, request.POST.get("mark", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("opening:book", pk=pk)
    return redirect("job", pk=job.pk)


@require_POST
@needs(Right.OPEN_COUNTY)
def drop(request: Request, pk: int) -> HttpResponse:
    try:
        books.drop_book(account_doer_of(request), book_or_404(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "这份工作簿没有写入，可以改好再传。")
    return redirect("opening:wizard")
