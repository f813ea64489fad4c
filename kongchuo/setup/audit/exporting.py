"""操作记录 as a workbook: the rows of the page, with the masks of who ordered it."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.accounts.viewer import Viewer
from kongchuo.setup.audit.filters import AuditFilter
from kongchuo.setup.audit.rows import RIGHTS, AuditLine, lines_of
from students.roster.lists.book_writing import write_book
from students.roster.lists.books import BOOKS, ExportBook
from students.roster.models import RosterExport

CODE, TITLE = "audit", "操作记录"
TWO_FROM = 2_000  # rows that a second person agrees to (S25)
MOST = 50_000  # rows of one workbook
PIECE = 500
_HEADS = (
    ("时间", 19, False),
    ("经办人", 12, False),
    ("单位和职务", 28, True),
    ("事项", 24, True),
    ("学生", 12, False),
    ("涉及的人员、单位", 30, True),
    ("内容", 40, True),
    ("结果", 14, False),
    ("用途或理由", 32, True),
    ("上网地址", 16, False),
    ("页面编号", 16, False),
)


def join() -> None:
    """Make the book known to the job of exports."""
    BOOKS[CODE] = ExportBook(TITLE, "条", RIGHTS, TWO_FROM, write)


def write(export: RosterExport, viewer: Viewer, day: date) -> tuple[bytes, list[int]]:
    """The workbook of the rows up to the order, and the children that it names."""
    rows = AuditFilter(export.asked, AuditEvent.objects.visible_to(viewer), viewer=viewer).qs
    rows = rows.filter(at__lte=clock.kept(export.ordered_at)).order_by("-at", "-pk")
    named = set[int]()
    content = write_book(export, viewer, _HEADS, _cells(rows[:MOST], viewer, day, named))
    return content, sorted(named)


def _cells(rows: Any, viewer: Viewer, day: date, named: set[int]) -> Iterator[list[str]]:
    told = rows.select_related("person", "post__unit").iterator(chunk_size=PIECE)
    while piece := list(islice(told, PIECE)):
        for line in lines_of(piece, viewer, day):
            if len(line.children) == 1:
                named.add(line.children[0])
            yield _texts(line)


def _texts(line: AuditLine) -> list[str]:
    at = f"{line.at:%Y-%m-%d %H:%M:%S}"
    told = [at, line.who, line.post, line.what, line.whom]
    return [*told, line.about, line.content, line.outcome, *_end(line)]


def _end(line: AuditLine) -> list[str]:
    return [line.reason, line.address, line.request]
