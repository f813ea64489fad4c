"""A list of papers that is signed with one press: what each says, any sheet of it, the press."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.papers.acts.batches import (
    drop_batch,
    order_signing,
    seen_of_batch,
    send_back_batch,
    waiting_of,
)
from foundation.papers.acts.common import HANDLES, drafting_post, handles, signing_post
from foundation.papers.forms import PaperReasonForm
from foundation.papers.models import Paper, PaperBatch
from foundation.papers.printing.page import as_page
from foundation.papers.reading import seen_of_list, sheet_of
from foundation.papers.rules.merging import texts_of
from foundation.papers.rules.states import UNSIGNED, PaperState
from foundation.papers.views.common import address_of_check, crumbs, note_reading, readable

REASONS = {
    "return": (
        "退回整批",
        send_back_batch,
        ("这批里待签发的全部退回拟稿人，他会收到消息和您写的原因。",),
        "已退回拟稿人。",
    ),
    "drop": (
        "撤销整批",
        drop_batch,
        ("这批里没有签发的全部撤销，留在记录里，不占文号。", "改好以后可以重新拟稿。"),
        "已撤销。",
    ),
}


@require_safe
@needs(*HANDLES)
def batch(request: Request, pk: int) -> HttpResponse:
    """The whole list with what each paper says; with ``n``, the sheet of one of them."""
    found, papers = _found(request, pk)
    asked = request.GET.get("n", "1" if len(papers) == 1 else "")
    place = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    if 0 < place <= len(papers):
        return _sheet(request, found, papers, place)
    note_reading(request, "list_papers", papers)
    context = {
        **_told(request, found, papers),
        "names": papers[0].definition.listed,
        "lines": [_line(found, number, paper) for number, paper in enumerate(papers, 1)],
        "crumbs": crumbs(found.title),
    }
    return render(request, "papers/batch.html", context)


@require_POST
@needs(Right.SIGN_PAPERS)
def sign_batch(request: Request, pk: int) -> HttpResponse:
    """Sign all that waits of the list: one press, one job, whose progress is shown."""
    found, _ = _found(request, pk)
    try:
        job = order_signing(doer_of(request), found, request.POST.get("seen", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("papers:batch", pk)
    return redirect("job", job.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*HANDLES)
def batch_with_reason(request: Request, pk: int, act: str) -> HttpResponse:
    """Send the list back, or give it up: with the reason."""
    found, papers = _found(request, pk)
    label, does, effects, done = REASONS[act]
    post = signing_post if act == "return" else drafting_post
    if post(request.viewer, papers[0]) is None:
        raise PermissionDenied
    form = PaperReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            does(doer_of(request), found, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("papers:batch", pk)
    context = {
        "heading": f"{label}：{found.title}",
        "effects": effects,
        "form": form,
        "action_label": label,
        "danger": act == "drop",
        "back_url": reverse("papers:batch", args=[pk]),
        "crumbs": crumbs(found.title),
    }
    return render(request, "parts/confirm.html", context, status=422 if form.errors else 200)


def _found(request: Request, pk: int) -> tuple[PaperBatch, list[Paper]]:
    """The list, and those of its papers that the viewer drafts or signs, in its order; or 404."""
    rows = readable(request).filter(batch=pk).select_related("unit", "batch__job", "desk")
    rows = rows.select_related("batch__drafted_by__person", "batch__drafted_by__unit")
    papers = [one for one in rows.order_by("pk") if handles(request.viewer, one)]
    if not papers:
        raise Http404
    return papers[0].batch, papers


def _told(request: Request, found: PaperBatch, papers: Sequence[Paper]) -> dict[str, Any]:
    """Where the list stands, and what the viewer may do with it."""
    waiting, job = waiting_of(found), found.job
    runs = job is not None and not job.is_over
    signs = signing_post(request.viewer, papers[0]) is not None
    unsigned = [one for one in papers if one.state in UNSIGNED]
    seen = seen_of_list(waiting, clock.today()) if signs else {}
    return {
        "batch": found,
        "count": len(papers),
        "waiting": sum(one.state == PaperState.WAITING for one in papers),
        "running": job if runs else None,
        "seen": seen_of_batch(waiting, seen) if signs else "",
        "may_sign": signs and bool(waiting) and not runs,
        "may_drop": unsigned and not runs and _drafts_all(request, found, papers),
        "printable": ",".join(str(one.pk) for one in papers if one.is_valid),
        "left_out": len(found.left_out),
    }


def _drafts_all(request: Request, found: PaperBatch, papers: Sequence[Paper]) -> bool:
    """Whether the viewer drafts the whole list: a school sees its own part of a township's."""
    own = all(drafting_post(request.viewer, paper) for paper in papers)
    return own and len(papers) == found.papers.count()


def _line(found: PaperBatch, number: int, paper: Paper) -> dict[str, Any]:
    values = texts_of(paper.values)
    waits = paper.state == PaperState.WAITING
    return {
        "n": number,
        "paper": paper,
        "values": [(name, values.get(name, "")) for name in paper.definition.listed],
        "reason": found.left_out.get(str(paper.pk), "") if waits else "",
    }


def _sheet(
    request: Request, found: PaperBatch, papers: Sequence[Paper], place: int
) -> HttpResponse:
    """One sheet as it is printed; the next and the one before are a press away."""
    paper = papers[place - 1]
    signs = paper.state in UNSIGNED and signing_post(request.viewer, paper)
    note_reading(request, "look_paper" if signs else "read_paper", [paper])
    sheet = sheet_of(paper, clock.today(), address_of_check(request, paper))
    only = len(papers) == 1
    context = {
        **_told(request, found, papers),
        "paper": paper,
        "place": place,
        "before": place - 1,
        "after": place + 1 if place < len(papers) else 0,
        "sheets": as_page([sheet]),
        "only": only,
        "reason": found.left_out.get(str(paper.pk), "") if paper.state in UNSIGNED else "",
        "crumbs": crumbs(found.title),
    }
    return render(request, "papers/batch_sheet.html", context)
