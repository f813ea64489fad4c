"""What is done with a paper: each act asks for what it needs, and leads back to the paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.papers import acts
from foundation.papers.acts.common import drafting_post, signing_post
from foundation.papers.acts.signing import NOT_SEEN
from foundation.papers.forms import PaperReasonForm, PerformanceForm, ServiceForm, initial_of
from foundation.papers.models import Paper, Sending
from foundation.papers.reading import seen_of
from foundation.papers.rules.states import Move, problem_with
from foundation.papers.views.common import crumbs, found, handled, to_sign


@dataclass(frozen=True, slots=True)
class ReasonPage:
    """An act that asks for a reason: its words, what follows, and what is told when done."""

    label: str
    act: Callable[[Doer, Paper, str], Paper]
    effects: tuple[str, ...]
    done: str
    is_danger: bool = True
    signs: bool = True
    receives: bool = False  # by a post of a unit to which the paper was sent

    def check(self, viewer: Viewer, paper: Paper) -> None:
        """Raises PermissionDenied for who may not do it, before a form is shown."""
        if self.receives:
            if not Sending.objects.visible_to(viewer).filter(paper=paper).exists():
                raise PermissionDenied
            return
        if self.signs and signing_post(viewer, paper) is None:
            raise PermissionDenied
        if drafting_post(viewer, paper) is None and signing_post(viewer, paper) is None:
            raise PermissionDenied


REASONS: dict[str, ReasonPage] = {
    "return": ReasonPage(
        "退回",
        acts.send_back,
        ("退回拟稿人，他会收到消息和您写的原因。", "修改后可以再次送签。"),
        "已退回拟稿人。",
        is_danger=False,
    ),
    "drop": ReasonPage(
        "撤销草稿",
        acts.drop,
        ("草稿不再办理，留在记录里，不占文号。", "需要时重新拟稿。"),
        "草稿已撤销。",
        signs=False,
    ),
    "void": ReasonPage(
        "作废",
        acts.void,
        (
            "文号保留在台账中，不再使用。",
            "扫描二维码的人看到“已作废”。",
            "需要时重新拟稿，用新的文号。",
        ),
        "已作废，文号保留。",
    ),
    "reopen": ReasonPage(
        "撤回履行",
        acts.reopen,
        ("文书回到履行以前的状态。", "撤回留有记录。"),
        "已撤回履行。",
        is_danger=False,
        signs=False,
    ),
    "unreceive": ReasonPage(
        "撤回签收",
        acts.take_back_receipt,
        ("文书回到未签收，发文的单位看得到。", "撤回留有记录，可以重新签收。"),
        "已撤回签收，文书回到未签收。",
        is_danger=False,
        receives=True,
    ),
    "refuse": ReasonPage(
        "退回发文单位",
        acts.refuse,
        ("发文单位收到消息，看得到您写的原因。", "这份文书作废，文号保留，由发文单位重新编制。"),
        "已退回发文单位。",
        receives=True,
    ),
    "unreply": ReasonPage(
        "撤回回函",
        acts.take_back_reply,
        ("函件回到未回函，原来登记的内容留在记录里。", "需要时重新登记回函。"),
        "已撤回回函，函件回到未回函。",
        is_danger=False,
        signs=False,
    ),
}


@require_POST
@needs(Right.DRAFT_PAPERS)
def send(request: Request, pk: int) -> HttpResponse:
    return _done(request, pk, lambda paper: acts.send_to_sign(doer_of(request), paper), "已送签。")


@require_POST
@needs(Right.DRAFT_PAPERS)
def recall(request: Request, pk: int) -> HttpResponse:
    return _done(request, pk, lambda paper: acts.recall(doer_of(request), paper), "已撤回送签。")


@require_POST
@needs(Right.SIGN_PAPERS)
def sign(request: Request, pk: int) -> HttpResponse:
    """Sign what stands on the page, or only note that it was read, and go to the next."""
    paper, doer = found(request, pk), doer_of(request)
    only_looks = "look" in request.POST
    try:
        if words := problem_with(Move.SIGN, paper.state):
            raise Refused(words)  # of two who sign it, the second
        if request.POST.get("seen") != seen_of(paper, doer.today):
            raise Refused(NOT_SEEN)
        acts.look(doer, paper)
        if not only_looks:
            signed = acts.sign(doer, paper)
            messages.success(request, f"已签发：{signed.number}。")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("papers:paper", pk)
    return redirect(_after(request, paper) if only_looks else reverse("papers:paper", args=[pk]))


@require_POST
@needs(Right.RECEIVE_REPORT)
def receive(request: Request, pk: int) -> HttpResponse:
    """Sign for a paper that was sent to one's unit: one press, today."""
    return _done(request, pk, lambda paper: acts.receive(doer_of(request), paper), "已签收。")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DRAFT_PAPERS, Right.SIGN_PAPERS, Right.RECEIVE_REPORT)
