"""The pictures of an area, each with its table, its words, and where its figures come from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import Count, QuerySet

from cases.models import Case
from cases.policy import LADDER, Rung, Stage
from foundation.accounts.asking import prepared_for
from foundation.accounts.models import UnitKind
from foundation.accounts.querysets import parameters_on
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import day_words, full_day_words, month_words
from foundation.prepared import prepared
from reporting.desk.late import LateUnit, late_townships
from reporting.desk.models import MonthFigure
from reporting.figures.indicators import BY_CODE, light, line_words
from reporting.figures.months import months_back
from reporting.figures.tallies import STAGES

MONTHS = 12
NOT_COUNTED = "还没有统计过的月份。学校开始点名后，约10分钟内统计，以后每天一次。"
DRAWN = 20  # units in the picture; the table has all
NAMED = 3  # of several with as many
TREND = {"suspected_end": "疑似辍学（月末）", "dropout_end": "辍学（月末）", "returned": "本月复学"}
RATE = BY_CODE["dropout_rate"]
_KINDS = (
    UnitKind.COUNTY,
    UnitKind.SUPERVISION,
    UnitKind.TOWNSHIP,
    UnitKind.EDUCATION_OFFICE,
    UnitKind.CENTRAL_SCHOOL,
    UnitKind.SCHOOL,
)


@dataclass(frozen=True, slots=True)
class DeskPicture:
    """A picture in words, as a table and as data for static/js/charts.js.

    ``data`` is empty where there is nothing to draw; ``words`` then say why.
    """

    key: str
    title: str
    words: str
    source: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many open cases stand on a rung, and since how many days the middle one does."""

    stage: Stage
    label: str
    count: int
    days: int


def area_of(viewer: Viewer) -> int | None:
    """The unit whose months the viewer reads: that of the widest post that sees mornings."""
    posts = [post for post in viewer.posts_with(Right.SEE_MORNINGS) if post.unit_kind in _KINDS]
    widest = min(posts, key=lambda post: _KINDS.index(UnitKind(post.unit_kind)), default=None)
    return _unit_of(widest) if widest else None


def _unit_of(post: HeldPost) -> int | None:
    if post.unit_kind == UnitKind.SUPERVISION:
        return post.county_id
    return post.parent_id if post.unit_kind == UnitKind.EDUCATION_OFFICE else post.unit_id


def months_of(unit_id: int | None, today: date) -> list[MonthFigure]:
    """The unit's months of the last year, the oldest first. One query."""
    firsts = months_back(today, MONTHS)
    return _months(unit=unit_id, first=firsts[-1], last=firsts[0])


@prepared
def _months(*, unit: Any, first: Any, last: Any) -> QuerySet[MonthFigure]:
    rows = MonthFigure.objects.filter(unit=unit, month__gte=first, month__lte=last)
    return rows.select_related("built", "unit").defer(
        "built__canonical_sealed", "built__workbook_sealed"
    )


def stage_counts(viewer: Viewer, today: date) -> list[StageCount]:
    """The open cases of each rung that has any, in the order of the ladder. One query."""
    found: dict[str, list[tuple[date, int]]] = {}
    for code, day, count in _by_stage(viewer, day=today):
        found.setdefault(code, []).append((day, count))
    return [_stage_count(rung, found[rung.stage], today) for rung in LADDER if rung.stage in found]


@prepared_for
def _by_stage(viewer: Viewer, *, day: Any) -> QuerySet[Case, Any]:
    rows = Case.objects.visible_to(viewer, day).open().order_by()
    return rows.values_list("stage", "entered_on").annotate(n=Count("*"))  # of an index alone


def _stage_count(rung: Rung, days: list[tuple[date, int]], today: date) -> StageCount:
    """``days`` are those on which cases came to the rung, each with how many. The middle one is a
    day that was really one of them; of two the earlier."""
    ordered = sorted(days)
    upto = list(accumulate(count for _, count in ordered))
    middle = next(n for n, before in enumerate(upto) if 2 * before >= upto[-1])
    return StageCount(rung.stage, rung.label, upto[-1], (today - ordered[middle][0]).days)


