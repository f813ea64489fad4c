"""案卷目录: every paper, service, talk, report and attachment of a case, by the day it was made.

It is the list that a court asks for with an application (T07), and useful before that. It names
nobody and quotes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cases.models import Case, CaseEvent
from cases.orders import ABOUT
from cases.policy import RULES, Act
from cases.rules.codes import METHODS
from foundation.accounts.models import Unit
from foundation.days import full_day_words
from foundation.papers.models import Paper, Service
from foundation.papers.rules.states import VALID, PaperState

_TOLD = (Act.REPORT, Act.REGISTER, Act.ANSWER, Act.REVIEW, Act.RETURN)
_SENT = {str(Act.ASK_VILLAGE): "协助劝返请求", str(Act.REPORT_TOWNSHIP): "辍学情况书面报告"}
HEADS = ("序号", "材料名称", "文号", "形成日期", "形成单位", "附件", "备注")
WIDTHS = (0.6, 2.4, 2.2, 1.6, 2.0, 0.7, 2.4)


@dataclass(frozen=True, slots=True)
class Material:
    """One thing in the file of a case. ``pieces`` are its attachments; ``paper`` its key."""

    title: str
    day: date
    unit: str
    number: str = ""
    pieces: int = 0
    note: str = ""
    paper: int | None = None


def materials_of(case: Case, *, with_end: bool = True) -> list[Material]:
    """The file of the case from its first day on; as many questions for a long one as for a short
    one. Without ``with_end`` the requests for closure are left out.
    """
    events = list(case.events.select_related("unit"))
    found = [
        *_papers(case),
        *_typed_orders(case),
        *_talks(case),
        *_letters(case),
        *_told(events),
        *_confirmed(case),
        *(_ends(case) if with_end else ()),
    ]
    return sorted(found, key=lambda one: one.day)


def rows_of(materials: Iterable[Material]) -> list[list[str]]:
    """The lines as a table of a paper."""
    return [
        [
            str(number),
            one.title,
            one.number,
            full_day_words(one.day),
            one.unit,
            str(one.pieces or ""),
            one.note,
        ]
        for number, one in enumerate(materials, 1)
    ]


def _papers(case: Case) -> Iterator[Material]:
    """Each signed paper, and after it its 送达回证 and its 回函."""
    rows = Paper.objects.about(ABOUT, case.pk).numbered().order_by("signed_on", "pk")
    papers = rows.select_related("unit").defer("told_sealed", "text_sealed")
    joined = papers.prefetch_related(
        "services",
        "proofs",
        "scans__move",
        "sendings__to_unit",
        "replies__paper",
        "replies__proofs",
    )
    for paper in joined:
        assert paper.signed_on is not None
        unit = str(paper.unit)
        note = "已作废" if paper.state == PaperState.VOID else _sent_to(paper)
        yield Material(paper.title, paper.signed_on, unit, paper.number, note=note, paper=paper.pk)
        yield from _scanned(paper)
        services = list(paper.services.all())
        if services:
            yield _receipt(paper, services[0], len(paper.proofs.all()))
        if paper.replied_on:
            yield _reply(paper, paper.replied_on)


def _scanned(paper: Paper) -> Iterator[Material]:
    """The sheet that was signed by hand, as it was uploaded last."""
    pages = list(paper.scans.all())
    if pages:
        newest = pages[-1].move
        count = sum(one.move_id == newest.pk for one in pages)
        title, note = f"{paper.title}（签字扫描件）", "更换过" if newest.reason else ""
        yield Material(
            title, newest.occurred_on, str(paper.unit), paper.number, count, note, paper.pk
        )


def _receipt(paper: Paper, service: Service, photos: int) -> Material:
    assert paper.served_on is not None
    return Material(
        "送达回证",
        paper.served_on,
        str(paper.unit),
        paper.number,
        photos,
        service.method_words + ("，文书已作废" if paper.state == PaperState.VOID else ""),
        paper.pk,
    )


def _reply(paper: Paper, day: date) -> Material:
    """What a letter was answered from outside; the proofs are those of the entry that stands."""
    reply = paper.replies.all()[0]
    note = reply.said.label + ("，函件已作废" if paper.state == PaperState.VOID else "")
    pieces = len(reply.proofs.all())
    return Material("回函", day, "收函学校", paper.number, pieces, note, paper.pk)


def _sent_to(paper: Paper) -> str:
    """The units to which a letter or report was sent, each with its receipt."""
    return "；".join(_sent(one.to_unit, one.received_on) for one in paper.sendings.all())


def _sent(unit: Unit, received_on: date | None) -> str:
    return f"送{unit}，" + (f"{full_day_words(received_on)}签收" if received_on else "未签收")


def _typed_orders(case: Case) -> Iterator[Material]:
    """Orders of the time before papers were drafted here."""
    for one in case.orders.filter(paper=None, ended_on=None):
        note = f"{full_day_words(one.served_on)}送达"
        number = one.paper_no or "（无文号）"
        yield Material("限期复学通知书", one.served_on, str(case.township), number, note=note)


def _talks(case: Case) -> Iterator[Material]:
    for one in case.contacts.select_related("event__unit").order_by("day", "seq"):
        how = METHODS.get(one.method, "")
        note = f"{how}，当面" if one.in_person else how
        yield Material(f"劝返记录（第{one.seq}次）", one.day, _unit(one.event), note=note)


def _letters(case: Case) -> Iterator[Material]:
    """What acts have sent without a paper that stands in the file by itself."""
    rows = case.dispatches.exclude(paper__state__in=VALID)
    for one in rows.select_related("to_unit", "event__unit"):
        title, note = _SENT.get(one.kind, "函件"), _sent(one.to_unit, one.received_on)
        yield Material(title, one.sent_on, _unit(one.event), note=note)


def _told(events: Iterable[CaseEvent]) -> Iterator[Material]:
    for one in events:
        if one.act in _TOLD:
            yield Material(RULES[Act(one.act)].label, one.occurred_on, _unit(one))


def _confirmed(case: Case) -> Iterator[Material]:
    for one in case.confirmations.select_related("event__unit"):
        note = "已撤销" if one.reverted_id else one.ground_label
        pieces = 1 if one.paper_id else 0
        yield Material("辍学认定", one.confirmed_on, _unit(one.event), pieces=pieces, note=note)


def _ends(case: Case) -> Iterator[Material]:
    for one in case.closures.select_related("requested__unit", "confirmed__unit", "decided__unit"):
        for event in (one.requested, one.confirmed, one.decided):
            if event is not None:
                yield Material(RULES[Act(event.act)].label, event.occurred_on, _unit(event))


def _unit(event: CaseEvent) -> str:
    return str(event.unit) if event.unit else ""
