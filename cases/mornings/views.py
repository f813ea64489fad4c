"""F01 of a child and F02 of a class or a school, on screen, on paper and as a workbook."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.mornings.absence_report import FOOTER, TITLE, absence_report, report_book
from cases.mornings.daily_report import CHANGES, Daily, daily_book, daily_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.querysets import parameters_on
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from foundation.downloads import workbook
from foundation.workbooks.definition import SIGNATURES
from students.attendance.models import AbsenceSpell
from students.attendance.mornings.school import Morning, morning_of
from students.attendance.mornings.views.common import BOOK, county_of, crumbs, school_or_404
from students.calendars.loading import calendar_for
from students.roster.models import School, SchoolClass


@require_safe
@needs(Right.SEE_PUPILS)
def absence(request: Request, pk: int) -> HttpResponse:
    """学生缺勤（辍学）情况报告单 of one child's absence (F01)."""
    viewer, today, now = request.viewer, clock.today(), clock.now()
    rows = AbsenceSpell.objects.visible_to(viewer, today).standing()
    spell = get_object_or_404(rows.select_related("child", "school_class__school__unit"), pk=pk)
    report = absence_report(spell, viewer, today)
    is_book = BOOK in request.GET
    verb = "export_absence_report" if is_book else "read_absence_report"
    audit.record(origin_of(request), verb, "absence_spell", pk, children=[report.child_id])
    if is_book:
        return workbook(report_book(report, now), f"{report.school}_{TITLE}_{pk}.xlsx")
    context = {"report": report, "title": TITLE, "footer": FOOTER, "today": today}
    return render(request, "mornings/absence.html", context)


@require_safe
@needs(Right.SEE_PUPILS)
def daily_class(request: Request, class_id: int, day: date) -> HttpResponse:
    """变动情况日报表 of one class (F02)."""
    today = clock.today()
    classes = SchoolClass.objects.visible_to(request.viewer, today)
    found = get_object_or_404(classes.select_related("school__unit"), pk=class_id)
    daily = daily_of(_morning(request, found.school, day), request.viewer, today, class_id)
    unit = f"{found.school.unit.name}{found.name_on(day)}"
    return _answer(request, daily, unit, found.school_id, FOOTER)


@require_safe
@needs(Right.SEE_MORNINGS)
@needs(Right.SEE_PUPILS)
def daily_school(request: Request, pk: int, day: date) -> HttpResponse:
    """变动情况日报表 of a school, one row a class (F02)."""
    found = school_or_404(request, pk)
    daily = daily_of(_morning(request, found, day), request.viewer, clock.today())
    return _answer(request, daily, found.unit.name, found.pk, SIGNATURES)


def _morning(request: Request, school: School, day: date) -> Morning:
    cutoff = parameters_on(county_of(request), day).cutoff
    return morning_of(school, day, clock.now(), cutoff)


def _answer(
    request: Request, daily: Daily, unit: str, school_id: int, footer: tuple[str, ...]
) -> HttpResponse:
    now, day, is_book = clock.now(), daily.day, BOOK in request.GET
    verb = "export_daily" if is_book else "read_daily"
    children = [one.child_id for one in daily.names if one.child_id]
    details = {"day": day.isoformat()}
    audit.record(origin_of(request), verb, "school", school_id, children=children, details=details)
    if is_book:
        content = daily_book(daily, unit, now, footer)
        return workbook(content, f"{unit}_学生变动情况日报表_{full_day_words(day)}.xlsx")
    back = reverse("mornings:school", args=[school_id]) + f"?day={day}"
    context = {
        "daily": daily,
        "unit": unit,
        "day": day,
        "changes": CHANGES,
        "footer": footer,
        "now": now,
        "is_school_day": calendar_for(county_of(request), school_id).is_school_day(day),
        "crumbs": crumbs((unit, back), ("变动情况日报表", ""))
        if request.viewer.has(Right.SEE_MORNINGS)
        else [],
    }
    return render(request, "mornings/daily.html", context)
