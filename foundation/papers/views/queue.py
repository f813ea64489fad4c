"""待签发: what waits for the signature; sign one, or at once all that one has read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.lists.page import BulkAct, list_context
from foundation.lists.printing import show_list
from foundation.lists.selection import picked
from foundation.papers import acts
from foundation.papers.tables import queue_table, waiting_lines
from foundation.papers.views.common import (
    crumbs,
    lists_to_sign,
    note_reading,
    to_sign,
    without_sheet,
)

MOST_SIGNED = 50
SIGNED = "papers_just_signed"  # in the session, until the queue has offered to print them


@require_safe
@needs(Right.SIGN_PAPERS)
def queue(request: Request) -> HttpResponseBase:
    """The papers that wait, the oldest first; only those that were read may be ticked."""
    rows = to_sign(request)
    table = queue_table(rows, request.viewer)
    bulk = (BulkAct("签发勾选的文书", reverse("papers:sign_many")),)
    shown = list_context(request, table, (), bulk=bulk)
    note_reading(request, "list_papers", [line.paper for line in table.records])
    just_signed = ",".join(map(str, request.session.pop(SIGNED, [])))
    context = {
        **shown,
        "batches": lists_to_sign(request),
        "just_signed": just_signed,
        "unscanned": without_sheet(request).count(),
        "crumbs": crumbs("待签发"),
    }
    return show_list(request, "papers/queue.html", context)


@require_POST
@needs(Right.SIGN_PAPERS)
def sign_many(request: Request) -> HttpResponse:
    """Show how many of the ticked papers are signed and which are not; ``confirm`` signs them.

    Those that may not be signed are named with the reason.
    """
    waiting = to_sign(request)
    ids = picked(request.POST, lambda: list(waiting.values_list("pk", flat=True)))
    if ids and "confirm" not in request.POST:
        return _preview(request, waiting.filter(pk__in=ids))
    done = acts.sign_many(doer_of(request), waiting.filter(pk__in=ids)[:MOST_SIGNED])
    if done.papers:
        numbers = "、".join(paper.number for paper in done.papers)
        messages.success(request, f"已签发{len(done.papers)}份：{numbers}。")
        request.session[SIGNED] = [paper.pk for paper in done.papers]
    reasons = list(dict.fromkeys(words for _, words in done.skipped))
    if reasons:
        messages.warning(request, f"{len(done.skipped)}份没有签发：{' '.join(reasons)}")
    if not done.papers and not reasons:
        messages.warning(request, "没有选中文书，请先逐份阅看，再勾选签发。")
    return redirect("papers:queue")


def _preview(request: Request, rows: Any) -> HttpResponse:
    lines = waiting_lines(rows, request.viewer)
    ready = [line for line in lines if line.is_read][:MOST_SIGNED]
    context = {
        "ready": ready,
        "unread": [line for line in lines if not line.is_read],
        "more": max(0, sum(line.is_read for line in lines) - MOST_SIGNED),
        "most": MOST_SIGNED,
        "pks": ",".join(str(line.pk) for line in ready),
        "crumbs": crumbs("签发"),
    }
    return render(request, "papers/sign_many.html", context)
