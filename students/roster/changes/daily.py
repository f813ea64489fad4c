"""The classes of a day with their reports of changes, and the schools that they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from foundation.accounts.asking import prepared_for
from foundation.accounts.viewer import Viewer
from students.roster.areas import schools_in_area
from students.roster.models import ChangeReport, School, SchoolClass
from students.roster.rules.grades import is_at_school, school_year_of


@dataclass(frozen=True, slots=True)
class ClassReport:
    """A class on a day: its report, and how many of its lines wait for the school's desk."""

    school_class: SchoolClass
    name: str
    report: ChangeReport | None
    lines: int
    waiting: int


@dataclass(frozen=True, slots=True)
class SchoolReports:
    """A school's classes on a day, added up."""

    school: School
    classes: int
    missing: int
    lines: int
    waiting: int

    @property
    def reported(self) -> int:
        """How many classes have reported."""
        return self.classes - self.missing


def seen_classes(viewer: Viewer, today: date) -> Any:
    """The classes whose pupils the viewer sees, or whose school stands in the viewer's area.

    A township reads no pupil, but how many classes of its schools have reported (domain 1.3).
    """
    area = schools_in_area(viewer).order_by().values("pk")
    seen = SchoolClass.objects.visible_to(viewer, today).order_by().values("pk")
    return SchoolClass.objects.filter(Q(school__in=area) | Q(pk__in=seen))


def classes_of(viewer: Viewer, today: date, day: date) -> list[SchoolClass]:
    """The classes that are taught on the day and whose reports the viewer may count: one query."""
    year = school_year_of(day)
    rows = seen_classes(viewer, today).taught_on(day).begun_on(day).select_related("school__unit")
    rows = rows.order_by("school__unit__name", "stage", "pk")
    return [row for row in rows if is_at_school(row.stage, row.entry_year, year)]


def class_reports(viewer: Viewer, today: date, day: date) -> list[ClassReport]:
    """The classes of the day, those that have not reported first. Three queries."""
    classes = classes_of(viewer, today, day)
    keys = [row.pk for row in classes]
    reports = ChangeReport.objects.filter(day=day, school_class__in=keys)
    by_class = {row.school_class_id: row for row in reports.prefetch_related("lines")}
    rows = [_row(row, by_class.get(row.pk), day) for row in classes]
    return sorted(rows, key=lambda row: row.report is not None)


@dataclass(frozen=True, slots=True)
class ReportCount:
    """How many classes owe a report on a day, and how many of them have not sent it."""

    classes: int
    missing: int


def reports_of(viewer: Viewer, today: date, day: date) -> ReportCount:
    """The numbers of ``class_reports`` without their lines: for a desk. One query."""
    year, counted = school_year_of(day), _counted(viewer, today=today, day=day)
    found = [row[2:] for row in counted if is_at_school(row[0], row[1], year)]
    return ReportCount(sum(one for one, _ in found), sum(one for _, one in found))


@prepared_for
def _counted(viewer: Viewer, *, today: Any, day: Any) -> QuerySet[SchoolClass, Any]:
    seen = seen_classes(viewer, today).taught_on(day).begun_on(day).order_by()
    reported = ChangeReport.objects.filter(day=day).values("school_class")
    return seen.values_list("stage", "entry_year").annotate(
        classes=Count("pk"), missing=Count("pk", filter=~Q(pk__in=reported))
    )


def _row(school_class: SchoolClass, report: ChangeReport | None, day: date) -> ClassReport:
    lines = list(report.lines.all()) if report else []
    return ClassReport(
        school_class,
        school_class.name_on(day),
        report,
        len(lines),
        sum(line.is_waiting for line in lines),
    )


def by_school(rows: Iterable[ClassReport]) -> list[SchoolReports]:
    """The schools of the classes, the one with most missing reports first."""
    found: dict[int, list[ClassReport]] = {}
    for row in rows:
        found.setdefault(row.school_class.school_id, []).append(row)
    made = [
        SchoolReports(
            own[0].school_class.school,
            len(own),
            sum(one.report is None for one in own),
            sum(one.lines for one in own),
            sum(one.waiting for one in own),
        )
        for own in found.values()
    ]
    return sorted(made, key=lambda one: (-one.missing, one.school.unit.name))
