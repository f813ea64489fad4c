"""操作记录 as a list."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.models import AuditEvent
from foundation.accounts.viewer import Viewer
from foundation.lists.columns import TextColumn
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from kongchuo.setup.audit.rows import AuditLine, lines_of


def _url(line: AuditLine, table: Any) -> str:
    return address_of("audit:event", line.pk)


class AuditTable(ListTable):
    """The audit, the latest first."""

    code = "audit"
    caption = "操作记录，最近的在前"
    fixed = frozenset({"at"})
    child_path = "children"

    at = TextColumn("时间", lambda r, _: f"{r.at:%Y-%m-%d %H:%M}", place="cell-mark num", url=_url)
    name = TextColumn("经办人", lambda r, _: r.who, place="cell-name")
    post = TextColumn("单位和职务", lambda r, _: r.post)
    what = TextColumn("事项", lambda r, _: r.what, place="cell-sub")
    whom = TextColumn("学生", lambda r, _: r.whom)
    about = TextColumn("涉及的人员、单位", lambda r, _: r.about)
    content = TextColumn("内容", lambda r, _: r.content)
    outcome = TextColumn("结果", lambda r, _: r.outcome)
    reason = TextColumn("用途或理由", lambda r, _: r.reason)

    def __init__(self, rows: Any, *, child: int | None = None, **more: Any) -> None:
        super().__init__(rows, **more)
        self.child = child

    @property
    def children(self) -> list[int]:
        """The children that the page names: one of a row, and the one that was asked for."""
        rows = self._printed if self._printed is not None else [r.children for r in self.records]
        named = {row[0] for row in rows if len(row) == 1}
        return sorted(named | ({self.child} if self.child else set()))


def audit_table(
    rows: QuerySet[AuditEvent], viewer: Viewer, day: date, child: int | None = None
) -> AuditTable:
    """The table of the events that ``rows`` selects among those the viewer may see."""

    def widen(bare: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        return bare.select_related("person", "post__unit")

    tell = partial(lines_of, viewer=viewer, day=day)
    data = IdsFirst(rows.order_by("-at", "-pk"), widened(AuditEvent, widen), tell)
    return AuditTable(data, child=child)
