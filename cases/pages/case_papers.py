"""The papers of a case on its page: every one with its state, and what the viewer may write now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cases.acts.performing import acting_post
from cases.models import Case, Order
from cases.papers.registry import ABOUT, offered
from cases.policy import RULES, Act
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.days import day_words
from foundation.papers.models import Paper
from foundation.papers.rules.states import PaperState


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in the list of the case; or an order of the time before papers, with no address."""

    title: str
    number: str
    told: str
    label: str
    tone: str
    url: str = ""
    correct_url: str = ""


@dataclass(frozen=True, slots=True)
class Writable:
    """A kind that the viewer may write now: drafted by a click, or on a page of its own."""

    title: str
    url: str
    is_page: bool


def papers_of(doer: Doer, case: Case) -> dict[str, Any]:
    """The context of the section 文书."""
    return {"case_papers": _lines(doer, case), "writable": _writable(doer, case)}


def _writable(doer: Doer, case: Case) -> list[Writable]:
    return [
        Writable(
            one.kind.title,
            one.page(case) or reverse("write_paper", args=[case.number, one.code]),
            bool(one.page(case)),
        )
        for one in offered(doer, case)
    ]


def _lines(doer: Doer, case: Case) -> list[PaperLine]:
    """The newest first. What is not signed is only seen by who may read it."""
    rows = Paper.objects.about(ABOUT, case.pk).exclude(state=PaperState.DROPPED)
    papers = list(rows.select_related("unit").defer("told_sealed", "text_sealed"))
    orders = list(case.orders.select_related("event").order_by("-pk"))
    read = _readable(doer, papers)
    counts = {one.paper_id: one for one in orders if one.paper_id and one.ended_on is None}
    corrects = _corrects_orders(doer, case)
    shown = (one for one in papers if one.number or one.pk in read)
    lines = [_line(case, one, counts.get(one.pk), read, corrects=corrects) for one in shown]
    return lines + [_typed(one) for one in orders if not one.paper_id]


def _readable(doer: Doer, papers: Collection[Paper]) -> Collection[int]:
    if not papers:
        return ()
    seen = Paper.objects.visible_to(doer.viewer.by(Right.SEE_NAMES))
    return set(seen.filter(pk__in=[one.pk for one in papers]).values_list("pk", flat=True))


def _corrects_orders(doer: Doer, case: Case) -> bool:
    return acting_post(doer.viewer, RULES[Act.SERVE_ORDER], case, doer.today) is not None


def _line(
    case: Case, paper: Paper, order: Order | None, read: Collection[int], *, corrects: bool
) -> PaperLine:
    own = reverse("papers:paper", args=[paper.pk]) if paper.pk in read else ""
    correct = reverse("correct_order", args=[case.number, paper.pk]) if order and corrects else ""
    return PaperLine(
        paper.title,
        paper.number or "（签发后编号）",
        _told(paper, order),
        paper.state_words,
        paper.state_tone,
        own,
        correct,
    )


def _told(paper: Paper, order: Order | None) -> str:
    """Its days in words: drafted or signed, served, performed, voided; an order's last day, too."""
    days: list[tuple[date | None, str]] = [(paper.signed_on, "签发")]
    if not paper.signed_on:
        days = [(paper.drafted_on, "拟稿")]
    if order is None:
        days.append((paper.served_on, "送达"))
    told = [f"{day_words(day)}{word}" for day, word in days if day]
    if order is not None:
        told.append(_week(order))
    later = [(paper.performed_on, "履行"), (paper.voided_on, "作废")]
    return "　".join([*told, *(f"{day_words(day)}{word}" for day, word in later if day)])


def _week(order: Order) -> str:
    return f"{day_words(order.served_on)}送达，限期至 {day_words(order.due_on)}"


def _typed(order: Order) -> PaperLine:
    """An order whose number was typed, before papers were drafted here."""
    told = f"{_week(order)}　签收人：{order.received_by}"
    return PaperLine("限期复学通知书", order.paper_no or "（无文号）", told, "已送达", "good")
