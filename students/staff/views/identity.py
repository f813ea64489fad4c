"""Puts a mistyped name or account of a person right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.accounts import actions as accounts
from foundation.accounts.models import Person
from foundation.accounts.requests import Request, needs
from foundation.accounts.seconding.rules import needs_two
from students.staff.forms import IdentityForm
from students.staff.views.common import (
    RIGHTS,
    account_doer_with,
    asked,
    person_or_404,
    show_slips,
)

EFFECTS = [
    "姓名在各页和以后打印的材料上随即更正；已经定稿存档的材料不变。操作记录里写明谁在哪天更正、为什么。",
    "更正了账号、而登录单已经打印的，屏幕上显示一次新的登录单，原来的作废。密码已经改好的，账号不能更改。",
]
TWO = "县级职务的姓名和账号须两人办理：提交后由另一位安全管理员、教育局基教股或局领导确认。"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def correct(request: Request, pk: int) -> HttpResponse:
    """Correct it at once, or ask for it where another person must confirm."""
    who = person_or_404(request, pk)
    posts = accounts.living_posts(who, account_doer_with(request).today)
    with_second = needs_two(post.role for post in posts)

    def act(form: Any) -> HttpResponse:
        return (_ask if with_second else _correct)(request, who, form.cleaned_data)

    return asked(
        request,
        who,
        IdentityForm(
            request.POST if request.method == "POST" else None,
            hint="登记时写错了一个字，本人出示身份证；手机号抄错一位",
            initial={"name": who.name, "login": who.username},
        ),
        act,
        heading=f"更正{who.name}的姓名、手机号",
        effects=[TWO, *EFFECTS] if with_second else EFFECTS,
        action_label="提交申请" if with_second else "更正",
    )


def _correct(request: Request, who: Person, typed: dict[str, Any]) -> HttpResponse:
    doer, back = account_doer_with(request, typed["reason"]), reverse("staff:person", args=[who.pk])
    slip = accounts.correct_person(doer, who, typed["name"].strip(), typed["login"])
    messages.success(request, "已更正。")
    return show_slips(request, [slip], back) if slip else redirect(back)


def _ask(request: Request, who: Person, typed: dict[str, Any]) -> HttpResponse:
    doer = account_doer_with(request, typed["reason"])
    accounts.request_correction(doer, who, typed["name"].strip(), typed["login"])
    messages.success(request, f"更正{who.name}姓名、账号的申请已提交，由另一人确认后生效。")
    return redirect("people_requests")
