"""宣布已开通 after a look at what is lacking, and 撤回宣布."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, account_doer_of, needs
from foundation.accounts.roles import Right
from kongchuo.setup.opening.acts import declaring
from kongchuo.setup.opening.forms import DeclareForm, UndeclareForm
from kongchuo.setup.opening.progress import progress_of
from kongchuo.setup.opening.steps import steps_of
from kongchuo.setup.opening.views.common import county_of, crumbs, opening_or_404

METHODS = ["GET", "HEAD", "POST"]
SHOWN = 20  # units that lack something; the rest is on the page of the progress
AFTER = (
    "宣布以后，开通工作簿只增加新的行；原有的单位、学期、人员在各自的页面上改。",
    "还缺的照样列在“开通进度”里，可以随时补。宣布早了，可以撤回。",
)
TAKEN_BACK = (
    "撤回以后，可以再用开通工作簿更正已登记的行；点名、名册和个案不受影响。",
    "补齐以后再宣布一次。撤回和理由记入操作记录。",
)


@require_http_methods(METHODS)
@needs(Right.DECLARE_OPENED)
def declare(request: Request) -> HttpResponse:
    """Show what is still lacking; where something is, a reason is typed."""
    opening, county, today = opening_or_404(request), county_of(request), clock.today()
    lacking = [row for row in progress_of(county, today) if row.missing]
    steps = steps_of(county, opening, today, request.viewer)[:-1]  # the last is to declare
    undone = [(one.title, one.state) for one in steps if not one.is_done]
    form = DeclareForm(_typed(request), must=bool(lacking or undone))

    def act() -> None:
        reason = form.cleaned_data["reason"]
        declaring.declare_opened(account_doer_of(request), opening, reason, len(lacking))
        messages.success(request, "已宣布开通。以后单位、学期、人员的变动在各自的页面办理。")

    context = {
        "heading": "宣布已开通",
        "lacking": lacking[:SHOWN],
        "count": len(lacking),
        "undone": undone,
        "obstacle": declaring.obstacle_to(opening),
        "effects": AFTER,
        "action_label": "宣布已开通",
    }
    return _asked(request, form, act, "opening/declare.html", context)


@require_http_methods(METHODS)
@needs(Right.DECLARE_OPENED)
def take_back(request: Request) -> HttpResponse:
    """Take the declaration back, with a reason."""
    opening = opening_or_404(request)
    form = UndeclareForm(_typed(request))

    def act() -> None:
        declaring.take_back(account_doer_of(request), opening, form.cleaned_data["reason"])
        messages.success(request, "已撤回，本县又在开通中。")

    told = f"{opening.opened_on:%Y-%m-%d}" if opening.opened_on else "还没有宣布"
    context = {
        "heading": "撤回宣布",
        "facts": [("宣布开通", told)],
        "effects": TAKEN_BACK,
        "action_label": "撤回宣布",
        "danger": True,
    }
    return _asked(request, form, act, "parts/confirm.html", context)


def _typed(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _asked(
    request: Request,
    form: forms.Form,
    act: Callable[[], None],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("opening:progress")
    shown = {
        **context,
        "form": form,
        "back_url": reverse("opening:progress"),
        "crumbs": crumbs(context["heading"]),
    }
    return render(request, template, shown, status=422 if form.is_bound else 200)
