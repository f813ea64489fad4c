"""A new county confirms once the limits that the system came with."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.accounts.actions import Refused, confirm_defaults, unconfirmed
from foundation.accounts.parameters import BY_CODE
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.accounts.values import full_words_of
from kongchuo.setup.steps import county_of

EFFECTS = (
    "下面各项从今天起是本县自己的取值，取值不变，已经起算的期限都不改期。",
    "和本县文件不一样的，不用等：确认前后都可以在该项的“变更”里改。",
)
NONE_LEFT = "没有等待确认的参数。"


class DefaultsForm(forms.Form):
    """By which paper of the county, if any."""

    source = forms.CharField(
        label="本县文号",
        max_length=100,
        required=False,
        help_text="本县有文件规定的填文号；没有的不填，来源写明是系统默认值和它的依据。",
    )


@needs(Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Every default with its value and ground; one press makes them the county's own."""
    county = county_of(request)
    rows = unconfirmed(county)
    form = DefaultsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = confirm_defaults(doer_of(request), county, form.cleaned_data["source"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已确认{count}项期限参数。" if count else NONE_LEFT)
            return redirect("parameters")
    context: dict[str, Any] = {
        "heading": "确认期限参数",
        "facts": [(BY_CODE[row.code].label, _told(row.code, row.value)) for row in rows],
        "effects": EFFECTS if rows else (NONE_LEFT,),
        "form": form,
        "action_label": "本县确认",
        "back_url": reverse("parameters"),
        "crumbs": [
            {"label": "期限参数", "url": reverse("parameters")},
            {"label": "确认", "url": ""},
        ],
    }
    return render(request, "parts/confirm.html", context, status=422 if form.errors else 200)


def _told(code: str, value: Any) -> str:
    spec = BY_CODE[code]
    return f"{full_words_of(spec, value)}（依据{spec.source}）"
