"""The list of 发现报告 as a table."""

from typing import Any

from django.db.models import QuerySet

from cases.models import DiscoveryReport
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import day_words
from foundation.lists.columns import TextColumn, badge
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of

_TONES = {"待答复": "warn", "正在办理": "warn", "已撤回": ""}


def name_in(report: DiscoveryReport, viewer: Viewer) -> str:
    """The child's name as the report gave it, as the viewer may read it."""
    name = report.said.get("name", "")
    return viewer.name_by(Right.REPORT_CHILD, name) if name else "未说明姓名"


def _state(report: DiscoveryReport, table: Any) -> Any:
    return badge(report.progress, _TONES.get(report.progress, "good"))


class DiscoveryTable(ListTable):
    """发现报告, the newest first."""

    code = "discoveries"
    caption = "发现报告，新的在前"
    noun = "份"
    child_path = "child_id"
    viewer: Viewer

    found_on = TextColumn("发现日期", lambda r, _: day_words(r.found_on))
    name = TextColumn(
        "儿童",
        lambda r, table: name_in(r, table.viewer),
        place="cell-name",
        url=lambda r, _: address_of("discoveries:report", r.pk),
    )
    unit = TextColumn("报告单位", lambda r, _: str(r.unit), place="cell-sub")
    way = TextColumn("来源", lambda r, _: r.way_label)
    state = TextColumn("办理情况", _state, place="cell-mark")


def _widen(bare: Any) -> QuerySet[DiscoveryReport]:
    found: QuerySet[DiscoveryReport] = bare.select_related("unit", "case")
    return found.prefetch_related("answers")


def discovery_table(rows: QuerySet[DiscoveryReport], viewer: Viewer) -> DiscoveryTable:
    """The table of the reports that ``rows`` selects among those the viewer may see."""
    table = DiscoveryTable(IdsFirst(rows, widened(DiscoveryReport, _widen), list))
    table.viewer = viewer
    return table
