"""回函: the page on which the reply to a letter is entered or corrected, and its scans."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.papers import acts
from foundation.papers.acts.common import HANDLES, handles
from foundation.papers.models import Paper
from foundation.papers.reading import asks_reply, reply_words
from foundation.papers.replyforms import ReplyForm, initial_of
from foundation.papers.rules.states import Move, problem_with
from foundation.papers.views.common import crumbs, found, handled, shown_file
from foundation.papers.views.moves import too_late


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*HANDLES)
def reply(request: Request, pk: int) -> HttpResponse:
    """What the letter was answered; once it is entered, its correction with a reason."""
    paper = handled(request, pk)
    if not paper.definition.answers:
        raise Http404
    earlier = paper.replies.first() if paper.replied_on else None
    if away := too_late(request, paper, Move.MEND_REPLY if earlier else Move.REPLY):
        return away
    posted = request.method == "POST"
    form = ReplyForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        paper=paper,
        asks=earlier is not None,
        initial=initial_of(earlier) if earlier else {"day": clock.today()},
    )
    label = "更正回函" if earlier else "登记回函"
    if form.is_valid():
        try:
            _enter(doer_of(request), paper, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已{label}。")
            return redirect("papers:paper", pk)
    context = {
        "heading": f"{label}：{paper.number or paper.title}",
        "form": form,
        "action_label": label,
        "back_url": reverse("papers:paper", args=[pk]),
        "crumbs": crumbs(paper.number or paper.title),
    }
    status = 422 if form.errors else 200
    return render(request, "papers/reply.html", context, status=status)


@require_safe
@needs(Right.SEE_PAPERS)
def reply_proof(request: Request, pk: int, proof: int) -> HttpResponse:
    """A photo or scan of the reply. It shows names, as the letter does."""
    paper = found(request, pk)
    kept = get_object_or_404(paper.reply_proofs.select_related("file"), pk=proof)
    return shown_file(request, paper, kept.file, "read_reply_proof", f"回函-{kept.pk}")


def replies_of(request: Request, paper: Paper) -> dict[str, Any]:
    """Whether the letter waits, every entry of its reply, and what the viewer may do about it."""
    if not paper.definition.answers:
        return {}
    may = handles(request.viewer, paper) and not problem_with(Move.REPLY, paper.state)
    rows = paper.replies.select_related("move__person").prefetch_related("proofs__file")
    return {
        "asks_reply": asks_reply(paper),
        "unanswered": reply_words(paper, clock.today()) if paper.replied_on is None else "",
        "replies": [
            {"row": one, "stands": n == 0 and paper.replied_on is not None}
            for n, one in enumerate(rows)
        ],
        "may_reply": may and paper.replied_on is None,
        "may_mend_reply": may and paper.replied_on is not None,
    }


def _enter(doer: Doer, paper: Paper, form: ReplyForm) -> None:
    data = form.cleaned_data
    if "reason" in data:
        acts.correct_reply(doer, paper, form.entry, data["reason"], data["proofs"])
    else:
        acts.enter_reply(doer, paper, form.entry, data["proofs"])
