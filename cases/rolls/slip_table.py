"""请假超过3天未交假条 as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.days import day_words
from foundation.lists.columns import TextColumn, button
from foundation.lists.rows import WorkedOut
from foundation.lists.table import ListTable
from students.attendance.slips.owing import SlipOwed


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A pupil who owes a slip, with the name of the class."""

    owed: SlipOwed
    class_name: str

    @property
    def pk(self) -> int:
        """The key of the child."""
        return self.owed.child_id

    @property
    def child_id(self) -> int:
        """The child who owes it."""
        return self.owed.child_id


def _enter(line: SlipLine, table: Any) -> SafeString:
    url = reverse("roll_slips", args=[line.owed.class_id])
    return button(f"{url}?child={line.child_id}", "登记请假条", line.owed.name)


def _days(name: str) -> Any:
    def read(line: SlipLine, table: Any) -> str:
        day: date = getattr(line.owed, name)
        return day_words(day)

    return read


class SlipTable(ListTable):
    """Who owes a slip, the longest unexcused first."""

    code = "slips_owed"
    caption = "请假超过3天未交假条的学生"
    noun = "人"

    school_class = TextColumn("班级", lambda r, _: r.class_name, order_by=("owed__class_id",))
    name = TextColumn("学生", lambda r, _: r.owed.name, order_by=("owed__name",))
    first_day = TextColumn("请假起", _days("first_day"), order_by=("owed__first_day",), place="num")
    last_day = TextColumn("最近请假", _days("last_day"), order_by=("owed__last_day",), place="num")
    days = TextColumn("已请假", lambda r, _: f"{r.owed.days}天", place="right num")
    unpaid = TextColumn(
        "缺勤起算", _days("unpaid_from"), order_by=("owed__unpaid_from",), place="num"
    )
    acts = TextColumn("办理", _enter, place="cell-act no-print")


def slip_table(owed: list[SlipOwed], names: Mapping[int, str]) -> SlipTable:
    """The table of the slips owed; ``names`` are those of the classes."""
    return SlipTable(WorkedOut(SlipLine(one, names[one.class_id]) for one in owed))