def with_reason(request: Request, pk: int, act: str) -> HttpResponse:
    """Send back, give up, void, take back: with the reason."""
    paper, asked = found(request, pk), REASONS[act]
    asked.check(request.viewer, paper)
    if away := too_late(request, paper, Move(act)):
        return away
    form = PaperReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked.act(doer_of(request), paper, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, asked.done)
            return redirect("papers:paper", pk)
    context = {
        "effects": [*asked.effects, *_besides(paper, act)],
        "action_label": asked.label,
        "danger": asked.is_danger,
    }
    return _shown(request, paper, f"{asked.label}：{paper.number or paper.title}", form, context)


def _besides(paper: Paper, act: str) -> list[str]:
    """What a storey says that follows of the act."""
    told = paper.definition.on_void if act == "void" else ""
    return [told] if told else []


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DRAFT_PAPERS, Right.SIGN_PAPERS)
def perform(request: Request, pk: int) -> HttpResponse:
    paper = handled(request, pk)
    if away := too_late(request, paper, Move.PERFORM):
        return away
    data = request.POST if request.method == "POST" else None
    form = PerformanceForm(data, initial={"day": clock.today()})
    if form.is_valid():
        try:
            acts.perform(doer_of(request), paper, form.cleaned_data["day"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记履行。")
            return redirect("papers:paper", pk)
    return _shown(request, paper, "登记履行", form, {"action_label": "登记履行"})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DRAFT_PAPERS, Right.SIGN_PAPERS)
def serve(request: Request, pk: int) -> HttpResponse:
    """The receipt of a service; of a served paper, its correction with a reason."""
    paper = handled(request, pk)
    earlier = paper.services.first()
    if away := too_late(request, paper, Move.CORRECT if earlier else Move.SERVE):
        return away
    if own := paper.definition.service_page(paper):
        return redirect(own)
    posted = request.method == "POST"
    form = ServiceForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        paper=paper,
        asks=earlier is not None,
        initial=initial_of(earlier) if earlier else {"day": clock.today()},
    )
    label = "更正送达" if earlier else "登记送达"
    if form.is_valid():
        try:
            _serve(doer_of(request), paper, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已{label}。")
            return redirect("papers:paper", pk)
    return _shown(request, paper, f"{label}：{paper.number}", form, {"action_label": label})


def too_late(request: HttpRequest, paper: Paper, move: Move) -> HttpResponse | None:
    """Back to the paper, with words, where it allows the move no more and a form would be filled in
    for nothing. What is posted goes on to the act, which refuses it and keeps what was typed."""
    words = problem_with(move, paper.state)
    if request.method == "POST" or not words:
        return None
    messages.error(request, words)
    return redirect("papers:paper", paper.pk)


def _serve(doer: Doer, paper: Paper, form: ServiceForm) -> None:
    data = form.cleaned_data
    if "reason" in data:
        acts.correct_service(doer, paper, form.entry, data["reason"], data["proofs"])
    else:
        acts.serve(doer, paper, form.entry, data["proofs"])


def _done(request: Request, pk: int, act: Callable[[Paper], Paper], words: str) -> HttpResponse:
    try:
        act(found(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("papers:paper", pk)


def _after(request: Request, paper: Paper) -> str:
    """The next paper that waits after this one, or the queue after the last."""
    rows = to_sign(request)
    following = rows.filter(pk__gt=paper.pk).first()
    if following is None:
        return reverse("papers:queue")
    return reverse("papers:paper", args=[following.pk])


def _shown(
    request: Request, paper: Paper, heading: str, form: Any, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "heading": heading,
        "form": form,
        "back_url": reverse("papers:paper", args=[paper.pk]),
        "crumbs": crumbs(paper.number or paper.title),
        **more,
    }
    template = "papers/serve.html" if isinstance(form, ServiceForm) else "parts/confirm.html"
    return render(request, template, context, status=422 if form.errors else 200)
