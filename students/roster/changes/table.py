"""The list of changes as a table."""

from dataclasses import dataclass
from typing import Any

from foundation.days import day_words
from foundation.lists.columns import PartColumn, TextColumn
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from students.roster.models import Change


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of the list, as the viewer may read it."""

    change: Change
    name: str
    source: str
    target: str
    is_late: bool

    @property
    def pk(self) -> int:
        """The key of the change."""
        return int(self.change.pk)

    @property
    def child_id(self) -> int:
        """The child of the change."""
        return int(self.change.child_id)


def _url(line: ChangeLine, table: Any) -> str:
    return address_of("changes:change", line.pk)


def _day(line: ChangeLine, table: Any) -> dict[str, Any]:
    return {"day": line.change.occurred_on, "is_backdated": line.change.is_backdated}


def _state(line: ChangeLine, table: Any) -> dict[str, Any]:
    change = line.change
    tone = "warn" if change.is_pending else "good" if change.state == "confirmed" else ""
    return {
        "words": f"{change.state_label}{'·逾期' if line.is_late else ''}",
        "tone": "bad" if line.is_late else tone,
    }


def _due(line: ChangeLine, table: Any) -> str:
    due = line.change.due_on
    return day_words(due) if due else ""


class ChangeTable(ListTable):
    """学籍异动, the newest first. A name that is hidden from the reader orders nothing."""

    code = "changes"
    caption = "学籍异动，最近发生的在前"
    noun = "项"
    rare = frozenset({"recorded"})

    name = TextColumn("姓名", lambda r, _: r.name, place="cell-name", url=_url)
    kind = TextColumn(
        "类别", lambda r, _: r.change.kind_label, order_by=("kind", "pk"), place="cell-sub"
    )
    day = PartColumn(
        "发生日期", "changes/_day_cell.html", _day, order_by=("occurred_on", "pk"), place="num"
    )
    source = TextColumn("转出（原）", lambda r, _: r.source)
    target = TextColumn("转入（现）", lambda r, _: r.target)
    due = TextColumn("应办结", _due, order_by=("due_on", "pk"), place="num")
    recorded = TextColumn("登记日期", lambda r, _: f"{r.change.recorded_on:%Y-%m-%d}", place="num")
    state = PartColumn(
        "状态", "changes/_state_cell.html", _state, order_by=("state", "pk"), place="cell-mark"
    )
