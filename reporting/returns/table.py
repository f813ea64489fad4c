"""The county's returns as a table."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from foundation.lists.columns import PartColumn, TextColumn
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from reporting.returns.models import BuiltReturn


def _part(built: BuiltReturn, table: Any) -> dict[str, Any]:
    return {"built": built, "key": built.pk}


def _by(built: BuiltReturn, table: Any) -> str:
    return f"{built.built_by.person.name}（{built.built_by.unit}）"


class ReturnTable(ListTable):
    """Every version built so far, the latest first."""

    code = "returns"
    caption = "已生成的月报"
    noun, child_path = "版", ""

    name = TextColumn(
        "所属月份",
        lambda r, _: r.month.words,
        order_by=("period", "version", "pk"),
        place="cell-name",
        url=lambda r, _: address_of("returns:detail", r.pk),
    )
    version = TextColumn("版本", lambda r, _: f"第{r.version}版", place="cell-sub")
    as_of = TextColumn(
        "统计时点", lambda r, _: f"{r.as_of:%Y-%m-%d}", order_by=("as_of", "pk"), place="num"
    )
    created = TextColumn(
        "生成时间",
        lambda r, _: f"{timezone.localtime(r.created_at):%Y-%m-%d %H:%M}",
        order_by=("created_at", "pk"),
        place="num",
    )
    by = TextColumn("生成人", _by)
    state = PartColumn("状态", "reporting/_state_cell.html", _part, place="cell-mark")
    checks = PartColumn("勾稽关系", "reporting/_checks_cell.html", _part)
    acts = PartColumn("办理", "reporting/_acts_cell.html", _part, place="no-print")


def return_table(rows: QuerySet[BuiltReturn]) -> ReturnTable:
    """The table of the returns that ``rows`` selects, without the bulk of their content."""
    return ReturnTable(IdsFirst(rows, widened(BuiltReturn, _with_people)))


def _with_people(rows: Any) -> Any:
    return rows.without_bulk().select_related("job", "built_by__person", "built_by__unit")
