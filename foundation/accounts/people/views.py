"""The security officer's page of one account."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.accounts import actions
from foundation.accounts.doer import Doer
from foundation.accounts.door.lockout import locked_usernames
from foundation.accounts.door.trusted import living_phones
from foundation.accounts.models import Person, Post
from foundation.accounts.people.forms import ReasonForm
from foundation.accounts.people.sealing import seal_of
from foundation.accounts.querysets import parameters_on
from foundation.accounts.requests import Request, account_doer_of, needs
from foundation.accounts.roles import Right
from foundation.accounts.seconding.rules import needs_two

GRANTED = Post.objects.select_related(
    "unit", "granted_by__person", "granted_by__unit", "ended_by__person"
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One act that an account's state allows: its button, its consequence, its function."""

    label: str
    effect: str
    done: str
    act: Callable[..., Any]
    hint: str
    danger: bool = False


def _ask_to_drop_factor(doer: Doer, who: Person, reason: str) -> None:
    actions.request_factor_removal(replace(doer, reason=reason), who)


OFFERS = {
    "unlock": Offer(
        "解除登录锁定",
        "清除该账号的登录失败记录，本人可以马上重新登录。密码不变。",
        "账号已解锁，可以重新登录。",
        actions.unlock_account,
        "本人当面申请解锁",
    ),
    "close": Offer(
        "停用账号",
        "该账号不能再登录，已登录的页面随即失效。任职和办理记录保留。",
        "账号已停用。",
        actions.close_account,
        "调离本县；长期病休",
        danger=True,
    ),
    "reopen": Offer(
        "恢复账号",
        "该账号可以用原密码登录，权限以现有任职为准。",
        "账号已恢复使用，原密码不变。",
        actions.reopen_account,
        "返岗，本人当面申请",
    ),
    "unseal": Offer(
        "解除封存",
        "该账号可以用原密码登录。忘记密码的，另行重置。",
        "账号已解除封存，原密码不变。",
        actions.unseal_account,
        "休假后返岗，本人当面申请",
    ),
    "drop_factor": Offer(
        "申请解除动态码",
        "手机丢失、换机时办理，须两人：请本人当面来，核对身份后提交，由另一位安全管理员、教育局基教股或局领导在“人员复核”里确认。"
        "确认后登录只要密码，已登录的页面和手机免登录全部退出，本人登录后重新设置。",
        "解除动态码的申请已提交，由另一人确认后生效。",
        _ask_to_drop_factor,
        "手机丢失，本人当面申请，已核对身份证",
        danger=True,
    ),
    "end_phones": Offer(
        "取消其所有手机的免登录",
        "该账号设为点名免登录的手机马上失效，再点名要输入密码。手机遗失、换机时办理。",
        "该账号的手机免登录已全部取消。",
        actions.end_phones_of,
        "本人报失手机；换了手机",
        danger=True,
    ),
}


def has_phones(person: Person, county_id: int | None) -> bool:
    """Whether a trusted phone calls the roll for the account."""
    real = timezone.localdate()
    days = parameters_on(county_id or 0, real).phone_days
    return living_phones(person, days, real).exists()


@require_safe
@needs(Right.MANAGE_PEOPLE)
def account(request: Request, pk: int) -> HttpResponse:
    return _show(request, _found(request, pk))


@require_POST
@needs(Right.MANAGE_PEOPLE)
def change_account(request: Request, pk: int, name: str) -> HttpResponse:
    who = _found(request, pk)
    offer = _offer(who, name)
    form = ReasonForm(request.POST, prefix=name, hint=offer.hint)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            offer.act(account_doer_of(request), who, reason)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, offer.done)
            return redirect("person", pk=pk)
    return _show(request, who, name, form)


def _offer(who: Person, name: str) -> Offer:
    """The act by its name. An account of the county is opened again by two people."""
    posts = actions.living_posts(who, clock.today())
    two = name == "reopen" and needs_two(post.role for post in posts)
    return _REOPEN_BY_TWO if two else OFFERS[name]


def _ask_to_reopen(doer: Doer, who: Person, reason: str) -> None:
    actions.request_reopening(replace(doer, reason=reason), who)


_REOPEN_BY_TWO = Offer(
    "申请恢复账号",
    "任县级职务的，恢复账号须两人办理：提交后由另一位安全管理员、教育局基教股或局领导在“人员复核”里确认。",
    "恢复账号的申请已提交，由另一人确认后生效。",
    _ask_to_reopen,
    OFFERS["reopen"].hint,
)


def _found(request: Request, pk: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.viewer), pk=pk)


def _show(
    request: Request, who: Person, asked: str = "", form: ReasonForm | None = None
) -> HttpResponse:
    locked = bool(locked_usernames(timezone.now(), [who.username]))
    context = {
        "who": who,
        "locked": locked,
        "seal": seal_of(who),
        "signed_in_at": clock.shown(who.last_login),
        "is_self": who.pk == request.viewer.person_id,
        "form": form,
        "offers": [
            {
                "offer": _offer(who, name),
                "address": reverse(f"{name}_account", args=[who.pk]),
                "form": form
                if form and name == asked
                else ReasonForm(prefix=name, hint=OFFERS[name].hint),
            }
            for name in _offered(request, who, locked, asked)
        ],
        "posts": GRANTED.filter(person=who).order_by("-starts_on", "-id"),
        "today": clock.today(),
        "crumbs": [{"label": "人员", "url": reverse("people")}, {"label": who.name, "url": ""}],
    }
    return render(request, "people/account.html", context, status=422 if form else 200)


def _offered(request: Request, who: Person, locked: bool, asked: str) -> list[str]:
    """The acts that fit the account's state, and the one just submitted, to keep its reason."""
    fits = {
        "unlock": locked,
        "close": who.is_active,
        "reopen": not who.is_active,
        "unseal": who.is_active and who.is_sealed_on(timezone.localdate()),
        "drop_factor": actions.has_factor(who),
        "end_phones": has_phones(who, request.viewer.county_id),
    }
    own = who.pk == request.viewer.person_id
    return [name for name in OFFERS if name == asked or (fits[name] and not own)]
