"""The lists of papers: those that wait for a signature, and 文书台账 (L11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.accounts.viewer import Viewer
from foundation.lists.columns import TextColumn, badge, button
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.papers.models import Paper
from foundation.papers.rules.states import Move


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A paper that waits, and whether the viewer has read it as it was sent."""

    paper: Paper
    recipient: str
    is_read: bool

    @property
    def pk(self) -> int:
        """The key of the paper."""
        return int(self.paper.pk)


def _url(line: Any, table: Any) -> str:
    return reverse("papers:paper", args=[line.pk])


def _day(day: Any) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


class QueueTable(ListTable):
    """待签发, the paper that was sent first before the others."""

    code = "paper_queue"
    caption = "待签发文书"
    noun, usual, child_path = "份", 50, ""

    name = TextColumn("文书", lambda r, _: r.paper.title, place="cell-name", url=_url)
    recipient = TextColumn("受送达人", lambda r, _: r.recipient, place="nowrap")
    drafter = TextColumn("拟稿人", lambda r, _: r.paper.drafted_by.person.name)
    day = TextColumn(
        "拟稿日期",
        lambda r, _: _day(r.paper.drafted_on),
        order_by=("drafted_on", "pk"),
        place="num nowrap",
    )
    state = TextColumn(
        "阅看",
        lambda r, _: badge("已阅看", "good") if r.is_read else badge("未阅看", "warn"),
        place="cell-mark",
    )
    acts = TextColumn(
        "办理", lambda r, t: button(_url(r, t), "阅看", r.paper.title), place="cell-act no-print"
    )

    def may_pick(self, record: WaitingLine) -> bool:
        """Only what was read is signed."""
        return record.is_read


def queue_table(rows: QuerySet[Paper], viewer: Viewer) -> QueueTable:
    """The table of the waiting papers that ``rows`` selects."""
    posts = [post.id for post in viewer.posts]
    return QueueTable(IdsFirst(rows, widened(Paper, partial(_with_looks, posts=posts)), _lines))


def _with_looks(rows: Any, posts: Iterable[int]) -> Any:
    """Adds the newest time it was sent, and the newest time that one of the posts read it."""
    looks = Q(moves__move=Move.LOOK, moves__post_id__in=list(posts))
    return rows.select_related("unit", "drafted_by__person").annotate(
        sent=Max("moves__pk", filter=Q(moves__move=Move.SEND)),
        looked=Max("moves__pk", filter=looks),
    )


def _lines(rows: Sequence[Any]) -> Iterator[WaitingLine]:
    for paper in rows:
        is_read = paper.looked is not None and paper.looked > (paper.sent or 0)
        yield WaitingLine(paper, recipient_of(paper), is_read)


def recipient_of(paper: Paper) -> str:
    """Whom the paper is for, by name; empty where it is served on nobody."""
    kind = paper.definition
    return str(paper.values.get(kind.recipient, "")) if kind.recipient else ""


def state_badge(paper: Paper) -> SafeString:
    """The state on its colour."""
    return badge(paper.state_words, paper.state_tone)


class PaperLedgerTable(ListTable):
    """文书台账 (L11): every paper that was ever drafted, the newest first. It names nobody."""

    code = "papers"
    caption = "文书台账"
    noun, usual, child_path = "份", 50, ""
    fixed = frozenset({"number"})
    rare = frozenset({"voided"})

    number = TextColumn(
        "文号",
        lambda r, _: r.number or "（未编号）",
        order_by=("unit_id", "kind", "year", "seq"),
        place="cell-name nowrap",
        url=_url,
    )
    kind = TextColumn("文书", lambda r, _: r.title, place="cell-sub")
    unit = TextColumn("发文机关", lambda r, _: str(r.unit), order_by=("unit__name", "-pk"))
    state = TextColumn("状态", lambda r, _: state_badge(r), place="cell-mark")
    drafter = TextColumn("拟稿人", lambda r, _: r.drafted_by.person.name)
    signed = TextColumn(
        "签发日期",
        lambda r, _: _day(r.signed_on),
        order_by=("signed_on", "pk"),
        place="num nowrap",
    )
    signer = TextColumn("签发人", lambda r, _: r.signed_by.person.name if r.signed_by else "")
    served = TextColumn(
        "送达日期",
        lambda r, _: _day(r.served_on),
        order_by=("served_on", "pk"),
        place="num nowrap",
    )
    performed = TextColumn(
        "履行日期",
        lambda r, _: _day(r.performed_on),
        order_by=("performed_on", "pk"),
        place="num nowrap",
    )
    voided = TextColumn("作废日期", lambda r, _: _day(r.voided_on), place="num nowrap")

    @staticmethod
    def name_of(record: Any) -> str:
        """The words that name the row to a screen reader."""
        return str(record.number or record.title)

    def may_pick(self, record: Any) -> bool:
        """Only a signed paper is printed."""
        return bool(record.number)


def ledger_table(rows: QuerySet[Paper], *, reads: bool) -> PaperLedgerTable:
    """The table of the papers that ``rows`` selects. ``reads``: the numbers lead to the papers."""
    table = PaperLedgerTable(IdsFirst(rows, widened(Paper, with_people)))
    if not reads:
        table.columns["number"].column.url = None
    return table


def with_people(rows: Any) -> Any:
    """Adds what the ledger says of unit and people, and leaves the sealed text out."""
    joined = rows.select_related("unit", "drafted_by__person", "signed_by__person")
    return joined.defer("text_sealed", "told_sealed")
