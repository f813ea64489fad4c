"""A line of 文书台账 (L11): a paper, of whom it is, how it was served, who took it, why it is void.

Names are shown to who may read the paper; others see 张**, and no reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q

from foundation.accounts.viewer import Viewer
from foundation.masking import mask_name
from foundation.papers.kinds import subjects_of
from foundation.papers.models import Paper, PaperMove, PaperScan, Service
from foundation.papers.reading import awaits_scan, reply_words, tally_of
from foundation.papers.rules.receipts import ReceiptTally
from foundation.papers.rules.service import ServiceMethod
from foundation.papers.rules.states import Move


@dataclass(frozen=True, slots=True)
class LedgerPaper:
    """``subject`` and ``receiver`` are masked and ``reason`` is empty where the text may not be
    read (``is_read``)."""

    paper: Paper
    is_read: bool
    subject: str
    method: str
    receiver: str
    receipts: ReceiptTally
    reason: str
    awaits_scan: bool

    def reply(self, today: date) -> str:
        """What a letter was answered, or since when it waits."""
        return reply_words(self.paper, today)

    @property
    def pk(self) -> int:
        """The key of the paper."""
        return int(self.paper.pk)


def lines_of(keys: Sequence[int], viewer: Viewer) -> list[LedgerPaper]:
    """The lines of papers that the viewer sees, in the order of their keys; a fixed number of
    queries for each kind among them."""
    rows = _with_service(with_people(Paper.objects.filter(pk__in=keys)))
    found = {paper.pk: paper for paper in rows}
    papers = [found[key] for key in keys if key in found]
    within = Paper.objects.visible_to(viewer).readable_by(viewer)
    read = set(within.filter(pk__in=keys).values_list("pk", flat=True))
    subjects = subjects_of(papers)
    return [_line(paper, subjects.get(paper.pk, ""), is_read=paper.pk in read) for paper in papers]


def with_people(rows: Any) -> Any:
    """Adds unit and people, how many of the units it was sent to have signed for it, and whether
    the signed sheet is here; leaves the sealed text out."""
    waits = Q(sendings__received_on=None)
    joined = rows.select_related("unit", "drafted_by__person", "signed_by__person")
    return joined.defer("text_sealed", "told_sealed").annotate(
        sent_to_units=Count("sendings"),
        received_by_units=Count("sendings", filter=~waits),
        waiting_since=Min("sendings__sent_on", filter=waits),
        has_scan=Exists(PaperScan.objects.filter(paper=OuterRef("pk"))),
    )


def _with_service(rows: Any) -> Any:
    """Adds the services, the replies, and why a paper is void."""
    voided = PaperMove.objects.filter(move__in=(Move.VOID, Move.REFUSE)).order_by("-pk")
    return rows.prefetch_related(
        "services", "replies__paper", Prefetch("moves", voided, to_attr="voidings")
    )


def _line(paper: Paper, subject: str, *, is_read: bool) -> LedgerPaper:
    service = next(iter(paper.services.all()), None)
    voiding: PaperMove | None = next(iter(getattr(paper, "voidings", ())), None)
    return LedgerPaper(
        paper=paper,
        is_read=is_read,
        subject=subject if is_read else mask_name(subject),
        method=service.method_words if service else "",
        receiver=_receiver(service, is_read=is_read) if service else "",
        receipts=tally_of(paper),
        reason=voiding.reason if voiding and is_read else "",
        awaits_scan=awaits_scan(paper, has_scan=getattr(paper, "has_scan", False)),
    )


def _receiver(service: Service, *, is_read: bool) -> str:
    """Who signed for it; of a paper that was left, who saw it."""
    if service.method == ServiceMethod.LEFT:
        return f"见证人{service.witness if is_read else mask_name(service.witness)}"
    return service.received_by if is_read else mask_name(service.received_by)
