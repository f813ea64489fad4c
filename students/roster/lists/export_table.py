"""导出复核 as a table: exports of many full numbers, which take two people."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.days import moment_words
from foundation.lists.columns import TextColumn, badge, button
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from students.roster.lists.books import noun_of, title_of
from students.roster.models import RosterExport

OFFERED = {"agree": "同意导出", "refuse": "不同意", "withdraw": "撤回申请"}


def _ordered(export: RosterExport, table: Any) -> str:
    post = export.post
    at = timezone.localtime(export.ordered_at)
    return f"{export.person.name}（{post.unit.name} · {post.role_label}），{moment_words(at)}"


def _is_lapsed(export: RosterExport, table: Any) -> bool:
    """Whether nobody decided in time, so that nobody may agree any more."""
    return not export.is_open_at(table.now)


def _state(export: RosterExport, table: Any) -> SafeString:
    decision = getattr(export, "decision", None)
    if decision is None:
        return badge("已失效") if _is_lapsed(export, table) else badge("等待确认", "warn")
    return badge(decision.get_outcome_display(), "info")


def _decided(export: RosterExport, table: Any) -> str:
    decision = getattr(export, "decision", None)
    if decision is None:
        return "超过24小时没有确认，请申请人重新导出。" if _is_lapsed(export, table) else ""
    at = timezone.localtime(decision.decided_at)
    return f"{decision.decided_by.person.name}，{moment_words(at)}：{decision.reason}"


def _acts(export: RosterExport, table: Any) -> SafeString | str:
    if getattr(export, "decision", None):
        return ""
    own = export.person_id == table.reader_id
    title = f"{title_of(export.listing)}{export.pk}"
    offered = ["withdraw"] if own else [] if _is_lapsed(export, table) else ["agree", "refuse"]
    links = (
        (button(reverse(f"roster:{name}_export", args=[export.pk]), OFFERED[name], title),)
        for name in offered
    )
    return format_html('<div class="cluster">{}</div>', format_html_join("", "{}", links))


class ExportTable(ListTable):
    """Exports that wait for a second person first, then the latest decided."""

    code = "exports"
    caption = "须两人办理的导出，等待确认的在前"
    noun, child_path = "项", ""
    reader_id: int | None
    now: datetime

    name = TextColumn("名单", lambda r, _: f"{title_of(r.listing)}（{r.rows}{noun_of(r.listing)}）")
    number = TextColumn("导出编号", lambda r, _: str(r.pk), place="num")
    ordered = TextColumn("申请", _ordered, order_by=("ordered_at", "pk"))
    purpose = TextColumn("用途", lambda r, _: r.purpose)
    state = TextColumn("状态", _state)
    decided = TextColumn("办理情况", _decided, order_by=("decision__decided_at", "pk"))
    acts = TextColumn("办理", _acts, place="cell-act no-print")


def export_table(rows: QuerySet[RosterExport], reader_id: int | None, now: datetime) -> ExportTable:
    """The table of the exports that ``rows`` selects; nobody confirms one's own."""
    ordered = rows.order_by("decision__decided_at", "-ordered_at", "pk")
    table = ExportTable(IdsFirst(ordered, widened(RosterExport, _with_people)))
    table.reader_id, table.now = reader_id, now
    return table


def _with_people(rows: QuerySet[RosterExport]) -> QuerySet[RosterExport]:
    return rows.select_related("person", "post__unit", "decision__decided_by__person")
