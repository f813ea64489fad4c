"""The service of an order: recorded with its receipt, and corrected (T04)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.acts.ladder.serve_order import talks_in_words
from cases.models import Case
from cases.orders import paper_of, to_be_served
from cases.pages.order_forms import OrderServiceCorrectionForm, OrderServiceForm
from cases.pages.views.acts import act_page
from cases.pages.views.orders import allows, case_of_order
from cases.papers.registry import context_of
from cases.policy import Act
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.papers import acts as papers
from foundation.papers.acts.common import handles
from foundation.papers.models import Paper
from foundation.papers.rules.states import Move
from foundation.papers.views.moves import too_late


@needs(Right.SEE_CASES)
def serve(request: Any, number: str) -> HttpResponseBase:
    """Records the service of the signed order, with the photo of its receipt."""
    case = case_of_order(request, number)
    paper = to_be_served(case)
    if not allows(case):
        return act_page(request, number, Act.SERVE_ORDER)
    if paper is None:
        return redirect("case_order", case.number)
    if not handles(request.viewer, paper):
        raise PermissionDenied
    if request.method != "POST":
        return _service(request, case, paper, OrderServiceForm(case, clock.today()), 200)
    form = OrderServiceForm(case, clock.today(), request.POST, request.FILES)
    if not form.is_valid():
        return _service(request, case, paper, form, 422)
    try:
        papers.serve(doer_of(request), paper, form.entry, form.cleaned_data["proofs"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _service(request, case, paper, form, 422)
    messages.success(request, f"已登记限期复学通知书送达（{paper.number}），限期从送达之日起算。")
    return redirect(f"{reverse('case', args=[case.number])}?done=1")


@needs(Right.SEE_CASES)
def correct(request: Any, number: str, pk: int) -> HttpResponseBase:
    """Enters the service of an order anew; the week moves with it."""
    case = case_of_order(request, number)
    paper = paper_of(case, pk)
    if not handles(request.viewer, paper):
        raise PermissionDenied
    if away := too_late(request, paper, Move.CORRECT):
        return away
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OrderServiceCorrectionForm(case, clock.today(), *sent, initial=_as_entered(paper))
    if request.method != "POST":
        return _service(request, case, paper, form, 200)
    if not form.is_valid():
        return _service(request, case, paper, form, 422)
    data = form.cleaned_data
    try:
        papers.correct_service(doer_of(request), paper, form.entry, data["reason"], data["proofs"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _service(request, case, paper, form, 422)
    messages.success(request, f"已更正 {paper.number} 的送达。")
    return redirect("case", case.number)


def _as_entered(paper: Paper) -> dict[str, Any]:
    """The service as it stands, for the form of its correction."""
    row = paper.services.first()
    if row is None:
        return {}
    moment = timezone.localtime(row.served_at)
    return {
        "method": row.method,
        "day": moment.date(),
        "time": moment.time(),
        "place": row.place,
        "first_server": row.first_server,
        "second_server": row.second_server,
        "refusal": row.refusal,
        "witness": row.witness,
        "remark": row.remark,
    }


def _service(
    request: Any, case: Case, paper: Paper, form: OrderServiceForm, status: int
) -> HttpResponseBase:
    ctx = context_of(doer_of(request), case)
    context = {
        "case": case,
        "name": request.viewer.name_of(case.child.name, case.child_id),
        "paper": paper,
        "form": form,
        "told": talks_in_words(case, ctx),
        "corrects": isinstance(form, OrderServiceCorrectionForm),
    }
    audit.record(origin_of(request), "open_form", "case", case.pk, children=[case.child_id])
    return render(request, "cases/service.html", context, status=status)
