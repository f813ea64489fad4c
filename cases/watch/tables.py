"""The lists of early warnings and of the 重点关注 ledger as tables."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from cases.watch.ledger import COLUMNS, TITLE, LedgerColumn, LedgerLine
from cases.watch.ledger import lines_of as ledger_lines
from cases.watch.ledger import whole as whole_entries
from cases.watch.listing import WarningLine
from cases.watch.listing import lines_of as warning_lines
from cases.watch.models import Entry, Score
from foundation.accounts.viewer import Viewer
from foundation.lists.columns import PartColumn, TextColumn
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of


def _url(line: Any, table: Any) -> str:
    return address_of("watch:pupil", line.child_id)


def _case(line: WarningLine, table: Any) -> dict[str, Any]:
    return {"case": line.case}


class WarningTable(ListTable):
    """早期预警, the most points first."""

    code = "warnings"
    caption = "需要了解情况的学生，分数高的在前"
    noun = "人"

    name = TextColumn("学生", lambda r, _: r.name, place="cell-name", url=_url)
    school = TextColumn("学校", lambda r, _: r.school)
    school_class = TextColumn("班级", lambda r, _: r.class_name, place="cell-sub")
    points = TextColumn(
        "分数", lambda r, _: str(r.points), order_by=("shown", "pk"), place="right num"
    )
    reasons = PartColumn(
        "原因", "watch/_reasons_cell.html", lambda r, _: {"reasons": tuple(r.reasons)}
    )
    case = PartColumn("个案", "watch/_case_cell.html", _case)
    listed = PartColumn(
        "重点关注",
        "watch/_listed_cell.html",
        lambda r, _: {"is_listed": r.is_listed},
        place="cell-mark",
    )


def warning_table(
    rows: QuerySet[Score], viewer: Viewer, today: date, *, many_schools: bool
) -> WarningTable:
    """The table of the scores that ``rows`` selects among those the viewer may see."""

    def widen(bare: Any) -> QuerySet[Score]:
        found: QuerySet[Score] = bare.as_read_by(viewer, today).select_related("child")
        return found

    tell = partial(warning_lines, viewer=viewer, day=today)
    return WarningTable(
        IdsFirst(rows, widened(Score, widen), tell),
        absent=frozenset() if many_schools else {"school"},
    )


class _LedgerCell(TextColumn):
    """A column of L2."""

    def __init__(self, column: LedgerColumn) -> None:
        super().__init__(
            column.heading,
            lambda line, table: column.read(line),
            place=column.place,
            url=_url if column.place == "cell-name" else None,
        )


class LedgerTable(ListTable):
    """有辍学倾向（重点关注）学生台账 (L2)."""

    code = "ledger"
    caption = TITLE
    noun = "人"
    fixed = frozenset({"no", "name"})

    @staticmethod
    def key_of(record: LedgerLine) -> int:
        """The key of the entry."""
        return int(record.entry.pk)

    @staticmethod
    def child_of(record: LedgerLine) -> int:
        """The child of the entry."""
        return int(record.entry.child_id)


def _number(line: LedgerLine, table: LedgerTable) -> str:
    """序号: the row's place in the whole list."""
    return str(table.row_number)


def ledger_table(rows: QuerySet[Entry], viewer: Viewer, today: date) -> LedgerTable:
    """L2 of the entries that ``rows`` selects among those the viewer may see."""
    columns: list[tuple[str, TextColumn]] = [("no", TextColumn("序号", _number, place="num"))]
    columns += [(column.code, _LedgerCell(column)) for column in COLUMNS]
    data = IdsFirst(
        rows,
        widened(Entry, partial(whole_entries, viewer=viewer, day=today)),
        partial(ledger_lines, viewer=viewer, day=today),
    )
    return LedgerTable(data, extra_columns=columns, attrs={"class": "sheet-table"})
