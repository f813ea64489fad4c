"""The page of one's own trusted phones, and the buttons that end them."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import actions
from foundation.accounts.door.phones import MOST_PHONES, open_until
from foundation.accounts.door.trusted import living_phones
from foundation.accounts.models import Person, TrustedPhone
from foundation.accounts.querysets import parameters_on
from foundation.accounts.requests import Request, origin_of


def _own(request: Request) -> QuerySet[TrustedPhone]:
    assert isinstance(request.user, Person)
    return living_phones(request.user, _days(request), timezone.localdate())


def _days(request: Request) -> int:
    return parameters_on(request.viewer.county_id or 0, timezone.localdate()).phone_days


def _row(phone: TrustedPhone, days: int) -> dict[str, Any]:
    return {"phone": phone, "until": open_until(phone.expires_on, phone.last_used_on, days)}


@require_safe
def phones(request: Request) -> HttpResponse:
    days = _days(request)
    context = {
        "rows": [_row(phone, days) for phone in _own(request)],
        "most": MOST_PHONES,
        "crumbs": [
            {"label": "修改密码", "url": reverse("account_change_password")},
            {"label": "免登录的手机", "url": ""},
        ],
    }
    return render(request, "account/phones.html", context)


@require_POST
def end_phone(request: Request, pk: int) -> HttpResponse:
    phone = get_object_or_404(_own(request), pk=pk)
    actions.end_phones([phone], origin_of(request))
    messages.success(request, f"“{phone.label}”已取消免登录。")
    return redirect("phones")


@require_POST
def end_phones(request: Request) -> HttpResponse:
    actions.end_phones(_own(request), origin_of(request))
    messages.success(request, "已取消所有手机的免登录。")
    return redirect("phones")
