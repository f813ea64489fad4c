"""The lists of papers: those that wait for a signature, and 文书台账 (L11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.accounts.viewer import Viewer
from foundation.lists.columns import TextColumn, badge, button
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.papers.kinds import children_of, subjects_of
from foundation.papers.ledger import LedgerPaper, lines_of
from foundation.papers.models import Paper, Sending
from foundation.papers.reading import NO_SCAN, reply_tone, reply_words
from foundation.papers.rules.receipts import ReceiptTally
from foundation.papers.rules.states import Move


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A paper that waits, and whether the viewer has read it as it was sent."""

    paper: Paper
    recipient: str
    subject: str
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
    subject = TextColumn("关于谁", lambda r, _: r.subject, place="cell-sub nowrap")
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


def waiting_lines(rows: QuerySet[Paper], viewer: Viewer) -> list[WaitingLine]:
    """The lines of the waiting papers that ``rows`` selects, in their order."""
    return list(_lines(list(_with_looks(rows, [post.id for post in viewer.posts]))))


def _with_looks(rows: Any, posts: Iterable[int]) -> Any:
    """Adds the newest time it was sent, and the newest time that one of the posts read it."""
    looks = Q(moves__move=Move.LOOK, moves__post_id__in=list(posts))
    return rows.select_related("unit", "drafted_by__person").annotate(
        sent=Max("moves__pk", filter=Q(moves__move=Move.SEND)),
        looked=Max("moves__pk", filter=looks),
    )


def _lines(rows: Sequence[Any]) -> Iterator[WaitingLine]:
    subjects = subjects_of(rows)
    for paper in rows:
        is_read = paper.looked is not None and paper.looked > (paper.sent or 0)
        yield WaitingLine(paper, recipient_of(paper), subjects.get(paper.pk, ""), is_read)


def recipient_of(paper: Paper) -> str:
    """Whom the paper is for, by name; empty where it is served on nobody."""
    kind = paper.definition
    return str(paper.values.get(kind.recipient, "")) if kind.recipient else ""


def state_badge(paper: Paper) -> SafeString:
    """The state on its colour."""
    return badge(paper.state_words, paper.state_tone)


def _states(line: LedgerPaper) -> SafeString:
    """The state, and that the signed sheet is waited for."""
    state = state_badge(line.paper)
    return format_html("{}<br>{}", state, badge(NO_SCAN, "warn")) if line.awaits_scan else state


def receipts_badge(tally: ReceiptTally, today: date) -> SafeString | str:
    """未签收 and since when, how many have signed, or nothing for a paper sent to no unit."""
    words = tally.words(today)
    return badge(words, tally.tone) if words else ""


def reply_badge(paper: Paper, today: date) -> SafeString | str:
    """What a letter was answered, or since when it waits; nothing for who asks for no answer."""
    words = reply_words(paper, today)
    return badge(words, reply_tone(paper)) if words else ""


def _url_read(line: LedgerPaper, table: Any) -> str:
    return _url(line, table) if line.is_read else ""


