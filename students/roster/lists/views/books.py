"""Orders a list of another room as a workbook: the purpose is asked, then the file is sent."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect

from foundation.accounts.door.fresh import ask_again
from foundation.accounts.requests import Request, doer_of
from foundation.downloads import workbook
from students.roster.lists.actions import ExportOrder, note_export, order_export
from students.roster.lists.books import BOOKS
from students.roster.lists.export_forms import PurposeForm
from students.roster.lists.views.exports import keep_typed, kept_typed


@dataclass(frozen=True, slots=True)
class BookOrder:
    """What is ordered: the code of the book, its filters, and how many rows they give.

    ``none`` is said where they give none; ``narrow`` what to do where they give more than ``most``.
    """

    code: str
    asked: dict[str, str]
    rows: int
    most: int
    none: str
    narrow: str


def order_book(
    request: Request, order: BookOrder, show: Callable[[PurposeForm], HttpResponse]
) -> HttpResponse:
    """Ask for the purpose on the page ``show``. Fewer rows than take a second person are sent at
    once."""
    if request.method != "POST":
        return show(PurposeForm(initial=kept_typed(request)))
    form = PurposeForm(request.POST)
    if not form.is_valid() or not _fits(form, order):
        return show(form)
    keep_typed(request, form.cleaned_data)
    ask_again(request)  # the order goes on after it
    kept_typed(request)
    return _sent(request, order, form.cleaned_data["purpose"])


def _fits(form: PurposeForm, order: BookOrder) -> bool:
    noun = BOOKS[order.code].noun
    if not order.rows:
        form.add_error(None, order.none)
    elif order.rows > order.most:
        words = f"共{order.rows}{noun}，一次最多导出{order.most}{noun}。{order.narrow}"
        form.add_error(None, words)
    return not form.errors


def _sent(request: Request, order: BookOrder, purpose: str) -> HttpResponse:
    book, doer = BOOKS[order.code], doer_of(request)
    wanted = ExportOrder(order.code, book.title, order.asked, purpose, False, order.rows)
    export = order_export(doer, wanted)
    if export.needs_second:
        return redirect("roster:export", pk=export.pk)
    content, children = book.write(export, doer.viewer, doer.today)
    note_export(doer.origin, export, children)
    return workbook(content, export.file_name)
