"""The pages for registration days, exemptions, and placing arrived children in classes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.lists.selection import picked
from students.census import actions
from students.census.forms import ExemptForm, RegistrationForm, WhyForm, number_in
from students.census.models import Entrant, RegistrationDay
from students.census.occasions import entry_classes, entry_year_on, occasion_of
from students.census.views.common import crumbs, entrant_or_404, schools_for
from students.roster.models import School


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def registration(request: Request) -> HttpResponse:
    today = clock.today()
    year = entry_year_on(today)
    schools = schools_for(request.viewer, Right.MANAGE_ENTRANTS)
    form = RegistrationForm(request.POST or None, schools=schools, initial=_initial(schools, year))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.set_registration_day(
                doer_of(request),
                data["school"],
                year,
                data["day"],
                data["place"],
                data["hours"],
                form.classes,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "报到安排已保存。以后签发的通知书按此印制。")
            return redirect("census:registration")
    days = RegistrationDay.objects.filter(school__in=schools).select_related("school__unit")
    context = {"form": form, "year": year, "days": days, "crumbs": crumbs("报到安排")}
    status = 422 if request.method == "POST" else 200
    return render(request, "census/registration.html", context, status=status)


def _initial(schools: Any, year: int) -> dict[str, Any]:
    school: School | None = schools.first()
    if school is None:
        return {}
    occasion = occasion_of(school, year)
    classes = {
        f"classes_{stage}": len(entry_classes(school, stage, year)) or None for stage in ("1", "2")
    }
    return {"day": occasion.day, "place": occasion.place, "hours": occasion.hours, **classes}


@require_POST
@needs(Right.MANAGE_ENTRANTS)
def place(request: Request) -> HttpResponse:
    """Put the ticked children into a class."""
    ids = picked(request.POST)
    chosen = number_in(request.POST.get("class", ""))
    visible = Entrant.objects.standing().visible_to(
        request.viewer, clock.today(), [Right.MANAGE_ENTRANTS]
    )
    ids = list(visible.filter(pk__in=ids).values_list("pk", flat=True))
    if not ids or not chosen:
        messages.warning(request, "请勾选已报到的学生，并选择班级。")
        return redirect("check_in")
    try:
        placed = actions.place(doer_of(request), ids, chosen[0])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已分班{len(placed)}人，从报到之日起在籍。")
    return redirect("check_in")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def exempt(request: Request, pk: int) -> HttpResponse:
    entrant = entrant_or_404(request, pk)
    form = ExemptForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.exempt(
                doer_of(request), pk, data["kind"], data["proof"], data["until"], data["file"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记为不需报到，不列入未报到名单。")
            return redirect("census:entrant", pk=pk)
    return _ask(
        request,
        entrant,
        form,
        "登记不需报到的情形",
        "登记",
        ["不再列入未报到名单，也不因未报到立案。", "填了截止日期的，期满次日起恢复为应报到。"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def revoke(request: Request, pk: int) -> HttpResponse:
    entrant = entrant_or_404(request, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.revoke_exemption(doer_of(request), pk, reason)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已撤销，该生恢复为应报到。")
            return redirect("census:entrant", pk=pk)
    effects = ["该生恢复为应报到；报到日已过的，次日起按未报到立案。"]
    return _ask(request, entrant, form, "撤销不需报到的登记", "撤销", effects)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Asks why an entry was a mistake, then takes it back."""
    entrant = entrant_or_404(request, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_entrant(doer_of(request), pk, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已撤回登记。记录和原因保留，这名儿童不再列入新生名单。")
            return redirect("census:entrant", pk=pk)
    effects = ["不再列入新生名单，也不因未报到立案。", "登记和撤回的人、时间、原因都保留。"]
    return _ask(request, entrant, form, "撤回新生登记", "撤回", effects)


def _ask(
    request: Request,
    entrant: Entrant,
    form: Any,
    heading: str,
    label: str,
    effects: list[str],
) -> HttpResponse:
    name = request.viewer.name_of(entrant.child.name, entrant.child_id)
    audit.record(
        origin_of(request), "open_form", "entrant", entrant.pk, children=[entrant.child_id]
    )
    context = {
        "heading": heading,
        "facts": [("姓名", name), ("应入学校", str(entrant.school.unit))],
        "effects": effects,
        "form": form,
        "action_label": label,
        "back_url": reverse("census:entrant", args=[entrant.pk]),
        "multipart": True,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "census/confirm.html", context, status=status)
