"""The pages of the second factor: asked at the sign-in and again; set, replaced, switched off."""

import base64
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts import actions
from foundation.accounts.door.fresh import ask_again
from foundation.accounts.door.trusting import trust_where_asked
from foundation.accounts.factors.forms import CodeForm, FreshCodeForm, NewCodeForm
from foundation.accounts.factors.rules import FACTOR_UNTIL, grouped, new_secret
from foundation.accounts.models import Person
from foundation.accounts.requests import Request, origin_of
from foundation.protected import keyring

_SECRET = "factor_secret"  # in the session, sealed, until the first code has been typed
WRONG = "动态码不正确。请确认扫的是本页的二维码，手机时间已设为“自动”，再输入新的动态码。"


class SignInCodeView(AuthenticateView):
    """Asks for the code after the password."""

    template_name = "account/code.html"

    def _build_forms(self) -> CodeForm:
        data = self.request.POST if self.request.method == "POST" else None
        self.webauthn_form = None
        self.auth_form = CodeForm(data, user=self.stage.login.user)
        return self.auth_form

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, and trust the phone where that was ticked beside the password."""
        response: HttpResponse = super().form_valid(form)
        trust_where_asked(self.request, response)
        return response


class SameCodeView(ReauthenticateView):
    """Asks for a code once more, before an act that needs a fresh proof."""

    template_name = "account/code_again.html"

    def get_form_class(self) -> type[CodeForm]:
        return FreshCodeForm


@require_safe
def factor(request: Request) -> HttpResponse:
    """Whether a factor is set, and what can be done with it."""
    person = _person(request)
    context = {
        "factor": actions.factor_of(person),
        "is_demanded": actions.is_demanded_of(request.viewer, timezone.localdate()),
        "crumbs": _crumbs("动态码"),
    }
    return render(request, "account/factor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_factor(request: Request) -> HttpResponse:
    """Shows a new key as a drawing and in letters, and takes the first code of it."""
    ask_again(request)
    form = NewCodeForm(request.POST if request.method == "POST" else None)
    secret = _secret(request)
    if form.is_valid():
        code, now = form.cleaned_data["code"], timezone.now()
        if actions.set_factor(_person(request), secret, code, origin_of(request), now):
            for name in (_SECRET, FACTOR_UNTIL):
                request.session.pop(name, None)
            messages.success(request, "动态码已设好。下次登录，输入密码以后再输入动态码。")
            return redirect("factor")
        form.add_error("code", WRONG)
    return _show(request, secret, form)


def _show(request: Request, secret: str, form: NewCodeForm) -> HttpResponse:
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(_person(request), secret))
    context = {
        "form": form,
        "drawing": base64.b64encode(drawn.encode()).decode(),
        "key": grouped(secret),
        "is_new": not actions.has_factor(_person(request)),
        "crumbs": _crumbs("动态码", "设置"),
    }
    return render(request, "account/factor_set.html", context, status=422 if form.errors else 200)


def _secret(request: Request) -> str:
    """The key of the page: a new one each time it is opened, the same when it is sent."""
    place = f"session.{_SECRET}.{request.viewer.person_id}"
    kept = request.session.get(_SECRET, "") if request.method == "POST" else ""
    if kept:
        return keyring().open(kept, place)
    secret = new_secret()
    request.session[_SECRET] = keyring().seal(secret, place)
    return secret


@require_POST
def drop_factor(request: Request) -> HttpResponse:
    """Switches the factor off where the county does not demand it."""
    ask_again(request)
    if actions.is_demanded_of(request.viewer, timezone.localdate()):
        messages.error(request, "您的职务必须使用动态码，不能停用；换手机请用“更换手机”。")
    elif actions.remove_factor(
        _person(request), origin_of(request), actions.BY_ONESELF, timezone.now()
    ):
        messages.success(request, "动态码已停用，登录时只要密码。")
    return redirect("factor")


def _person(request: Request) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _crumbs(*labels: str) -> list[dict[str, str]]:
    first = {"label": "修改密码", "url": reverse("account_change_password")}
    links = {"动态码": reverse("factor")} if len(labels) > 1 else {}
    return [first, *({"label": label, "url": links.get(label, "")} for label in labels)]
