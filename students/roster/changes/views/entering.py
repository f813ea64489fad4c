"""Recording a change in three pages: choose the pupil, choose the kind, fill in its form."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.pages.paging import page_of
from students.roster.certificates.application import FORMS
from students.roster.changes.acts import transfers
from students.roster.changes.acts.recording import possible_kinds, record_change
from students.roster.changes.acts.reports import verify_line
from students.roster.changes.acts.suspensions import apply_deferral
from students.roster.changes.acts.transfers import ask_transfer
from students.roster.changes.forms import (
    AskForm,
    ChangeForm,
    DeferralForm,
    TakeInForm,
    class_choices,
    school_choices,
)
from students.roster.changes.views.common import (
    REFUSALS,
    crumbs,
    form_page,
    own_pupil_or_404,
    own_school,
)
from students.roster.models import Change, Enrolment, ReportLine, School, SchoolClass
from students.roster.models.naming import name_like
from students.roster.rules.change_kinds import BY_CODE, BY_PUPIL, ChangeKind
from students.roster.rules.grades import is_at_school, school_year_of

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(Right.RECORD_CHANGE)
def start(request: Request) -> HttpResponse:
    """Find a pupil of the own school by class or name."""
    today, words = clock.today(), request.GET.get("q", "").strip()[:60]
    rows = Enrolment.objects.on(today).visible_to(request.viewer, today)
    rows = rows.filter(school=own_school(request.viewer))
    if words:
        rows = rows.filter(name_like(words))
    rows = rows.select_related("child", "school_class").order_by("child__name_key", "child_id")
    page = page_of(request, rows)
    found = [row.child_id for row in page]
    audit.record(origin_of(request), "search_pupils", "child", children=found)
    context = {
        "page": page,
        "rows": [
            (
                row.child_id,
                request.viewer.name_of(row.child.name, row.child_id),
                row.school_class.name_on(today),
            )
            for row in page
        ],
        "q": words,
        "line": _line_number(request),
        "crumbs": crumbs("登记异动"),
    }
    return render(request, "changes/start.html", context)


@require_safe
@needs(Right.RECORD_CHANGE)
def kinds(request: Request, pk: int) -> HttpResponse:
    """Choose one of the kinds that can be recorded for one pupil."""
    child = own_pupil_or_404(request, pk)
    audit.record(origin_of(request), "open_form", "child", child.pk, children=[child.pk])
    name = request.viewer.name_of(child.name, child.pk)
    context = {
        "child": child,
        "name": name,
        "kinds": possible_kinds(child.pk, clock.today()),
        "line": _line_number(request),
        "crumbs": crumbs(name, "选择类别"),
    }
    return render(request, "changes/kinds.html", context)


@FORM
@needs(Right.RECORD_CHANGE)
def record(request: Request, pk: int, code: str) -> HttpResponse:
    child, kind = own_pupil_or_404(request, pk), BY_CODE.get(code)
    if kind is None or code not in BY_PUPIL:
        raise Http404
    school, today = own_school(request.viewer), clock.today()
    form = ChangeForm(
        kind,
        today,
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        classes=_classes(request, school, today),
        schools=_other_schools(school),
    )

    def act() -> Change:
        change = record_change(doer_of(request), form.entry(child.pk))
        _close_line(request, change)
        return change

    name = request.viewer.name_of(child.name, child.pk)
    has_form = code in FORMS
    to_sign = reverse("changes:application_of", args=[child.pk, code]) if has_form else ""
    return _answer(request, form, act, kind, name, [child.pk], to_sign)


def _classes(request: Request, school: School, today: date) -> list[tuple[Any, str]]:
    year = school_year_of(today)
    rows = SchoolClass.objects.visible_to(request.viewer, today).taught_on(today)
    own = [c for c in rows.filter(school=school) if is_at_school(c.stage, c.entry_year, year)]
    return class_choices(own, year)


def _other_schools(school: School) -> list[tuple[Any, str]]:
    rows = School.objects.filter(unit__county_id=school.unit.county_id, unit__is_open=True)
    return school_choices(rows.exclude(pk=school.pk).select_related("unit").order_by("unit__name"))


def _answer(
    request: Request,
    form: Any,
    act: Callable[[], Change],
    kind: ChangeKind,
    name: str,
    children: list[int],
    application_url: str = "",
) -> HttpResponse:
    """Do the act and show its result, or show the form again with the reason of the refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            change = act()
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记{kind.label}，现为「{change.state_label}」。")
            return redirect("changes:change", pk=change.pk)
    audit.record(origin_of(request), "open_form", "change", children=children)
    return form_page(
        request,
        form,
        422 if request.method == "POST" else 200,
        heading=kind.label,
        intro=name,
        hints=_hints(kind),
        application_url=application_url,
        action_label=f"登记{kind.label}",
        line=_line_number(request),
        crumbs=crumbs(kind.label),
    )


