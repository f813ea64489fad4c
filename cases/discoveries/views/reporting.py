"""The pages that report a child, take a report back, answer it, and name a child's school."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.context import SomebodyWasFirst
from cases.discoveries import reporting
from cases.discoveries.assigning import assign_school, may_assign, schools_for
from cases.discoveries.forms import (
    AnswerForm,
    PupilReportForm,
    ReportForm,
    SchoolForm,
    TakeReportBackForm,
)
from cases.discoveries.views.lists import crumbs, report_or_404
from cases.pages.views.common import case_or_404
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from students.roster.models import Child
from students.roster.pupils.views.asking import typed

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_UNNAMED = "已登记。没有写明是哪名儿童，请本单位核实，并在本页「登记答复」。"
_RECEIVED = "已报告。有关单位已收到，办理情况可在本页查看。"


@_FORM
@needs(Right.REPORT_CHILD)
def report_new(request: Request) -> HttpResponse:
    """Report a child whom an office found, or was told of."""
    post = request.viewer.posts_with(Right.REPORT_CHILD)[0]
    form = ReportForm(typed(request), post=post, today=clock.today())

    def act() -> HttpResponse:
        row = reporting.report_child(doer_of(request), form.told)
        messages.success(request, _RECEIVED if row.case else _UNNAMED)
        return redirect("discoveries:report", pk=row.pk)

    return _asked(request, form, act, "报告儿童未上学", "报告", reverse("discoveries:reports"))


@_FORM
@needs(Right.REPORT_CHILD)
def report_pupil(request: Request, pk: int) -> HttpResponse:
    """Report a pupil of one's own before the roll says so."""
    rows = Child.objects.visible_to(request.viewer, clock.today(), Right.REPORT_CHILD)
    child = get_object_or_404(rows, pk=pk)
    form = PupilReportForm(typed(request), initial={"missed_since": clock.today()})

    def act() -> HttpResponse:
        row = reporting.report_child(doer_of(request), form.told(child, clock.today()))
        assert row.case is not None  # a report of a child opens a case, or adds to one
        messages.success(request, f"已报告，案号 {row.case.number}。接着请记录劝返。")
        return redirect("case", number=row.case.number)

    audit.record(origin_of(request), "read_pupil", "child", child.pk, children=[child.pk])
    name = request.viewer.name_of(child.name, child.pk)
    back = reverse("pupil", args=[pk])
    return _asked(request, form, act, f"报告未到校：{name}", "报告", back)


@_FORM
@needs(Right.REPORT_CHILD)
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take a mistaken report back."""
    row = report_or_404(request, pk)
    form = TakeReportBackForm(typed(request))

    def act() -> HttpResponse:
        reporting.take_back(doer_of(request), row, form.cleaned_data["reason"])
        messages.success(request, "报告已撤回。")
        return redirect("discoveries:report", pk=row.pk)

    return _asked(request, form, act, "撤回报告", "撤回", reverse("discoveries:report", args=[pk]))


@_FORM
@needs(Right.REPORT_CHILD)
def answer(request: Request, pk: int) -> HttpResponse:
    """Record what was answered to whoever told of it."""
    row = report_or_404(request, pk)
    form = AnswerForm(typed(request), initial={"day": clock.today()})

    def act() -> HttpResponse:
        data = form.cleaned_data
        reporting.answer(doer_of(request), row, data["day"], data["text"])
        messages.success(request, "答复已登记。")
        return redirect("discoveries:report", pk=row.pk)

    return _asked(request, form, act, "登记答复", "保存", reverse("discoveries:report", args=[pk]))


@_FORM
@needs(Right.SEE_CASES)
def school(request: Request, number: str) -> HttpResponse:
    """Name the school that answers for a child on no roll."""
    case = case_or_404(request, number)
    if not may_assign(request.viewer, case):
        raise PermissionDenied
    rows = schools_for(case, clock.today())
    form = SchoolForm(typed(request), schools=rows, initial={"version": case.version})

    def act() -> HttpResponse:
        data = form.cleaned_data
        try:
            assign_school(doer_of(request), case, data["school"], data["version"])
        except SomebodyWasFirst as error:
            raise Refused("在您填写期间，该个案有了新的进展，请返回个案看过后再提交。") from error
        messages.success(request, f"已确定由{data['school'].unit}负责，并已通知该校。")
        return redirect("case", number=case.number)

    return _asked(request, form, act, "确定责任学校", "确定", reverse("case", args=[number]))


def _asked(
    request: Request,
    form: forms.Form,
    act: Callable[[], HttpResponse],
    heading: str,
    label: str,
    back: str,
) -> HttpResponse:
    """The page of a form: shown, refused with what was typed, or done."""
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except Refused as refused:
            form.add_error(None, str(refused))
    context: dict[str, Any] = {
        "heading": heading,
        "form": form,
        "action_label": label,
        "back_url": back,
        "crumbs": crumbs(heading),
    }
    return render(request, "discoveries/form.html", context, status=422 if form.errors else 200)