class PaperLedgerTable(ListTable):
    """文书台账 (L11): every paper that was ever drafted, the newest first."""

    code = "papers"
    today: date
    caption = "文书台账"
    noun, usual, child_path = "份", 50, ""
    fixed = frozenset({"number"})
    rare = frozenset({"drafter", "drafted", "signer", "method"})

    class Meta:
        attrs: ClassVar[dict[str, str]] = {"class": "table-told"}  # several lines on a phone

    number = TextColumn(
        "文号",
        lambda r, _: r.paper.number or "（未编号）",
        order_by=("unit_id", "kind", "year", "seq"),
        place="cell-name nowrap",
        url=_url_read,
    )
    kind = TextColumn("文书", lambda r, _: r.paper.title, place="cell-line nowrap")
    subject = TextColumn("关于谁", lambda r, _: r.subject, place="cell-sub nowrap")
    unit = TextColumn("发文机关", lambda r, _: str(r.paper.unit), order_by=("unit__name", "-pk"))
    state = TextColumn("状态", lambda r, _: _states(r), place="cell-mark")
    drafter = TextColumn("拟稿人", lambda r, _: r.paper.drafted_by.person.name)
    drafted = TextColumn(
        "拟稿日期",
        lambda r, _: _day(r.paper.drafted_on),
        order_by=("drafted_on", "pk"),
        place="num nowrap",
    )
    receipts = TextColumn(
        "单位签收", lambda r, t: receipts_badge(r.receipts, t.today), place="nowrap"
    )
    reply = TextColumn("回函", lambda r, t: reply_badge(r.paper, t.today), place="nowrap")
    signed = TextColumn(
        "签发日期",
        lambda r, _: _day(r.paper.signed_on),
        order_by=("signed_on", "pk"),
        place="num nowrap",
    )
    signer = TextColumn(
        "签发人", lambda r, _: r.paper.signed_by.person.name if r.paper.signed_by else ""
    )
    served = TextColumn(
        "送达日期",
        lambda r, _: _day(r.paper.served_on),
        order_by=("served_on", "pk"),
        place="num nowrap",
    )
    method = TextColumn("送达方式", lambda r, _: r.method, place="nowrap")
    receiver = TextColumn("签收人", lambda r, _: r.receiver)
    performed = TextColumn(
        "履行日期",
        lambda r, _: _day(r.paper.performed_on),
        order_by=("performed_on", "pk"),
        place="num nowrap",
    )
    voided = TextColumn("作废原因", lambda r, _: r.reason)

    @staticmethod
    def name_of(record: Any) -> str:
        """The words that name the row to a screen reader."""
        return str(record.paper.number or record.paper.title)

    def may_pick(self, record: Any) -> bool:
        """Only a signed paper is printed."""
        return bool(record.paper.number)

    @property
    def children(self) -> list[int]:
        """The children whose names are on the page, or in the print."""
        if self._printed is None:
            return children_of(line.paper for line in self.records)
        printed = Paper.objects.filter(pk__in=self.data.pinned_keys)
        return children_of(printed.only("kind", "about_key"))


def ledger_table(rows: QuerySet[Paper], viewer: Viewer, today: date) -> PaperLedgerTable:
    """The table of the papers that ``rows`` selects, as it stands today. Numbers lead to what the
    viewer may read."""
    table = PaperLedgerTable(IdsFirst(rows, partial(lines_of, viewer=viewer)))
    table.today = today
    return table


class ReceivedTable(ListTable):
    """收文: what other units have sent to one's own, unsigned ones first. It names nobody."""

    code = "papers_received"
    today: date
    caption = "收文"
    noun, usual, child_path = "份", 50, ""
    fixed = frozenset({"number"})

    number = TextColumn(
        "文号",
        lambda r, _: r.paper.number,
        place="cell-name nowrap",
        url=lambda r, _: reverse("papers:paper", args=[r.paper_id]),
    )
    kind = TextColumn("文书", lambda r, _: r.paper.title, place="cell-sub")
    unit = TextColumn("发文机关", lambda r, _: str(r.paper.unit), order_by=("paper__unit__name",))
    sent = TextColumn(
        "送出日期", lambda r, _: _day(r.sent_on), order_by=("sent_on", "pk"), place="num nowrap"
    )
    state = TextColumn("签收", lambda r, t: sending_badge(r, t.today), place="cell-mark")
    day = TextColumn(
        "签收日期",
        lambda r, _: _day(r.received_on),
        order_by=("received_on", "pk"),
        place="num nowrap",
    )
    signer = TextColumn("签收人", lambda r, _: signer_of(r))
    acts = TextColumn("办理", lambda r, _: _to_receive(r), place="cell-act no-print")

    @staticmethod
    def name_of(record: Any) -> str:
        """The words that name the row to a screen reader."""
        return str(record.paper.number)


def received_table(rows: QuerySet[Sending], today: date) -> ReceivedTable:
    """The table of what ``rows`` selects, as it stands today."""
    table = ReceivedTable(IdsFirst(rows, widened(Sending, _with_papers)))
    table.today = today
    return table


def _with_papers(rows: Any) -> Any:
    joined = rows.select_related("paper__unit", "to_unit", "received_by__person")
    return joined.defer("paper__text_sealed", "paper__told_sealed")


def sending_badge(sending: Sending, today: date) -> SafeString:
    """Whether the unit has signed, and if not, since when it waits."""
    if not sending.paper.is_valid and sending.received_on is None:
        return badge("已作废")
    one = 1 if sending.received_on else 0
    tally = ReceiptTally(1, one, sending.sent_on)
    return badge(tally.words(today), tally.tone)


def signer_of(sending: Sending) -> str:
    """Who signed for it, by name; empty while it waits."""
    return sending.received_by.person.name if sending.received_by else ""


def _to_receive(sending: Sending) -> SafeString:
    waits = sending.received_on is None and sending.paper.is_valid
    url = reverse("papers:paper", args=[sending.paper_id])
    return button(url, "去签收" if waits else "查看", sending.paper.number, quiet=not waits)
