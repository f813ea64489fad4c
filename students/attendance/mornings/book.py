"""每日到校情况汇总表 (forms B02) and 点名提交率 as workbooks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from foundation.days import day_words, full_day_words, moment_words
from foundation.workbooks.definition import (
    NOTHING,
    SIGNATURES,
    Branch,
    Leaf,
    Node,
    Row,
    ValueKind,
    count,
    row_of,
)
from foundation.workbooks.layout import Page
from foundation.workbooks.table import table_page
from foundation.workbooks.writing import write_book
from students.attendance.mornings.rates import CLASS, SCHOOL, TOWNSHIP, Rates
from students.attendance.mornings.school import Morning, MorningRow
from students.attendance.rules.figures import Figures, Period
from students.attendance.rules.kinds import SESSIONS

FIGURE_COLUMNS = (
    count("expected", "应到"),
    count("present", "实到"),
    count("late", "其中迟到", 9),
    Branch(
        "缺勤",
        (
            count("sick", "病假", 7),
            count("personal", "事假", 7),
            count("other", "其他", 7),
            count("unexcused", "无故", 7),
            count("absent", "合计", 7),
        ),
    ),
    count("unknown", "未点名人数", 11),
)
NOTES = (
    "应到＝实到＋缺勤合计＋未点名人数。未点名不按全勤计。",
    "请假期满未返校、请假超过3天未交假条的计入无故；未联系上的计入无故。迟到、早退的计入实到。",
)
LEVEL_WORDS = {TOWNSHIP: "乡（镇）", SCHOOL: "学校", CLASS: "班级"}


def cells_of(figures: Figures) -> dict[str, Any]:
    """The values of FIGURE_COLUMNS. For an uncalled class only 应到 is known."""
    known = row_of(figures, FIGURE_COLUMNS)
    if figures.called:
        return known
    return dict.fromkeys(known, NOTHING) | {
        "expected": figures.expected,
        "unknown": figures.unknown,
    }


def morning_book(morning: Morning, now: datetime) -> bytes:
    """Two sheets: by class, and by grade."""
    by_class = (
        Leaf("grade", "年级", width=9),
        Leaf("class", "班级", width=13),
        Leaf("teachers", "班主任", ValueKind.TEXT, 17),
        *FIGURE_COLUMNS,
        Leaf("called", "点名", width=15),
    )
    by_grade = (
        Leaf("grade", "年级", width=11),
        count("classes", "班数"),
        count("uncalled", "未点名班数", 12),
        *FIGURE_COLUMNS,
    )
    classes = [_class_row(row, morning) for row in morning.in_order]
    grades = [
        {"grade": grade, "classes": one.classes, "uncalled": one.uncalled, **cells_of(one)}
        for grade, one in morning.grades
    ]
    pages = (
        _page(morning, now, "按班级", by_class, classes),
        _page(morning, now, "按年级", by_grade, grades),
    )
    return write_book(pages, f"{now:%Y-%m-%d}")


def _page(
    morning: Morning, now: datetime, name: str, tree: tuple[Node, ...], rows: Sequence[Row]
) -> Page:
    """One sheet; both share the lines above and below."""
    period = f"{full_day_words(morning.day)}（{SESSIONS[morning.session]}）"
    info = info_of(morning.school.unit.name, "单位：人", now)
    top = ("学校每日到校情况汇总表", period, info)
    notes = tuple(filter(None, (morning.silent_words, *NOTES)))
    return table_page(name, top, tree, rows, SIGNATURES, notes)


def info_of(unit: str, counted: str, now: datetime) -> tuple[str, str, str]:
    """填报单位, what is counted, and the moment."""
    return f"填报单位：{unit}（盖章）", counted, f"截至：{moment_words(now)}"


def _class_row(row: MorningRow, morning: Morning) -> Row:
    call = row.state.roll_call
    if call is not None:
        when = timezone.localtime(call.first_called_at)
        words = f"{when:%H:%M}" if when.date() == morning.day else f"{day_words(when)}补点"
    else:
        words = "未点名" if row.is_asked else "无学生"
    return {
        "grade": row.grade,
        "class": row.name,
        "teachers": "、".join(row.teachers),
        **cells_of(row.figures),
        "called": words,
    }


def rates_book(rates: Rates, unit: str, period: Period, level: str, now: datetime) -> bytes:
    """One sheet: the units with their rolls, rates and 合计."""
    due = ("due",)
    columns = (
        Leaf("name", LEVEL_WORDS[level], ValueKind.TEXT, 30),
        count("due", "早上应点班次", 13),
        count("in_time", "按时点名", 12),
        count("late", "迟报", 10),
        count("missing", "未点名", 10),
        Leaf("timely", "按时率", ValueKind.RATE, 11, numerator=("in_time",), base=due),
        Leaf("called", "早上提交率", ValueKind.RATE, 13, numerator=("in_time", "late"), base=due),
    )
    rows = [{"name": row.name, **row_of(row.rate, columns[1:5])} for row in rates.rows]
    words = f"{period.words}（上课日{len(rates.school_days)}天）"
    notes = (
        "早上应点班次：各班每个上课日的第一次点名；上下午分别点名的学校只计上午，月报连下午一起计。",
        "按时：当天点名截止时刻（本县期限参数）前首次提交；迟报：截止后或以后补点。",
    )
    top = ("点名提交情况统计表", words, info_of(unit, "单位：班次", now))
    page = table_page("点名提交率", top, columns, rows, SIGNATURES, notes)
    return write_book([page], f"{now:%Y-%m-%d}")
