"""The numbers of the viewer's area. Each comes from the function behind the list it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cases.models import Case, CountedLedger
from foundation.accounts.asking import prepared_for
from foundation.accounts.models import UnitKind
from foundation.accounts.querysets import parameters_on
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.prepared import number_of, prepared
from reporting.desk.models import MonthFigure
from reporting.desk.pictures import StageCount
from reporting.figures.months import months_back
from students.attendance.mornings.rates import SCHOOL, pupils_called, rates_of
from students.attendance.mornings.school import figures_of, morning_of
from students.attendance.rules.figures import DAY, Figures, Period
from students.calendars.workdays import Calendar
from students.roster.areas import schools_for_numbers
from students.roster.changes.daily import reports_of
from students.roster.models import SchoolClass

ONE_SCHOOL = 1


@dataclass(frozen=True, slots=True)
class DeskNumber:
    """A number in words that opens its list. ``note`` says more, such as the change."""

    label: str
    count: int
    url: str
    note: str = ""
    state: str = ""  # of a due day, for its colour and sign

    @property
    def drawn(self) -> SafeString:
        """Itself as the desk shows it."""
        return _drawn(self)


@lru_cache(maxsize=1024)
def _drawn(one: DeskNumber) -> SafeString:
    """The same noughts and numbers stand on page after page."""
    return mark_safe(render_to_string("desk/_number.html", {"one": one}))


def morning_numbers(viewer: Viewer, today: date, now: datetime) -> list[DeskNumber]:
    """应到, 实到 and 未点名 of one's classes, of a school or of a larger area; or none."""
    schools = schools_for_numbers(viewer) if viewer.has(Right.SEE_MORNINGS) else []
    if not schools:
        return _own_classes(viewer, today)
    if len(schools) == ONE_SCHOOL:
        cutoff = parameters_on(viewer.county_id or 0, today).cutoff
        morning = morning_of(schools[0], today, now, cutoff)
        total, url = morning.total, reverse("mornings:school", args=[schools[0].pk])
        return [
            *_pupils(total, url),
            _uncalled(len(morning.uncalled), url),
        ]
    rates = rates_of(schools, viewer.county_id or 0, Period(DAY, today, today), SCHOOL).total
    url, pupils = reverse("mornings:rates"), pupils_called(schools, today)
    return [
        DeskNumber("已点名班级应到", pupils.expected, url),
        DeskNumber("实到", pupils.present, url),
        DeskNumber("缺勤", pupils.absent, url),
        DeskNumber("应点名班级", rates.due, url),
        _uncalled(rates.missing, url),
    ]


def _own_classes(viewer: Viewer, today: date) -> list[DeskNumber]:
    """应到, 实到 and 缺勤 of the classes whose roll the viewer calls."""
    if not viewer.has(Right.CALL_ROLL):
        return []
    seen = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL).taught_on(today)
    classes = list(seen.select_related("school"))
    if not classes:
        return []
    only = len(classes) == 1
    url = reverse("roll_class", args=[classes[0].pk]) if only else reverse("roll")
    return _pupils(figures_of(classes, today), url)


def _pupils(total: Figures, url: str) -> list[DeskNumber]:
    return [
        DeskNumber("应到", total.expected, url),
        DeskNumber("实到", total.present, url, "" if total.called else "还没有班级点名"),
        DeskNumber("缺勤", total.absent, url),
    ]


def _uncalled(count: int, url: str) -> DeskNumber:
    return DeskNumber("未点名班级", count, f"{url}#uncalled", state="overdue" if count else "done")


def report_numbers(viewer: Viewer, today: date, calendar: Calendar) -> list[DeskNumber]:
    """How many classes of the school or area have not sent their 变动日报 today, for its desk."""
    if not viewer.has(Right.SEE_MORNINGS) or not calendar.is_school_day(today):
        return []
    found = reports_of(viewer, today, today)
    state = "today" if found.missing else "done"
    note = f"共{found.classes}个班" if found.classes else ""
    url = reverse("changes:reports")
    return [DeskNumber("未交变动日报的班", found.missing, url, note, state)]


def ledger_numbers(viewer: Viewer, today: date, months: Sequence[MonthFigure]) -> list[DeskNumber]:
    """疑似辍学, 辍学 and 本月复学 of the cases in the viewer's area. Three queries.

    ``months`` are those of the viewer's unit: the month before tells the change.
    """
    url = reverse("cases")
    suspected = _standing(viewer, day=today, category="suspected")
    dropout = _standing(viewer, day=today, category="dropout")
    returned = _returned(viewer, day=today, first=today.replace(day=1))
    found = (
        ("疑似辍学", suspected, "?state=open&category=suspected", "suspected_end"),
        ("辍学", dropout, "?state=open&category=dropout", "dropout_end"),
        ("本月复学", returned, "?returned=month", "returned"),
    )
    before = _month_before(months, today)
    return [
        DeskNumber(label, sum(count), url + query, _change(sum(count), code, before))
        for label, count, query, code in found
    ]


@prepared_for
def _standing(viewer: Viewer, *, day: Any, category: Any) -> QuerySet[Case, Any]:
    return number_of(Case.objects.visible_to(viewer, day).standing_as(category))


@prepared_for
def _returned(viewer: Viewer, *, day: Any, first: Any) -> QuerySet[Case, Any]:
    return number_of(Case.objects.visible_to(viewer, day).returned_since(first))


def _month_before(months: Sequence[MonthFigure], today: date) -> MonthFigure | None:
    ended = months_back(today, 2)[1]
    return next((one for one in months if one.month == ended), None)


def _change(count: int, code: str, before: MonthFigure | None) -> str:
    """The change on the month before, in words; empty where that month is not kept.

    A township sees the cases of its homes, too, but its months count its schools: two figures that
    cannot be compared, so it is said whom this one counts.
    """
    if before is None:
        return ""
    if before.unit.kind == UnitKind.TOWNSHIP:
        return "户籍或学校在本乡镇"
    was = before.sum_of(code)
    if code == "returned":
        return f"上月{was}人"
    if count == was:
        return "与上月末相同"
    return f"比上月末多{count - was}人" if count > was else f"比上月末少{was - count}人"


def stage_numbers(stages: Sequence[StageCount]) -> list[DeskNumber]:
    """The open cases of each stage that has any, in the order of the ladder."""
    url = reverse("cases")
    return [
        DeskNumber(one.label, one.count, f"{url}?state=open&stage={one.stage.value}")
        for one in stages
    ]


def counted_at(viewer: Viewer) -> datetime | None:
    """When the ledger was counted last; None before the first time."""
    return next(iter(_counted(county=viewer.county_id)), None)


@prepared
def _counted(*, county: Any) -> QuerySet[CountedLedger, Any]:
    rows = CountedLedger.objects.filter(county=county).order_by("pk")
    return rows.values_list("counted_at", flat=True)[:1]
