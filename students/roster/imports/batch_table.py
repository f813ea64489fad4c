"""导入记录 as a table."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from foundation.days import day_words, full_day_words
from foundation.lists.columns import PartColumn, TextColumn
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from students.roster.models import ImportBatch


def _result(batch: ImportBatch, table: Any) -> str:
    told = batch.counts
    if not told.get("rows"):
        return ""
    return (
        f"新增{told['new']}，变更{told['changed']}，转班{told['moved']}，"
        f"不变{told['unchanged']}，不能导入{told['refused']}"
    )


def _uploaded(batch: ImportBatch, table: Any) -> str:
    at = timezone.localtime(batch.uploaded_at)
    return f"{batch.uploaded_by.person}，{day_words(at.date())} {at:%H:%M}"


class BatchTable(ListTable):
    """Every import of the viewer's schools, the latest first."""

    code = "batches"
    caption = "导入记录，最近的在前"
    noun, child_path = "次", ""

    name = TextColumn(
        "文件",
        lambda r, _: r.file_name,
        order_by=("file_name", "pk"),
        place="cell-name",
        url=lambda r, _: address_of("roster:batch", r.pk),
    )
    school = TextColumn(
        "学校",
        lambda r, _: str(r.school or "全县各校"),
        order_by=("school__name", "pk"),
        place="cell-sub",
    )
    as_of = TextColumn(
        "数据日期", lambda r, _: full_day_words(r.as_of), order_by=("as_of", "pk"), place="num"
    )
    uploaded = TextColumn("上传", _uploaded, order_by=("uploaded_at", "pk"))
    result = TextColumn("结果", _result)
    state = PartColumn(
        "状态",
        "roster/_import_state.html",
        lambda r, _: {"batch": r, "key": r.pk},
        place="cell-mark",
    )


def batch_table(rows: QuerySet[ImportBatch]) -> BatchTable:
    """The table of the batches that ``rows`` selects."""
    return BatchTable(IdsFirst(rows, widened(ImportBatch, _with_school)))


def _with_school(rows: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    return rows.select_related("uploaded_by__person", "school")
