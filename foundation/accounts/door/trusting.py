"""Trusts the phone at the end of a sign-in, where the box beside the password was ticked."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foundation import clock
from foundation.accounts import actions
from foundation.accounts.doer import Doer
from foundation.accounts.door.cookies import keep_phone
from foundation.accounts.door.phones import label_of, last_day
from foundation.accounts.models import Person, TrustedPhone
from foundation.accounts.querysets import parameters_on, viewer_on
from foundation.accounts.requests import origin_by
from foundation.days import day_words

_TICKED = "trust_phone"


def ask_to_trust(request: HttpRequest) -> None:
    """Remember the tick until the sign-in is complete: a code may be asked first."""
    request.session[_TICKED] = True


def trust_where_asked(request: HttpRequest, response: HttpResponse) -> None:
    """Trust the phone of who has just signed in and had ticked the box.

    With a first password the tick is kept until the own one is chosen: that change would end the
    trust, and others know the first password.
    """
    person = request.user
    if not isinstance(person, Person) or person.must_change_password:
        return
    if request.session.pop(_TICKED, False):
        _trust(request, response, person)


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
