"""每日到校情况汇总表 (forms B02) and 点名提交率 as workbooks."""

from datetime import datetime

from django.utils import timezone

from foundation.workbooks.table import NOTHING, Cell, TableColumn, TableSheet, write_book
from students.attendance.mornings.rates import CLASS, SCHOOL, TOWNSHIP, Rates
from students.attendance.mornings.school import Morning, MorningRow
from students.attendance.rules.figures import Figures, Period
from students.attendance.rules.kinds import SESSIONS

_FOOTER = ("单位负责人（签名）：", "审核人（签名）：", "填表人（签名）：", "联系电话：")
_ABSENT = "缺勤"
FIGURE_COLUMNS = (
    TableColumn("应到", adds=True),
    TableColumn("实到", adds=True),
    TableColumn("其中迟到", 9, adds=True),
    TableColumn("病假", 7, _ABSENT, adds=True),
    TableColumn("事假", 7, _ABSENT, adds=True),
    TableColumn("其他", 7, _ABSENT, adds=True),
    TableColumn("无故", 7, _ABSENT, adds=True),
    TableColumn("合计", 7, _ABSENT, adds=True),
    TableColumn("未点名人数", 11, adds=True),
)
NOTES = (
    "应到＝实到＋缺勤合计＋未点名人数。未点名不按全勤计。",
    "请假期满未返校、请假超过3天未交假条的计入无故；未联系上的计入无故。迟到、早退的计入实到。",
)
LEVEL_WORDS = {TOWNSHIP: "乡（镇）", SCHOOL: "学校", CLASS: "班级"}


def cells_of(figures: Figures) -> list[Cell]:
    """The numbers in the order of FIGURE_COLUMNS. For an uncalled class only 应到 is known."""
    if not figures.called:
        return [figures.expected, *[NOTHING] * 7, figures.unknown]
    return [
        figures.expected,
        figures.present,
        figures.late,
        figures.sick,
        figures.personal,
        figures.other,
        figures.unexcused,
        figures.absent,
        figures.unknown,
    ]


def morning_book(morning: Morning, now: datetime) -> bytes:
    """Two sheets: by class, and by grade."""
    classes = _sheet(
        morning,
        now,
        "按班级",
        (
            TableColumn("年级", 9),
            TableColumn("班级", 13),
            TableColumn("班主任", 17, left=True),
            *FIGURE_COLUMNS,
            TableColumn("点名", 15),
        ),
        [_class_cells(row, morning) for row in morning.in_order],
    )
    grades = _sheet(
        morning,
        now,
        "按年级",
        (
            TableColumn("年级", 11),
            TableColumn("班数", adds=True),
            TableColumn("未点名班数", 12, adds=True),
            *FIGURE_COLUMNS,
        ),
        [[grade, one.classes, one.uncalled, *cells_of(one)] for grade, one in morning.grades],
    )
    return write_book([classes, grades], f"{now:%Y-%m-%d}")


def _sheet(
    morning: Morning,
    now: datetime,
    name: str,
    columns: tuple[TableColumn, ...],
    rows: list[list[Cell]],
) -> TableSheet:
    """One sheet; both share the lines above and below."""
    info = (
        f"填报单位：{morning.school.unit.name}（盖章）",
        "单位：人",
        f"截至：{now:%Y年%-m月%-d日 %H:%M}",
    )
    period = f"{morning.day:%Y年%-m月%-d日}（{SESSIONS[morning.session]}）"
    title = "学校每日到校情况汇总表"
    return TableSheet(name, title, period, info, columns, rows, _FOOTER, NOTES)


def _class_cells(row: MorningRow, morning: Morning) -> list[Cell]:
    call = row.state.roll_call
    if call is not None:
        when = timezone.localtime(call.first_called_at)
        words = f"{when:%H:%M}" if when.date() == morning.day else f"{when:%-m月%-d日}补点"
    else:
        words = "未点名" if row.is_asked else "无学生"
    return [row.grade, row.name, "、".join(row.teachers), *cells_of(row.figures), words]


def rates_book(rates: Rates, unit: str, period: Period, level: str, now: datetime) -> bytes:
    """One sheet: the units with their rolls, rates and 合计."""
    sheet = TableSheet(
        "点名提交率",
        "点名提交情况统计表",
        f"{period.words}（上课日{len(rates.school_days)}天）",
        (f"填报单位：{unit}（盖章）", "单位：班次", f"截至：{now:%Y年%-m月%-d日 %H:%M}"),
        (
            TableColumn(LEVEL_WORDS[level], 30, left=True),
            TableColumn("应点名班次", 13, adds=True),
            TableColumn("按时点名", 12, adds=True),
            TableColumn("迟报", 10, adds=True),
            TableColumn("未点名", 10, adds=True),
            TableColumn("按时率", 11, rate=((2,), 1)),
            TableColumn("提交率", 11, rate=((2, 3), 1)),
        ),
        [
            [row.name, row.rate.due, row.rate.in_time, row.rate.late, row.rate.missing, None, None]
            for row in rates.rows
        ],
        _FOOTER,
        (
            "应点名班次：各班每个上课日的第一次点名；上下午分别点名的学校只计上午。",
            "按时：当天点名截止时刻（本县期限参数）前首次提交；迟报：截止后或以后补点。",
        ),
    )
    return write_book([sheet], f"{now:%Y-%m-%d}")
