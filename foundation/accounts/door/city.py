"""Signing in by a city's single sign-on (OpenID Connect), where the environment names one.

It opens an account that exists, and makes none: the person is the one whose account is the value
of one claim. Nothing of the answer is stored. Second factor, seal and lock hold as for a password.
"""

import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from foundation.accounts import actions
from foundation.accounts.door.lockout import wait_for
from foundation.accounts.models import Person
from foundation.accounts.passwords import haste
from foundation.accounts.requests import client_address, origin_by

PROVIDER = "city"
_HEAD_OF_A_PHONE = re.compile(r"^(\+?86)?(?=1\d{10}$)")

UNKNOWN = (
    "您在“{name}”的登录成功了，但是本系统没有与它对应的账号。"
    "账号由单位管理员按任职开通，请把您的工号或手机号告诉本单位管理员核对。"
)
NOT_OPENED = "您的账号还没有开通：请先用登录单上的首次密码登录一次，设好自己的密码。"
CLOSED = "该账号已停用，请联系本单位管理员。"
LOCKED = "该账号因连续输错密码暂停登录，请15分钟后再试，或请单位管理员解锁。"
FAILED = (
    "“{name}”没有完成登录，可能是您取消了，也可能是它暂时不通。请再试一次，或者用账号和密码登录。"
)


class CityAdapter(DefaultSocialAccountAdapter):
    """Finds the account of who comes back from the city's sign-on, and lets it in or says why."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Always ends the library's own course, which would store an account of its own."""
        if request.user.is_authenticated:
            get_adapter().logout(request)
        name = account_named(sociallogin.account.extra_data)
        person = Person.objects.filter(username=name).first() if name else None
        words = refusal(request, name, person)
        if words or person is None:
            raise ImmediateHttpResponse(refused(request, words))
        record_authentication(request, person, "socialaccount", provider=PROVIDER)
        login = Login(user=person, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(perform_login(request, login))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """One calm page for whatever failed between the two."""
        raise ImmediateHttpResponse(refused(request, failed(), 502))


def account_named(answer: dict[str, Any]) -> str:
    """The account in the provider's answer: the configured claim, a phone without +86."""
    claims = {**answer.get("id_token", {}), **answer.get("userinfo", {})}
    found = "".join(str(claims.get(settings.OIDC_CLAIM) or "").replace("-", "").split())
    return _HEAD_OF_A_PHONE.sub("", found)


def refusal(request: HttpRequest, name: str, person: Person | None) -> str:
    """Why nobody comes in by this account, in Chinese; empty where the person does."""
    origin, now = origin_by(request, None), timezone.now()
    if person is None:
        actions.note_failed_sign_in(name, origin, outcome="failed")
        return UNKNOWN.format(name=settings.OIDC_NAME)
    if not person.is_active or not person.has_usable_password():
        actions.note_failed_sign_in(name, origin, outcome="failed")
        return NOT_OPENED if person.is_active else CLOSED
    seconds = wait_for(name, client_address(request), now)
    if seconds or not AxesProxyHandler.is_allowed(request, {"username": name}):
        actions.note_failed_sign_in(name, origin, outcome="locked")
        return haste.words(seconds) if seconds else LOCKED
    return actions.refuse_entry(person, origin_by(request, person), timezone.localdate(), now)


def failed() -> str:
    """That the city's sign-on did not answer, in words."""
    return FAILED.format(name=settings.OIDC_NAME)


def refused(request: HttpRequest, words: str, status: int = 403) -> HttpResponse:
    """The page that says why, and leads back to the sign-in."""
    return render(request, "account/city.html", {"words": words}, status=status)
