"""变动情况日报: the classes of a day, the report of a class, and the lines that wait for the
desk."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.pages.asked import day_asked
from students.calendars.loading import calendar_for
from students.roster.changes.acts.nudging import NEEDED, ReportNudge, nudge_reports
from students.roster.changes.acts.reports import report_day, verify_line
from students.roster.changes.daily import (
    SchoolReports,
    by_school,
    class_reports,
    seen_classes,
)
from students.roster.changes.forms import LinesForm, VerifyForm
from students.roster.changes.report_tables import ReportDay, report_table
from students.roster.changes.views.common import REFUSALS, crumbs, form_page
from students.roster.models import ChangeReport, ReportLine, SchoolClass
from students.roster.rules.report_kinds import LINE_KINDS

FORM = require_http_methods(["GET", "HEAD", "POST"])
MOST_WAITING = 200
READERS = (Right.SEE_PUPILS, Right.SEE_MORNINGS)  # an area without pupils reads the numbers


@require_safe
@needs(*READERS)
def day(request: Request) -> HttpResponseBase:
    """Which classes have reported on a day, what they saw, and which lines wait for the desk."""
    today, viewer = clock.today(), request.viewer
    asked = _asked_day(request, today)
    rows = class_reports(viewer, today, asked)
    schools = by_school(rows)
    picked = _picked(request, schools)
    waiting, more = _waiting(request, today)
    shown = [line.child_id for line in waiting if line.child_id]
    audit.record(origin_of(request), "list_change_reports", "change_report", children=shown)
    may_nudge = any(post.role.rights >= NEEDED for post in viewer.posts)
    shows = ReportDay(
        asked,
        today,
        may_report=viewer.has(Right.REPORT_CHANGE),
        may_nudge=may_nudge,
        may_open=viewer.has(Right.SEE_PUPILS),
    )
    own = [row for row in rows if picked and row.school_class.school_id == picked.school.pk]
    context = {
        "picked": picked,
        "is_rolled_up": len(schools) > 1,
        **list_context(request, report_table(own if picked else schools, shows), ()),
        "schools": len(schools),
        "classes": len(own if picked else rows),
        "missing": sum(row.report is None for row in (own if picked else rows)),
        "day": asked,
        "today": today,
        "is_school_day": calendar_for(viewer.county_id or 0).is_school_day(asked),
        "may_nudge": may_nudge,
        "may_verify": viewer.has(Right.RECORD_CHANGE),
        "waiting": [_line(line, request) for line in waiting],
        "more": more,
        "crumbs": _crumbs(request),
    }
    return show_list(request, "changes/reports.html", context)


def _crumbs(request: Request) -> list[dict[str, str]]:
    """The steps to the page; the list of changes above it is not everybody's."""
    found = crumbs("变动日报")
    opens = request.viewer.has(Right.SEE_PUPILS) or request.viewer.has(Right.APPROVE_SUSPENSION)
    return found if opens else found[1:]


def _picked(request: Request, schools: list[SchoolReports]) -> SchoolReports | None:
    """The school whose classes are shown: the one asked for, or the only one."""
    if len(schools) == 1:
        return schools[0]
    asked = request.GET.get("school", "")
    return next((one for one in schools if str(one.school.pk) == asked), None)


@require_POST
@needs(*READERS)
def nudge(request: Request, pk: int, day: date) -> HttpResponse:
    """Asks for the reports of a school's classes that are missing."""
    if not any(post.role.rights >= NEEDED for post in request.viewer.posts):
        raise PermissionDenied
    if not seen_classes(request.viewer, clock.today()).filter(school=pk).exists():
        raise Http404
    try:
        done = nudge_reports(doer_of(request), pk, day)
    except REFUSALS as refused:
        messages.warning(request, str(refused))
    else:
        _tell(request, done)
    school = f"&school={pk}" if request.GET.get("school") else ""
    return redirect(f"{reverse('changes:reports')}?day={day}{school}")


def _tell(request: Request, done: ReportNudge) -> None:
    if done.sent:
        messages.success(request, f"已催办{len(done.sent)}个班：{'、'.join(done.sent)}。")
    if done.without_teacher:
        words = "、".join(done.without_teacher)
        messages.warning(request, f"{words}没有安排班主任，请先在人员里安排班主任。")


def _asked_day(request: Request, today: date) -> date:
    day, words = day_asked(request.GET.get("day", ""), today)
    if words:
        messages.warning(request, words)
    return day


