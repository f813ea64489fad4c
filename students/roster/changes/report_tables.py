"""变动日报 as tables: the schools of an area, the classes of a school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.lists.columns import PartColumn, TextColumn
from foundation.lists.rows import WorkedOut
from foundation.lists.table import ListTable
from students.roster.changes.daily import ClassReport, SchoolReports


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The day that is shown, and what the reader may do."""

    day: date
    today: date
    may_report: bool
    may_nudge: bool
    may_open: bool


class SchoolReportTable(ListTable):
    """The schools of an area on a day, those with most classes missing first."""

    code = "reports"
    caption = "各校变动日报，未报告多的在前"
    noun, usual, child_path = "所学校", 50, ""
    asked: ReportDay

    name = TextColumn(
        "学校",
        lambda r, _: str(r.school),
        order_by=("school__unit__name",),
        place="cell-name",
        url=lambda r, table: f"?day={table.asked.day:%Y-%m-%d}&school={r.school.pk}",
    )
    classes = TextColumn(
        "班数", lambda r, _: str(r.classes), order_by=("classes",), place="right num"
    )
    reported = TextColumn(
        "已报告", lambda r, _: str(r.reported), order_by=("reported",), place="right num"
    )
    missing = TextColumn(
        "未报告", lambda r, _: str(r.missing), order_by=("missing",), place="right num cell-sub"
    )
    lines = TextColumn("变动", lambda r, _: str(r.lines), order_by=("lines",), place="right num")
    waiting = TextColumn(
        "待核实", lambda r, _: str(r.waiting), order_by=("waiting",), place="right num"
    )
    acts = PartColumn(
        "办理",
        "changes/_press_cell.html",
        lambda r, table: {"row": r, "asked": table.asked, "key": r.school.pk},
        place="cell-mark no-print",
    )


class ClassReportTable(ListTable):
    """The classes of a school on a day, those without a report first."""

    code = "class_reports"
    caption = "各班变动日报，未报告的在前"
    noun, usual, child_path = "个班", 50, ""
    asked: ReportDay

    name = TextColumn("班级", lambda r, _: r.name, order_by=("name",))
    school = TextColumn("学校", lambda r, _: str(r.school_class.school))
    report = PartColumn(
        "报告",
        "changes/_reported_cell.html",
        lambda r, _: {"row": r, "key": r.school_class.pk},
    )
    lines = TextColumn("变动", lambda r, _: str(r.lines), order_by=("lines",), place="right num")
    waiting = TextColumn(
        "待核实", lambda r, _: str(r.waiting), order_by=("waiting",), place="right num"
    )
    acts = PartColumn(
        "办理",
        "changes/_report_cell.html",
        lambda r, table: {"row": r, "asked": table.asked, "key": r.school_class.pk},
        place="cell-act no-print",
    )


def report_table(
    rows: Sequence[ClassReport | SchoolReports], asked: ReportDay
) -> ClassReportTable | SchoolReportTable:
    """The table of the classes of one school, or of the schools of an area."""
    of_classes = bool(rows) and isinstance(rows[0], ClassReport)
    kind = ClassReportTable if of_classes else SchoolReportTable
    table: ClassReportTable | SchoolReportTable = kind(WorkedOut(rows))
    table.asked = asked
    return table