def pictures_of(
    months: Sequence[MonthFigure],
    stages: Sequence[StageCount],
    late: Sequence[LateUnit],
    today: date,
    county_id: int,
    *,
    by_township: bool,
) -> list[DeskPicture]:
    """The four pictures of an area from what the desk has asked already. One query.

    ``by_township``: the overdue duties are drawn by township, as a county reads them.
    """
    behind = overdue_of_townships(late) if by_township else overdue(late)
    return [trend(months), ladder(stages), behind, rates(months, today, county_id)]


def trend(months: Sequence[MonthFigure]) -> DeskPicture:
    """疑似, 辍学 and 复学 of each month that is kept. Months without figures are left out."""
    title = f"近{len(months) or MONTHS}个月疑似辍学、辍学、复学人数"
    if not months:
        return DeskPicture("trend", title, NOT_COUNTED)
    last = months[-1]
    words = "，".join(f"{label}{last.sum_of(code)}人" for code, label in TREND.items())
    rows = tuple(
        (month_words(one.month), *(one.sum_of(code) for code in TREND), _source_of(one))
        for one in months
    )
    data = {
        "kind": "lines",
        "names": [month_words(one.month) for one in months],
        "series": [
            {"name": label, "values": [one.sum_of(code) for one in months]}
            for code, label in TREND.items()
        ],
        "unit": "人",
    }
    told = f"{month_words(last.month)}（截至{full_day_words(last.as_of)}）：{words}。"
    earlier = "" if len(months) >= MONTHS else f"{month_words(months[0].month)}以前没有统计。"
    source = f"{_counted_by(last)}{earlier}{_sources(months)}"
    return DeskPicture(
        "trend", title, told, source, ("月份", *TREND.values(), "数据来自"), rows, data
    )


def _counted_by(one: MonthFigure) -> str:
    """Whom the months count, where the numbers of the desk count others besides."""
    if one.unit.kind != UnitKind.TOWNSHIP:
        return ""
    return "按学校所在地统计（与月报相同）：户籍在本乡镇、在别处上学的学生不在内。"


def _source_of(one: MonthFigure) -> str:
    if one.built:
        return f"月报第{one.built.version}版"
    return f"系统统计，截至{day_words(one.as_of)}"


def _sources(months: Sequence[MonthFigure]) -> str:
    built = [month_words(one.month) for one in months if one.built]
    if not built:
        return "数据来自系统按月报口径的统计；已生成月报的月份以月报为准。"
    return f"{'、'.join(built)}的数据来自已生成的月报，其余月份来自系统按月报口径的统计。"


def ladder(stages: Sequence[StageCount]) -> DeskPicture:
    """How many cases stand on each rung, and how long."""
    title = "未销号个案：各阶段人数和停留天数"
    if not stages:
        return DeskPicture("ladder", title, "没有未销号的个案。")
    words = f"未销号个案共{sum(one.count for one in stages)}件，{_most_stages(stages)}。"
    data: dict[str, Any] = {
        "kind": "bars",
        "names": [one.label for one in stages],
        "series": [{"name": "个案", "values": [one.count for one in stages]}],
        "notes": [f"中位{one.days}天" for one in stages],
        "told": True,
        "unit": "件",
    }
    rows = tuple((one.label, one.count, one.days) for one in stages)
    heads = ("处理阶段", "个案（件）", "停留天数中位数")
    return DeskPicture("ladder", title, words, "数据为当前个案。", heads, rows, data)


def _most_stages(stages: Sequence[StageCount]) -> str:
    """Where most cases stand and since when; of several with as many, all are named."""
    count = max(one.count for one in stages)
    most = [one for one in stages if one.count == count]
    if len(most) == len(stages) > 1:
        return f"各阶段都是{count}件"
    if len(most) > 1:
        return f"最多的是{'、'.join(f'「{one.label}」' for one in most)}，各{count}件"
    only = most[0]
    return (
        f"最多的是「{only.label}」{count}件，这{count}件进入本阶段至今，"
        f"停留天数的中位数为{only.days}天"
    )


