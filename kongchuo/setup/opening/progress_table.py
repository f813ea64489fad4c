"""开通进度 as a table."""

from foundation.lists.columns import PartColumn, TextColumn
from foundation.lists.rows import WorkedOut
from foundation.lists.table import ListTable
from kongchuo.setup.opening.progress import UnitProgress


class ProgressTable(ListTable):
    """What each unit still lacks, those that lack something first."""

    code = "progress"
    caption = "各单位还缺什么"
    noun, child_path = "个单位", ""

    name = TextColumn("单位", lambda r, _: r.unit.name, order_by=("unit__name",), place="cell-name")
    kind = TextColumn(
        "类别", lambda r, _: r.kind_label, order_by=("unit__kind", "unit__name"), place="cell-sub"
    )
    town = TextColumn("乡镇", lambda r, _: r.town, order_by=("town", "unit__name"))
    missing = PartColumn(
        "还缺",
        "opening/_missing_cell.html",
        lambda r, _: {"missing": r.missing, "key": r.unit.pk},
        place="cell-mark",
    )


def progress_table(rows: list[UnitProgress]) -> ProgressTable:
    """The table of the units."""
    return ProgressTable(WorkedOut(rows))
