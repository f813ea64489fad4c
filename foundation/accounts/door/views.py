"""The pages for signing in, where a teacher may have the phone trusted, and for signing out."""

import secrets
from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foundation import clock
from foundation.accounts import actions
from foundation.accounts.doer import Doer
from foundation.accounts.door.cookies import drop_phone, keep_phone
from foundation.accounts.door.phones import label_of, last_day
from foundation.accounts.door.trusted import admitted_by
from foundation.accounts.models import Person, TrustedPhone
from foundation.accounts.querysets import parameters_on, viewer_on
from foundation.accounts.requests import origin_by
from foundation.days import day_words


class SignInView(LoginView):
    """Signs in, and trusts this phone with the roll call where the box is ticked."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the link to the roll call for a phone that is trusted."""
        token = self.request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
        admitted = admitted_by(token, clock.today(), timezone.localdate()) if token else None
        return {**super().get_context_data(**kwargs), "is_trusted": admitted is not None}

    def form_valid(self, form: Any) -> HttpResponse:
        """Signs in even where the phone may not be trusted, and says why it is not."""
        response: HttpResponse = super().form_valid(form)
        person = self.request.user
        if form.cleaned_data.get("trust") and isinstance(person, Person):
            _trust(self.request, response, person)
        return response


def _trust(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    real, viewer = timezone.localdate(), viewer_on(person, clock.today())
    new = actions.NewPhone(
        token=secrets.token_urlsafe(32),
        label=label_of(request.META.get("HTTP_USER_AGENT", "")),
        before=request.COOKIES.get(settings.PHONE_COOKIE_NAME, ""),
        days=parameters_on(viewer.county_id or 0, real).phone_days,
    )
    doer = Doer(viewer, origin_by(request, person), real, timezone.now())
    try:
        ended = actions.trust_phone(doer, person, new, real)
    except actions.Refused as refused:
        messages.warning(request, str(refused))
        return
    keep_phone(response, new.token, new.days)
    until = last_day(real, new.days)
    messages.success(
        request,
        f"本机已设为点名免登录，有效至{day_words(until)}，期间用过就自动顺延。"
        f"{_ended_words(ended)}手机遗失时，请在“修改密码”页进入“免登录的手机”取消。",
    )


def _ended_words(ended: list[TrustedPhone]) -> str:
    names = "、".join(f"“{phone.label}”" for phone in ended)
    return f"每人最多2部，最早设定的{names}已取消免登录。" if names else ""


class SignOutView(LogoutView):
    """Signs out, clears what the browser stored (S59), and ends the phone's trust."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.user
        response: HttpResponse = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        token = request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
        if token:
            drop_phone(response)
            if actions.untrust_phone(token, origin_by(request, _known(person))):
                messages.info(request, "已退出，本机的点名免登录也已取消。")
        return response


def _known(person: Any) -> Person | None:
    return person if isinstance(person, Person) else None