def _hints(kind: ChangeKind) -> list[str]:
    hints = []
    if kind.code == "transfer_within":
        hints.append("接收学校确认到校以前，学生仍在本校名册上，不列入应到。")
    if kind.code == "transfer_out":
        hints.append("收到外地就读证明并登记以前，学生仍在本校名册上，不列入应到。")
    if kind.days:
        hints.append(f"须在{kind.days}个工作日内办结。")
    if kind.code in ("transfer_within", "transfer_out"):
        hints.append("到期仍未确认就读的，系统按疑似辍学自动立案。")
    if kind.code in ("suspension", "deferral"):
        hints.append("提交后由乡镇人民政府批准、县教育局备案；备案后才从应到中减去。")
    return hints


@FORM
@needs(Right.RECORD_CHANGE)
def ask(request: Request) -> HttpResponse:
    school = own_school(request.viewer)
    form = AskForm(request.POST if request.method == "POST" else None)

    def act() -> Change:
        data = form.cleaned_data
        return ask_transfer(doer_of(request), data["id_no"], school.pk, data["note"])

    if request.method == "POST" and form.is_valid():
        try:
            change = act()
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "该生已在本县其他学校登记，申请已发给原学校，请等候答复。")
            return redirect("changes:change", pk=change.pk)
    hints = ["学生已在本县其他学校登记的，由原学校同意后转入；同意以前不显示学生的情况。"]
    return form_page(
        request,
        form,
        422 if request.method == "POST" else 200,
        heading="申请转入",
        hints=hints,
        action_label="向原学校申请",
        crumbs=crumbs("申请转入"),
    )


@FORM
@needs(Right.RECORD_CHANGE)
def take_in(request: Request) -> HttpResponse:
    return _outside(request, TakeInForm, "transfer_in")


@FORM
@needs(Right.RECORD_CHANGE)
def defer(request: Request) -> HttpResponse:
    return _outside(request, DeferralForm, "deferral")


def _outside(request: Request, form_class: Any, code: str) -> HttpResponse:
    school, today = own_school(request.viewer), clock.today()
    form = form_class(
        BY_CODE[code],
        today,
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        classes=_classes(request, school, today),
        schools=(),
    )

    def act() -> Change:
        by = doer_of(request)
        if code == "transfer_in":
            change = transfers.take_in(by, form.entry(**form.person), school.pk)
        else:
            change = apply_deferral(by, form.entry(id_no=form.cleaned_data["id_no"]), school.pk)
        _close_line(request, change)
        return change

    to_sign = reverse("changes:application_blank") if code in FORMS else ""
    return _answer(request, form, act, BY_CODE[code], "", [], to_sign)


# --- a line of a daily report ------------------------------------------------------------------


def _line_number(request: Request) -> str:
    asked = request.POST.get("line") or request.GET.get("line", "")
    return asked if asked.isdecimal() and len(asked) < 12 else ""


def _close_line(request: Request, change: Change) -> None:
    """Verify the line of a daily report with this change, when the desk came from such a line."""
    number, today = _line_number(request), clock.today()
    if not number:
        return
    lines = ReportLine.objects.visible_to(request.viewer, today).waiting()
    line = lines.filter(pk=int(number)).first()
    if line is not None:
        verify_line(doer_of(request), line.pk, change, "")
