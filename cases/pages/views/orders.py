"""The order of a case on its pages: drafted, sent to be signed, served, corrected."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from cases.acts.ladder.serve_order import shortfall, talks_in_words
from cases.acts.performing import acting_post
from cases.models import Case
from cases.orders import under_way
from cases.pages.order_forms import OrderValuesForm
from cases.pages.order_steps import step_of
from cases.pages.views.acts import act_page
from cases.pages.views.common import case_or_404
from cases.papers.drafting import draft_order, revise_order
from cases.papers.prefilled import values_of
from cases.papers.registry import context_of
from cases.policy import RULES, Act, Stage, acts_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.papers import acts as papers
from foundation.papers.acts.common import handles
from foundation.papers.models import Paper
from foundation.papers.printing.page import as_page
from foundation.papers.reading import sheet_of
from foundation.papers.rules.states import PaperState

_OPEN = (PaperState.DRAFT, PaperState.RETURNED)


def case_of_order(request: Any, number: str) -> Case:
    """The case, if the viewer's post serves its orders."""
    case = case_or_404(request, number)
    if acting_post(request.viewer, RULES[Act.SERVE_ORDER], case, clock.today()) is None:
        raise PermissionDenied
    return case


def allows(case: Case) -> bool:
    return Act.SERVE_ORDER in acts_of(Stage(case.stage))


@needs(Right.SEE_CASES)
def order(request: Any, number: str) -> HttpResponseBase:
    """Drafts the order of a case, revises it, sends it to be signed, or gives it up."""
    case = case_of_order(request, number)
    if not allows(case):
        return act_page(request, number, Act.SERVE_ORDER)
    paper = under_way(case)
    if paper is not None and not handles(request.viewer, paper):
        return _elsewhere(request, case, paper)
    if paper is not None and paper.state not in _OPEN:
        return redirect("papers:paper", paper.pk)
    if request.method == "POST":
        return _done(request, case, paper)
    return _page(request, case, paper, None, 200)


def _elsewhere(request: Any, case: Case, paper: Paper) -> HttpResponseBase:
    """Back to the case: another unit has the order in hand."""
    messages.warning(request, f"这件个案的限期复学通知书由{paper.unit}办理。")
    return redirect("case", case.number)


def _done(request: Any, case: Case, paper: Paper | None) -> HttpResponseBase:
    form = OrderValuesForm(case, clock.today(), request.POST)
    what = request.POST.get("do", "save")
    try:
        if what == "drop" and paper is not None:
            papers.drop(doer_of(request), paper, request.POST.get("reason", ""))
            messages.success(request, "已撤销草稿。")
            return redirect("case", case.number)
        if not form.is_valid():
            return _page(request, case, paper, form, 422)
        _write(request, case, paper, form, sends=what == "send")
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, case, paper, form, 422)
    return redirect("case_order", case.number)


def _write(
    request: Any, case: Case, paper: Paper | None, form: OrderValuesForm, *, sends: bool
) -> None:
    """Save what was typed; with ``sends`` the paper goes to be signed at once."""
    doer = doer_of(request)
    if paper is None:
        paper = draft_order(doer, case, form.values)
    else:
        paper = revise_order(doer, case, paper, form.values)
    if sends:
        papers.send_to_sign(doer, paper)
    messages.success(request, "已送签，等领导签发。" if sends else "已存草稿，请核对下面的预览。")


def _page(
    request: Any, case: Case, paper: Paper | None, form: OrderValuesForm | None, status: int
) -> HttpResponseBase:
    doer = doer_of(request)
    ctx = context_of(doer, case)
    missing = shortfall(case, doer.today, ctx.rules) if paper is None else ""
    if form is None and not missing:
        known = paper.values if paper else values_of(case, ctx, request.viewer.name)
        form = OrderValuesForm(case, doer.today, initial=known)
    context = {
        "case": case,
        "name": request.viewer.name_of(case.child.name, case.child_id),
        "form": form,
        "paper": paper,
        "step": step_of(doer, case),
        "talks": talks_in_words(case, ctx),
        "may_contact": acting_post(request.viewer, RULES[Act.CONTACT], case, doer.today),
        "sheets": as_page([sheet_of(paper, doer.today)]) if paper else "",
    }
    origin, children = origin_of(request), [case.child_id]
    why = "起草限期复学通知书"
    audit.record(origin, "reveal_address", "child", case.child_id, children=children, reason=why)
    return render(request, "cases/order.html", context, status=status)
