"""文书台账 (L11) as a workbook: the rows of the page, with the masks of who ordered it."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.papers.filters import PaperFilter
from foundation.papers.kinds import children_of
from foundation.papers.ledger import LedgerPaper, lines_of
from foundation.papers.models import Paper
from students.roster.lists.book_writing import write_book
from students.roster.lists.books import BOOKS, ExportBook
from students.roster.models import RosterExport

CODE, TITLE = "papers", "文书台账"
TWO_FROM = 2_000  # rows that a second person agrees to (S25)
MOST = 100_000  # rows of one workbook
PIECE = 500
_HEADS = (
    ("文号", 24, False),
    ("文书", 22, True),
    ("关于谁", 12, False),
    ("发文机关", 22, True),
    ("状态", 9, False),
    ("拟稿人", 10, False),
    ("拟稿日期", 12, False),
    ("签发人", 10, False),
    ("签发日期", 12, False),
    ("送达日期", 12, False),
    ("送达方式", 12, False),
    ("签收人", 16, False),
    ("单位签收", 16, False),
    ("回函", 18, False),
    ("履行日期", 12, False),
    ("作废日期", 12, False),
    ("作废原因", 30, True),
)


def join() -> None:
    """Make the book known to the job of exports."""
    BOOKS[CODE] = ExportBook(TITLE, "份", (Right.SEE_PAPERS,), TWO_FROM, write)


def write(export: RosterExport, viewer: Viewer, day: date) -> tuple[bytes, list[int]]:
    """The workbook of the rows that the filters give, and the children that it names."""
    rows = PaperFilter(export.asked, Paper.objects.visible_to(viewer), day).qs.order_by("-pk")
    named = set[int]()
    content = write_book(export, viewer, _HEADS, _cells(rows[:MOST], viewer, day, named))
    return content, sorted(named)


def _cells(rows: Any, viewer: Viewer, day: date, named: set[int]) -> Iterator[list[str]]:
    keys = iter(list(rows.values_list("pk", flat=True)))
    while piece := list(islice(keys, PIECE)):
        lines = lines_of(piece, viewer)
        named.update(children_of(line.paper for line in lines if line.subject))
        yield from (_texts(line, day) for line in lines)


def _texts(line: LedgerPaper, day: date) -> list[str]:
    paper = line.paper
    return [
        paper.number,
        paper.title,
        line.subject,
        str(paper.unit),
        paper.state_words,
        paper.drafted_by.person.name,
        _day(paper.drafted_on),
        paper.signed_by.person.name if paper.signed_by else "",
        _day(paper.signed_on),
        _day(paper.served_on),
        line.method,
        line.receiver,
        line.receipts.words(day),
        line.reply(day),
        _day(paper.performed_on),
        _day(paper.voided_on),
        line.reason,
    ]


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