def _waiting(request: Request, today: date) -> tuple[list[ReportLine], int]:
    """The lines that wait for the desk, the oldest first, and how many more there are."""
    if not request.viewer.has(Right.RECORD_CHANGE):
        return [], 0
    rows = ReportLine.objects.visible_to(request.viewer, today).waiting()
    shown = list(rows.select_related("report__school_class").order_by("pk")[:MOST_WAITING])
    more = rows.count() - MOST_WAITING if len(shown) == MOST_WAITING else 0
    return shown, more


def _line(line: ReportLine, request: Request) -> dict[str, Any]:
    code = LINE_KINDS[line.kind][1]
    if line.child_id is None:
        url = reverse("changes:take_in")
    elif code:
        url = reverse("changes:record", args=[line.child_id, code])
    else:
        url = reverse("changes:kinds", args=[line.child_id])
    return {
        "line": line,
        "name": request.viewer.name_of(line.name, line.child_id),
        "class_name": line.report.school_class.name_on(line.report.day),
        "url": f"{url}?line={line.pk}",
    }


@FORM
@needs(Right.REPORT_CHANGE)
def report(request: Request, class_id: int, day: date) -> HttpResponse:
    """Report of a class for a day: nothing changed, or some lines. More lines may be added
    later."""
    today = clock.today()
    classes = SchoolClass.objects.visible_to(request.viewer, today, Right.REPORT_CHANGE)
    school_class = get_object_or_404(classes, pk=class_id)
    pupils = _pupils(school_class, day)
    form = LinesForm(
        request.POST if request.method == "POST" else None,
        pupils=[(child, request.viewer.name_of(name, child)) for child, name in pupils],
    )
    if request.method == "POST" and form.is_valid():
        seen = [] if "nil" in request.POST else form.seen
        if not seen and "nil" not in request.POST:
            form.add_error(None, "请填写变动；没有变动的请点「今日无变动」。")
        elif _send(request, form, class_id, day, seen):
            return redirect(f"{reverse('changes:reports')}?day={day}")
    standing = ChangeReport.objects.visible_to(request.viewer, today).filter(
        school_class=school_class, day=day
    )
    found = standing.prefetch_related("lines").first()
    children = [child for child, _ in pupils]
    audit.record(origin_of(request), "open_form", "change_report", children=children)
    context = {
        "form": form,
        "school_class": school_class,
        "name": school_class.name_on(day),
        "day": day,
        "report": found,
        "lines": [
            (request.viewer.name_of(line.name, line.child_id), line)
            for line in (found.lines.all() if found else ())
        ],
        "crumbs": crumbs("变动日报", school_class.name_on(day)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "changes/report.html", context, status=status)


def _pupils(school_class: SchoolClass, day: date) -> list[tuple[int, str]]:
    rows = school_class.enrolments.on(day)
    return list(rows.order_by("child__name_key").values_list("child_id", "child__name"))


def _send(request: Request, form: LinesForm, class_id: int, day: date, seen: list[Any]) -> bool:
    by = doer_of(request)
    try:
        report_day(by, class_id, day, seen)
    except REFUSALS as refused:
        form.add_error(None, str(refused))
        return False
    words = f"已报告{len(seen)}项变动，请等学校核实。" if seen else "已报告：今日无变动。"
    messages.success(request, words)
    return True


@FORM
@needs(Right.RECORD_CHANGE)
def verify(request: Request, pk: int) -> HttpResponse:
    """Close a line that is no change. A line that is one is closed by recording the change."""
    today = clock.today()
    units = [post.unit_id for post in request.viewer.posts_with(Right.RECORD_CHANGE)]
    rows = ReportLine.objects.visible_to(request.viewer, today).filter(
        report__school_class__school__in=units
    )
    line = get_object_or_404(rows, pk=pk)
    form = VerifyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = doer_of(request)
        try:
            verify_line(by, line.pk, None, form.cleaned_data["words"])
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已核实。")
            return redirect("changes:reports")
    children = [line.child_id] if line.child_id else []
    name = request.viewer.name_of(line.name, line.child_id)
    audit.record(origin_of(request), "open_form", "report_line", line.pk, children=children)
    return form_page(
        request,
        form,
        422 if request.method == "POST" else 200,
        heading="核实：不构成异动",
        intro=f"{name}　{line.kind_label}　{line.remark}",
        hints=["写明核实的情况，这一条不再列入待核实。"],
        action_label="保存核实结果",
        crumbs=crumbs("变动日报", "核实"),
    )