def overdue(late: Sequence[LateUnit]) -> DeskPicture:
    """The units with overdue duties, those with most first."""
    title = "各单位逾期事项"
    if not late:
        return DeskPicture("overdue", title, "辖区内没有逾期事项。")
    words = (
        f"共{len(late)}个单位有逾期事项，合计{sum(one.overdue for one in late)}项；"
        f"{_most([(one.name, one.overdue) for one in late])}。"
    )
    drawn = late[:DRAWN]
    data = {
        "kind": "bars",
        "names": [one.name for one in drawn],
        "series": [{"name": "逾期事项", "values": [one.overdue for one in drawn]}],
        "notes": [f"最早已逾期{one.days}个工作日" for one in drawn],
        "unit": "项",
    }
    rows = tuple((one.name, one.overdue, one.days) for one in late)
    cut = f"图中为逾期最多的{DRAWN}个单位，表中为全部。" if len(late) > DRAWN else ""
    heads = ("单位", "逾期事项（项）", "最早一项已逾期（工作日）")
    return DeskPicture("overdue", title, words, f"数据为当前待办。{cut}", heads, rows, data)


def _most(counts: Sequence[tuple[str, int]]) -> str:
    """Who has most; of several with as many, none is called the one with most."""
    top = max(count for _, count in counts)
    names = [name for name, count in counts if count == top]
    if len(names) > NAMED:
        return f"最多的{len(names)}个各{top}项"
    return f"最多的是{'、'.join(names)}，{'各' if len(names) > 1 else ''}{top}项"


def overdue_of_townships(late: Sequence[LateUnit]) -> DeskPicture:
    """The townships whose units have overdue duties, those with most first."""
    title = "各乡镇逾期事项"
    if not late:
        return DeskPicture("overdue", title, "辖区内没有逾期事项。")
    found = late_townships(late)
    most = _most([(one.name, one.overdue) for one in found])
    words = f"合计{sum(one.overdue for one in found)}项，{most}。"
    drawn = found[:DRAWN]
    data = {
        "kind": "bars",
        "names": [one.name for one in drawn],
        "series": [{"name": "逾期事项", "values": [one.overdue for one in drawn]}],
        "notes": [f"最早已逾期{one.days}个工作日" for one in drawn],
        "unit": "项",
    }
    rows = tuple((one.name, one.units, one.overdue, one.days) for one in found)
    cut = f"图中为逾期最多的{DRAWN}个，表中为全部。" if len(found) > DRAWN else ""
    heads = ("乡镇", "有逾期的单位（个）", "逾期事项（项）", "最早一项已逾期（工作日）")
    source = f"数据为当前待办，按责任单位所在乡镇合计；各单位见「谁逾期」。{cut}"
    return DeskPicture("overdue", title, words, source, heads, rows, data)


def rates(months: Sequence[MonthFigure], today: date, county_id: int) -> DeskPicture:
    """The newest 辍学率 of each 学段 beside its control line."""
    title = "辍学率与控制线"
    rules = parameters_on(county_id, today)
    last = months[-1] if months else None
    shown = [
        (label, *_rate(last, stage), rules.control_lines.get(stage))
        for stage, label in STAGES.items()
        if last and _rate(last, stage)[1]
    ]
    if last is None:
        return DeskPicture("rates", title, NOT_COUNTED)
    if not shown:
        return DeskPicture(
            "rates", title, "还没有学年初在籍学生数，不能计算辍学率。请先导入学生名册。"
        )
    rows = tuple(
        (label, top, base, _percent(top, base), line_words(line), str(light(top, base, line)))
        for label, top, base, line in shown
    )
    words = "；".join(f"{row[0]}{row[3]}，控制线{row[4]}，{row[5]}" for row in rows)
    data = {
        "kind": "columns",
        "names": [label for label, *_ in shown],
        "series": [
            {"name": "辍学率", "values": [round(top * 100 / base, 2) for _, top, base, _ in shown]},
            {
                "name": "控制线",
                "values": [None if line is None else line / 100 for *_, line in shown],
                "limit": True,
            },
        ],
        "unit": "%",
    }
    heads = ("学段", "辍学未返", "学年初在籍", "辍学率", "控制线", "状态")
    source = f"数据来自{_source_of(last)}。{RATE.definition}"
    return DeskPicture("rates", title, f"{words}。", source, heads, rows, data)


def _rate(one: MonthFigure, stage: str) -> tuple[int, int]:
    counts = one.counts.get(stage, {})
    top = sum(counts.get(code, 0) for code in RATE.numerator)
    return top, sum(counts.get(code, 0) for code in RATE.base)


def _percent(top: int, base: int) -> str:
    return f"{top * 100 / base:.2f}%"
