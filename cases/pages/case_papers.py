"""The papers of a case on its page: every one with its state, and what the viewer may write now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cases.models import Case, CaseEvent, Dispatch, Order
from cases.orders import ABOUT
from cases.papers.registry import offered
from cases.policy import Act
from cases.verifying import said_of
from foundation.accounts.doer import Doer
from foundation.days import day_words
from foundation.papers.acts.common import drafting_post
from foundation.papers.ledger import with_people
from foundation.papers.models import Paper
from foundation.papers.reading import (
    NO_SCAN,
    asks_reply,
    awaits_scan,
    reply_words,
    tally_of,
)
from foundation.papers.rules.receipts import UNRECEIVED, since_words
from foundation.papers.rules.states import PaperState

_RECEIPTS = (Act.RECEIVE, Act.SIGN_FOR)


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
    reply_url: str = ""


@dataclass(frozen=True, slots=True)
class Writable:
    """A kind that the viewer may write now: drafted by a click, or on a page of its own."""

    title: str
    url: str
    is_page: bool


@dataclass(frozen=True, slots=True)
class SentLine:
    """A letter or report to one unit, and how it was received there."""

    row: Dispatch
    label: str
    is_received: bool


def papers_of(doer: Doer, case: Case, events: Sequence[CaseEvent]) -> dict[str, Any]:
    """The context of the sections 文书, and 函件与签收."""
    return {
        "case_papers": _lines(doer, case),
        "writable": _writable(doer, case),
        "dispatches": _dispatches(doer, case, events),
        "attends": said_of(case),
    }


def _dispatches(doer: Doer, case: Case, events: Sequence[CaseEvent]) -> list[SentLine]:
    """What acts of the ladder have sent, each with how it was received."""
    rows = list(case.dispatches.select_related("to_unit", "paper"))
    words = {one.pk: _receipt(one, events) for one in rows}
    return [
        SentLine(one, words[one.pk] or _unreceived(one, doer.today), bool(words[one.pk]))
        for one in rows
    ]


def _receipt(paper: Dispatch, events: Iterable[CaseEvent]) -> str:
    """How the paper was received, in words: "" while it waits. An answer counts as receipt."""
    acts = {event.pk: event.act for event in events}
    if paper.received_on is None:
        by_hand = (e for e in events if e.act == Act.ANSWER and paper.kind == Act.ASK_VILLAGE)
        answer = next((e for e in by_hand if e.unit_id == paper.to_unit_id), None)
        return f"{day_words(answer.occurred_on)}已反馈，视为签收" if answer else ""
    signed = acts.get(paper.received_event_id or 0, Act.RECEIVE) in _RECEIPTS
    return f"{day_words(paper.received_on)}{'签收' if signed else '已办理，视为签收'}"


def _unreceived(sent: Dispatch, today: date) -> str:
    """未签收 with the days since; before the letter is signed, nobody can sign for it."""
    if sent.paper is None:
        return UNRECEIVED
    if not sent.paper.signed_on:
        return "待签发" if sent.paper.state != PaperState.DROPPED else "函件已撤销"
    if not sent.paper.is_valid:
        return sent.paper.state_words
    return f"{UNRECEIVED}，{since_words(sent.paper.signed_on, today)}"


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
    papers = list(with_people(rows).prefetch_related("replies__paper"))
    orders = list(case.orders.select_related("event").order_by("-pk"))
    read = readable(doer, [one.pk for one in papers])
    counts = {one.paper_id: one for one in orders if one.paper_id and one.ended_on is None}
    shown = (one for one in papers if one.number or one.pk in read)
    lines = [
        _line(
            case,
            one,
            counts.get(one.pk),
            read,
            doer.today,
            corrects=drafting_post(doer.viewer, one) is not None,
        )
        for one in shown
    ]
    return lines + [_typed(one) for one in orders if not one.paper_id]


def readable(doer: Doer, keys: Collection[int]) -> Collection[int]:
    """Those of the papers whose text the doer may read."""
    if not keys:
        return ()
    seen = Paper.objects.visible_to(doer.viewer, received=True).readable_by(doer.viewer)
    return set(seen.filter(pk__in=keys).values_list("pk", flat=True))


def _line(
    case: Case,
    paper: Paper,
    order: Order | None,
    read: Collection[int],
    today: date,
    *,
    corrects: bool,
) -> PaperLine:
    own = reverse("papers:paper", args=[paper.pk]) if paper.pk in read else ""
    correct = reverse("correct_order", args=[case.number, paper.pk]) if order and corrects else ""
    return PaperLine(
        paper.title,
        paper.number or "（签发后编号）",
        _told(paper, order, today),
        paper.state_words,
        paper.state_tone,
        own,
        correct,
        reverse("papers:reply", args=[paper.pk]) if own and corrects and _waits(paper) else "",
    )


def _waits(paper: Paper) -> bool:
    """Whether the letter waits for a reply from outside."""
    return asks_reply(paper) and paper.is_valid and paper.replied_on is None


def _told(paper: Paper, order: Order | None, today: date) -> str:
    """Its days in words: drafted or signed, served, performed, voided; an order's last day, too;
    who has not signed for it; and that the signed sheet is waited for."""
    days: list[tuple[date | None, str]] = [(paper.signed_on, "签发")]
    if not paper.signed_on:
        days = [(paper.drafted_on, "拟稿")]
    if order is None:
        days.append((paper.served_on, "送达"))
    told = [f"{day_words(day)}{word}" for day, word in days if day]
    if order is not None:
        told.append(_week(order))
    later = [(paper.performed_on, "履行"), (paper.voided_on, "作废")]
    told += [f"{day_words(day)}{word}" for day, word in later if day]
    scan = NO_SCAN if awaits_scan(paper, has_scan=getattr(paper, "has_scan", False)) else ""
    waits = (tally_of(paper).words(today), reply_words(paper, today), scan)
    return "　".join(filter(None, [*told, *waits]))


def _week(order: Order) -> str:
    return f"{day_words(order.served_on)}送达，限期至 {day_words(order.due_on)}"


def _typed(order: Order) -> PaperLine:
    """An order whose number was typed, before papers were drafted here."""
    told = f"{_week(order)}　签收人：{order.received_by}"
    return PaperLine("限期复学通知书", order.paper_no or "（无文号）", told, "已送达", "good")
