"""Where the order of a case stands, and what the viewer does next with it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cases.acts.ladder.serve_order import shortfall, talks_in_words
from cases.acts.performing import acting_post
from cases.models import Case
from cases.orders import under_way
from cases.papers.registry import context_of
from cases.policy import RULES, Act, Level, Stage, acts_of
from foundation.accounts.doer import Doer
from foundation.papers.acts.common import handles, signing_post
from foundation.papers.models import Paper
from foundation.papers.rules.states import PaperState


@dataclass(frozen=True, slots=True)
class OrderStep:
    """What comes next: a button with its address where the viewer does it, and words.

    ``words`` says who is awaited, or what is missing. Both are empty where no order is due.
    """

    label: str = ""
    url: str = ""
    words: str = ""


def step_of(doer: Doer, case: Case) -> OrderStep:
    """The next step with the order for the doer, on a rung where one is served."""
    held = acting_post(doer.viewer, RULES[Act.SERVE_ORDER], case, doer.today)
    if held is None or Act.SERVE_ORDER not in acts_of(Stage(case.stage)):
        return OrderStep()
    page = reverse("case_order", args=[case.number])
    paper = under_way(case)
    if paper is None and held[1] is not Level.TOWNSHIP:
        return OrderStep()  # it may, and owes none: 文书 on the page of the case offers it
    if paper is None:
        missing = shortfall(case, doer.today, context_of(doer, case).rules)
        return OrderStep(words=missing) if missing else OrderStep("起草限期复学通知书", page)
    return _with(doer, paper, page)


def _with(doer: Doer, paper: Paper, page: str) -> OrderStep:
    if not handles(doer.viewer, paper):
        return OrderStep(words=f"{paper.unit}已在办理限期复学通知书，由该单位签发和送达。")
    own = reverse("papers:paper", args=[paper.pk])
    if paper.state == PaperState.WAITING and signing_post(doer.viewer, paper) is not None:
        return OrderStep("签发限期复学通知书", own, "经办人已送签，请看过全文后签发或退回。")
    if paper.state == PaperState.WAITING:
        return OrderStep("查看限期复学通知书", own, f"通知书已送签，等{_signer_of(paper)}签发。")
    if paper.state == PaperState.RETURNED:
        why = paper.moves.filter(move="return").last()
        words = f"通知书被退回：{why.reason if why else ''}"
        return OrderStep("修改限期复学通知书", page, words)
    if paper.state == PaperState.SIGNED:
        return OrderStep(words=f"通知书 {paper.number} 已签发。请打印送达，送达后登记。")
    return OrderStep("送签限期复学通知书", page, "通知书已起草，还没有送签。")


def _signer_of(paper: Paper) -> str:
    return "局领导" if paper.unit_id == paper.county_id else "乡镇领导"


def card_of(doer: Doer, case: Case) -> dict[str, Any]:
    """The context of the case page: the next step with its order, how often was tried."""
    step = step_of(doer, case)
    told = talks_in_words(case, context_of(doer, case)) if step.label or step.words else ""
    return {"order_step": step, "order_talks": told}
