"""The list of duties as a table: what is due, when, for whom, and who owes it (ux 5.3)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, ClassVar

from django.db.models import QuerySet

from cases.models import URGENCY, CaseEvent, Deadline
from cases.pages.case_table import call_of, case_url, class_name, place_of, townships_of
from cases.pages.dialling import numbers_to_ring
from cases.pages.timeline import title_of
from cases.rules.codes import TOWNSHIP
from cases.wording import DueBadge, badge_of
from foundation.accounts.naming import give_units
from foundation.accounts.viewer import Viewer
from foundation.days import day_words
from foundation.lists.columns import FilledColumn, PartColumn, TextColumn
from foundation.lists.rows import IdsFirst, QuickRows, Rows
from foundation.lists.table import ListTable
from foundation.prepared import prepared
from students.calendars.workdays import Calendar

Presses = Callable[[Sequence[Deadline]], set[int]]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty of the list, as the viewer may read it. ``rings`` is the guardian to ring, or None.

    ``may_press``: the viewer may 催办 whoever owes it now.
    """

    deadline: Deadline
    name: str
    due: DueBadge
    class_name: str
    latest: str
    rings: int | None
    may_press: bool

    @property
    def pk(self) -> int:
        """The key of the duty."""
        return int(self.deadline.pk)

    @property
    def case(self) -> Any:
        """The case of the duty."""
        return self.deadline.case

    @property
    def child_id(self) -> int:
        """The child of the case."""
        return int(self.case.child_id)


def _due(line: DutyLine, table: Any) -> dict[str, Any]:
    return {"due": line.due, "day": day_words(line.deadline.due_on)}


def _press(line: DutyLine, table: Any) -> dict[str, Any]:
    if not line.may_press:
        return {}
    return {"key": line.pk, "name": line.name, "duty": line.deadline.duty.label}


class DutyTable(ListTable):
    """待办和逾期事项, the earliest due first."""

    code = "duties"
    caption = "应办事项，按到期日排列"
    rare = frozenset({"township", "number"})
    fixed = frozenset({"due", "name"})
    child_path = "case__child_id"
    has_many_schools = True

    due = PartColumn(
        "到期",
        "cases/_due_cell.html",
        _due,
        order_by=URGENCY,
        place="cell-mark",
        plain=True,
    )
    name = TextColumn(
        "学生",
        lambda r, _: r.name,
        order_by=("case__child__name_key",),
        place="cell-name",
        url=case_url,
    )
    number = TextColumn("案号", lambda r, _: r.case.number, place="num", url=case_url)
    school = TextColumn(
        "学校/班级",
        place_of,
        order_by=("case__school__name", "due_on", "pk"),
        place="cell-sub",
    )
    village = TextColumn(
        "村（居）",
        lambda r, _: str(r.case.village or "户籍待核实"),
        order_by=("case__village__name", "due_on", "pk"),
    )
    township = TextColumn(TOWNSHIP, townships_of)
    stage = TextColumn("处理阶段", lambda r, _: r.case.stage_label, order_by=("case__stage", "pk"))
    duty = TextColumn("事项", lambda r, _: r.deadline.duty.label, place="cell-line")
    unit = TextColumn(
        "责任单位",
        lambda r, _: str(r.deadline.unit),
        order_by=("unit__name", "due_on", "pk"),
        place="cell-line",
    )
    latest = TextColumn("最近进展", lambda r, _: r.latest)
    call = FilledColumn("拨打", "cases/_call_cell.html", call_of, place="cell-call no-print")
    press = FilledColumn("催办", "cases/_press_cell.html", _press, place="cell-act no-print")

    def may_pick(self, record: DutyLine) -> bool:
        """Who cannot be pressed cannot be selected: 催办 is all that is done to several."""
        return record.may_press

    class Meta:
        attrs: ClassVar[dict[str, str]] = {"class": "table-told"}  # several lines on a phone


def duty_table(
    rows: Rows,
    viewer: Viewer,
    today: date,
    calendar: Calendar,
    *,
    in_area: bool,
    presses: Presses | None = None,
    known: QuickRows | None = None,
) -> DutyTable:
    """The table of the duties that ``rows`` selects among those the viewer may see.

    Who only watches an area rings nobody; whose duties these are needs no column of the unit.
    ``presses`` tells of the duties of a page which of them the viewer may press for.
    """
    tell = partial(_lines, viewer=viewer, today=today, calendar=calendar, presses=presses)
    absent = {"call"} if in_area else {"unit"}
    if presses is None:
        absent.add("press")
    return DutyTable(IdsFirst(rows, _read, tell, known), absent=absent, order_by="due")


def _read(keys: list[int]) -> list[Deadline]:
    """The duties with their cases. Units are read once each: many rows name the same ones."""
    rows = _whole(keys=keys)
    give_units([*rows, *(row.case for row in rows)])
    return rows


@prepared
def _whole(*, keys: Any) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(pk__among=keys).order_by()
    return rows.select_related("case__child", "case__school_class")


def _lines(
    rows: Sequence[Deadline],
    *,
    viewer: Viewer,
    today: date,
    calendar: Calendar,
    presses: Presses | None,
) -> Iterator[DutyLine]:
    pressable = presses(rows) if presses else set()
    cases = {row.case_id: row.case for row in rows}
    latest, rings = _latest(list(cases)), numbers_to_ring(list(cases.values()), viewer)
    badge = cache(partial(badge_of, today=today, calendar=calendar))  # many are due on one day
    for row in rows:
        yield DutyLine(
            row,
            viewer.name_of(row.case.child.name, row.case.child_id),
            badge(row.due_on),
            class_name(row.case, today),
            latest.get(row.case_id, ""),
            rings.get(row.case_id),
            row.pk in pressable,
        )


def _latest(case_ids: list[int]) -> dict[int, str]:
    """The day and the words of the last event of each case. One query."""
    return {
        event.case_id: f"{day_words(event.occurred_on)} {title_of(event)}"
        for event in _last_events(cases=case_ids)
    }


@prepared
def _last_events(*, cases: Any) -> QuerySet[CaseEvent]:
    rows = CaseEvent.objects.filter(case_id__among=cases).order_by("case_id", "-pk")
    return rows.distinct("case_id")
