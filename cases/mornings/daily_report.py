"""F02 学生变动情况日报表: a day's attendance, reported changes and the list of the children (R35).

The attendance is the roll's. The changes are what class teachers reported, 今日无变动 included. The
cases are those the roll opened that day: a case of the second day is no dropout (design 4.2), so
the column says 进入辍学处理程序.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cases.models import Case
from cases.rules.codes import WITHDRAWN
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import day_words, full_day_words
from foundation.workbooks.definition import Branch, Leaf, Row, ValueKind, count, row_of
from foundation.workbooks.table import table_page
from foundation.workbooks.writing import write_book
from students.attendance.mornings.book import FIGURE_COLUMNS, NOTES, cells_of, info_of
from students.attendance.mornings.school import Morning, MorningRow, silent_words_of
from students.attendance.rules.figures import Figures, sum_of
from students.roster.models import ChangeReport, ReportLine

TITLE = "义务教育阶段学生变动情况日报表"
KINDS = {"in": "转入", "out": "转出", "pause": "休学", "back": "复学"}
OTHER = "other"
CHANGES = {**KINDS, OTHER: "其他", "case": "进入辍学处理程序"}
_NOTE = "进入辍学处理程序：无故缺勤超过1天立案，不等于认定辍学；疑似辍学、辍学人数见月报表。"


@dataclass(frozen=True, slots=True)
class ClassDaily:
    """One class's row of the daily report."""

    morning: MorningRow
    report: ChangeReport | None
    changes: Counter[str]

    @property
    def figures(self) -> Figures:
        """The attendance of the class."""
        return self.morning.figures

    @property
    def counts(self) -> list[int]:
        """The numbers of changes, in the order of CHANGES."""
        return [self.changes[code] for code in CHANGES]

    @property
    def words(self) -> str:
        """未报告, 无变动, or who reported when."""
        if self.report is None:
            return "未报告"
        when = timezone.localtime(self.report.reported_at)
        late = "补报" if self.report.is_late else ""
        nil = "" if any(self.counts) else "无变动，"
        return f"{nil}{self.report.reported_by.person.name} {day_words(when)} {when:%H:%M}{late}"


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the 变动名册, with the name as the viewer may read it."""

    child_id: int | None
    name: str
    class_name: str
    kind: str
    remark: str
    result: str


@dataclass(frozen=True, slots=True)
class Daily:
    """The daily report of a school or of one class."""

    day: date
    rows: tuple[ClassDaily, ...]
    names: tuple[Named, ...]

    @property
    def total(self) -> Figures:
        """The attendance of all classes together."""
        return sum_of(row.figures for row in self.rows)

    @property
    def counts(self) -> list[int]:
        """The numbers of changes of all classes, in the order of CHANGES."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found.update(row.changes)
        return [found[code] for code in CHANGES]

    @property
    def silent_words(self) -> str:
        """What 无故 holds besides 无故未到, in words."""
        return silent_words_of(row.morning for row in self.rows)

    @property
    def unreported(self) -> int:
        """Classes that have not reported, not even 无变动."""
        return sum(row.report is None for row in self.rows)


def daily_of(morning: Morning, viewer: Viewer, today: date, class_id: int | None = None) -> Daily:
    """The report of all classes of a morning, or of one of them. Three queries."""
    classes = [
        row for row in morning.in_order if class_id is None or row.school_class.pk == class_id
    ]
    ids = [row.school_class.pk for row in classes]
    names = {row.school_class.pk: row.name for row in classes}
    reports = ChangeReport.objects.visible_to(viewer, today).filter(
        day=morning.day, school_class__in=ids
    )
    by_class = {
        row.school_class_id: row
        for row in reports.select_related("reported_by__person").prefetch_related("lines")
    }
    cases = Case.objects.visible_to(viewer, today).filter(
        opened_on=morning.day, school_class__in=ids
    )
    opened = list(cases.exclude(outcome=WITHDRAWN).select_related("child").order_by("pk"))
    counts = _counts(by_class.values(), opened)
    rows = tuple(
        ClassDaily(row, by_class.get(row.school_class.pk), counts[row.school_class.pk])
        for row in classes
    )
    lines = [
        _line(line, names[pk], viewer)
        for pk in ids
        if pk in by_class
        for line in by_class[pk].lines.all()
    ]
    lines += [_case(case, names[case.school_class_id or 0], viewer) for case in opened]
    return Daily(morning.day, rows, tuple(lines))


def _counts(reports: Iterable[ChangeReport], opened: Iterable[Case]) -> dict[int, Counter[str]]:
    """The numbers of changes by class, without reports that the school's desk found to be none."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for line in report.lines.all():
            if not line.dismissed:
                found[report.school_class_id][line.kind if line.kind in KINDS else OTHER] += 1
    for case in opened:
        found[case.school_class_id or 0]["case"] += 1
    return found


def _line(line: ReportLine, class_name: str, viewer: Viewer) -> Named:
    verified = "不构成异动" if line.dismissed else "已登记异动"
    result = "待核实" if line.is_waiting else verified
    name, remark = viewer.name_of(line.name, line.child_id), ""
    if viewer.may(Right.SEE_NAMES, line.child_id):  # free words may name people (design 4)
        remark = line.remark
        result += f"：{line.dismissed}" if line.dismissed else ""
    return Named(line.child_id, name, class_name, line.kind_label, remark, result)


def _case(case: Case, class_name: str, viewer: Viewer) -> Named:
    since = f"{day_words(case.first_missed_on)}起无故缺勤"
    words = f"案号 {case.number}"
    name = viewer.name_of(case.child.name, case.child_id)
    return Named(case.child_id, name, class_name, CHANGES["case"], since, words)


# --- the workbook -----------------------------------------------------------------------------


_CHANGES = tuple(
    count(f"change_{code}", label, 17 if code == "case" else 7) for code, label in CHANGES.items()
)
_CLASSES = (
    Leaf("class", "班级", width=13),
    *FIGURE_COLUMNS,
    Branch("变动", _CHANGES),
    Leaf("words", "报告", ValueKind.TEXT, 24),
)
_NAMES = (
    Leaf("name", "姓名", width=12),
    Leaf("class_name", "班级", width=14),
    Leaf("kind", "变动", width=20),
    Leaf("remark", "说明", ValueKind.TEXT, 34),
    Leaf("result", "核实结果", ValueKind.TEXT, 30),
)


def daily_book(daily: Daily, unit: str, now: datetime, footer: tuple[str, ...]) -> bytes:
    """Two sheets: the figures and the 变动名册."""
    period, info = full_day_words(daily.day), info_of(unit, "单位：人", now)
    figures = [_row(row) for row in daily.rows]
    notes = tuple(filter(None, (daily.silent_words, *NOTES, _NOTE)))
    names = [{"no": n, **row_of(one, _NAMES)} for n, one in enumerate(daily.names, start=1)]
    listed = (Leaf("no", "序号", width=6), *_NAMES)
    top = ("学生变动名册", period, info)
    pages = (
        table_page("变动情况日报表", (TITLE, period, info), _CLASSES, figures, footer, notes),
        table_page("变动名册", top, listed, names, footer, empty="当天没有变动"),
    )
    return write_book(pages, f"{now:%Y-%m-%d}")


def _row(row: ClassDaily) -> Row:
    changes = {leaf.field: number for leaf, number in zip(_CHANGES, row.counts, strict=True)}
    return {
        "class": row.morning.name,
        **cells_of(row.figures),
        **changes,
        "words": row.words,
    }
