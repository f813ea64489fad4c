"""The lists of entering school as tables: entrants, their notices, handovers, catchments."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from foundation.accounts.values import STAGES
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.lists.columns import TextColumn, badge
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from students.census.lines import CensusLine, line_of, with_places
from students.census.models import Catchment, Entrant, Handover


def _url(line: Any, table: Any) -> str:
    return address_of("census:entrant", line.entrant.pk)


def _born(line: CensusLine, table: Any) -> str:
    born = line.entrant.child.born_on
    return full_day_words(born) if born else ""


def _from_school(line: CensusLine, table: Any) -> str:
    school = line.entrant.from_school
    return str(school.unit) if school else ""


class EntrantTable(ListTable):
    """新生名单, by grade, village and name."""

    code = "entrants"
    caption = "新生名单，每人的年级、户籍村、应入学校、通知书和报到情况"
    noun, usual = "人", 50

    name = TextColumn(
        "姓名", lambda r, _: r.name, order_by=("child__name_key", "pk"), place="cell-name", url=_url
    )
    sex = TextColumn("性别", lambda r, _: r.entrant.child.sex_label)
    born = TextColumn("出生日期", _born, order_by=("child__born_on", "pk"), place="num nowrap")
    grade = TextColumn("年级", lambda r, _: r.entrant.grade_label, order_by=("stage", "pk"))
    village = TextColumn(
        "户籍村（居）", lambda r, _: r.entrant.village, order_by=("village__name", "pk")
    )
    school = TextColumn(
        "应入学校",
        lambda r, _: str(r.entrant.school.unit),
        order_by=("school__unit__name", "pk"),
        place="cell-sub",
    )
    from_school = TextColumn("原就读小学", _from_school)
    notice = TextColumn("通知书", lambda r, _: r.entrant.notice_no)
    state = TextColumn("情况", lambda r, _: badge(r.label, r.tone), place="cell-mark")


def entrant_table(rows: QuerySet[Entrant], viewer: Viewer, today: date) -> EntrantTable:
    """The table of the entrants that ``rows`` selects among those the viewer may see."""
    whole = widened(Entrant, partial(with_places, today=today))
    return EntrantTable(IdsFirst(rows, whole, partial(_lines, viewer=viewer, today=today)))


def _lines(rows: Sequence[Entrant], *, viewer: Viewer, today: date) -> Iterator[CensusLine]:
    return (line_of(entrant, viewer, today) for entrant in rows)


def _state(row: Handover, table: Any) -> SafeString:
    tones = {Handover.ACCEPTED: "good", Handover.RETURNED: "bad"}
    return badge(row.state_label, tones.get(row.state, "warn"))


class HandoverTable(ListTable):
    """六年级名册交接: the rosters of the viewer's schools. They name no child."""

    code = "handovers"
    caption = "六年级名册交接单"
    noun, child_path = "份", ""

    name = TextColumn(
        "移交学校",
        lambda r, _: str(r.from_school.unit),
        order_by=("from_school__unit__name", "pk"),
        place="cell-name",
        url=lambda r, _: address_of("census:handover", r.pk),
    )
    receiver = TextColumn(
        "接收学校",
        lambda r, _: str(r.to_school.unit),
        order_by=("to_school__unit__name", "pk"),
        place="cell-sub",
    )
    year = TextColumn(
        "年度", lambda r, _: f"{r.school_year}年秋季", order_by=("school_year", "pk"), place="num"
    )
    prepared = TextColumn(
        "编制日期",
        lambda r, _: f"{r.prepared_on:%Y-%m-%d}",
        order_by=("prepared_on", "pk"),
        place="num",
    )
    state = TextColumn("状态", _state, order_by=("state", "pk"), place="cell-mark")


def handover_table(rows: QuerySet[Handover]) -> HandoverTable:
    """The table of the handovers that ``rows`` selects among those the viewer may see."""
    return HandoverTable(IdsFirst(rows, widened(Handover, _with_schools)))


def _with_schools(rows: QuerySet[Handover]) -> QuerySet[Handover]:
    return rows.select_related("from_school__unit", "to_school__unit")


class CatchmentTable(ListTable):
    """学区划分: the county's villages with their schools."""

    code = "catchments"
    caption = "学区划分，每个村（居）的小学和初中"
    usual, child_path = 50, ""

    town = TextColumn(
        "乡镇",
        lambda r, _: str(r.village.parent or ""),
        order_by=("village__parent__name", "village__name", "pk"),
    )
    name = TextColumn(
        "村（居）",
        lambda r, _: str(r.village),
        order_by=("village__name", "pk"),
        place="cell-name",
    )
    stage = TextColumn(
        "学段", lambda r, _: STAGES[r.stage], order_by=("stage", "pk"), place="cell-mark"
    )
    school = TextColumn(
        "学校",
        lambda r, _: str(r.school.unit),
        order_by=("school__unit__name", "pk"),
        place="cell-sub",
    )
    since = TextColumn(
        "起始日期",
        lambda r, _: f"{r.starts_on:%Y-%m-%d}",
        order_by=("starts_on", "pk"),
        place="num",
    )
    document = TextColumn("来源文件", lambda r, _: r.source_document)
    reason = TextColumn("理由", lambda r, _: r.reason)
    by = TextColumn("登记人", lambda r, _: f"{r.recorded_by.person.name}（{r.recorded_by.unit}）")


def catchment_table(rows: QuerySet[Catchment]) -> CatchmentTable:
    """The table of the catchments that ``rows`` selects."""
    whole = widened(
        Catchment,
        lambda found: found.select_related(
            "village__parent", "school__unit", "recorded_by__person", "recorded_by__unit"
        ),
    )
    return CatchmentTable(IdsFirst(rows.order_by("village__parent__name", "village__name"), whole))
