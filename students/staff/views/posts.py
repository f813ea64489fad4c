"""The acts on one person's account: new password, unlocking, ending phones and their codes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.accounts import actions as accounts
from foundation.accounts.models import Person
from foundation.accounts.people.forms import ReasonForm
from foundation.accounts.requests import Request, needs
from foundation.accounts.seconding.rules import needs_two
from students.staff.views.common import (
    RIGHTS,
    account_doer_with,
    asked,
    person_or_404,
    show_slips,
)

METHODS = ["GET", "HEAD", "POST"]


def _typed(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(METHODS)
@needs(*RIGHTS)
def reset(request: Request, pk: int) -> HttpResponse:
    """Print a new first password on a slip; the person's sessions end at once (S57)."""
    who = person_or_404(request, pk)
    if needs_two(
        post.role for post in accounts.living_posts(who, account_doer_with(request).today)
    ):
        return _ask_reset(request, who)

    def act(form: Any) -> HttpResponse:
        todo = account_doer_with(request, form.cleaned_data["reason"])
        slip = accounts.reset_password(todo, who, todo.reason)
        return show_slips(request, [slip], reverse("staff:person", args=[pk]))

    return asked(
        request,
        who,
        ReasonForm(_typed(request), hint="本人忘记密码，当面申请"),
        act,
        heading=f"重置{who.name}的密码",
        effects=[
            "原密码马上失效，本人已登录的页面随即退出，登录锁定同时解除。",
            "屏幕上显示一次登录单，请打印后当面交给本人；离开页面后不能再看。",
            "首次密码72小时内有效，登录后须马上改为自己的密码，改好以后首次密码作废。",
        ],
        action_label="重置密码",
        danger=True,
    )


def _ask_reset(request: Request, who: Person) -> HttpResponse:
    """Ask for the reset of somebody who reaches the whole county; another person confirms it."""

    def act(form: Any) -> HttpResponse:
        accounts.request_password(account_doer_with(request, form.cleaned_data["reason"]), who)
        messages.success(request, f"重置{who.name}密码的申请已提交，由另一人确认后生效。")
        return redirect("people_requests")

    return asked(
        request,
        who,
        ReasonForm(_typed(request), hint="本人忘记密码，当面申请"),
        act,
        heading=f"申请重置{who.name}的密码",
        effects=[
            "县级职务的密码须两人办理：提交后由另一位安全管理员、教育局基教股或局领导确认。",
            "确认之前原密码照常使用；确认后原密码马上失效，登录单由确认人当面交给本人。",
        ],
        action_label="提交申请",
    )


@require_http_methods(METHODS)
@needs(*RIGHTS)
def unlock(request: Request, pk: int) -> HttpResponse:
    """Unlock an account that was locked after too many wrong passwords (S55)."""
    who = person_or_404(request, pk)

    def act(form: Any) -> HttpResponse:
        todo = account_doer_with(request, form.cleaned_data["reason"])
        accounts.unlock_account(todo, who, todo.reason)
        messages.success(request, "账号已解锁，可以重新登录。")
        return redirect("staff:person", pk=pk)

    return asked(
        request,
        who,
        ReasonForm(_typed(request), hint="本人当面申请解锁"),
        act,
        heading=f"解除{who.name}的登录锁定",
        effects=["清除登录失败记录，本人可以马上重新登录。密码不变。"],
        action_label="解除锁定",
    )


@require_http_methods(METHODS)
@needs(*RIGHTS)
def unseal(request: Request, pk: int) -> HttpResponse:
    """Open an account again that was sealed after 180 days of disuse (S57)."""
    who = person_or_404(request, pk)

    def act(form: Any) -> HttpResponse:
        todo = account_doer_with(request, form.cleaned_data["reason"])
        accounts.unseal_account(todo, who, todo.reason)
        messages.success(request, "账号已解除封存，原密码不变。")
        return redirect("staff:person", pk=pk)

    return asked(
        request,
        who,
        ReasonForm(_typed(request), hint="休假后返岗，本人当面申请"),
        act,
        heading=f"解除{who.name}账号的封存",
        effects=["该账号可以用原密码登录。忘记密码的，另行重置。"],
        action_label="解除封存",
    )


@require_http_methods(METHODS)
@needs(*RIGHTS)
def end_phones(request: Request, pk: int) -> HttpResponse:
    """End the roll call without sign-in on all phones of a person, as when one is lost."""
    who = person_or_404(request, pk)

    def act(form: Any) -> HttpResponse:
        todo = account_doer_with(request, form.cleaned_data["reason"])
        accounts.end_phones_of(todo, who, todo.reason)
        messages.success(request, "该账号的手机免登录已全部取消。")
        return redirect("staff:person", pk=pk)

    return asked(
        request,
        who,
        ReasonForm(_typed(request), hint="本人报失手机；换了手机"),
        act,
        heading=f"取消{who.name}所有手机的免登录",
        effects=[
            "设为点名免登录的手机马上失效，再点名要输入密码。手机遗失、换机时办理。",
            "账号和密码不变。密码也可能被别人知道的，请另行重置密码。",
        ],
        action_label="取消免登录",
        danger=True,
    )


@require_http_methods(METHODS)
@needs(*RIGHTS)
def drop_factor(request: Request, pk: int) -> HttpResponse:
    """Ask that somebody who lost the phone signs in without its codes; another confirms (S56)."""
    who = person_or_404(request, pk)

    def act(form: Any) -> HttpResponse:
        accounts.request_factor_removal(
            account_doer_with(request, form.cleaned_data["reason"]), who
        )
        messages.success(request, "解除动态码的申请已提交，由另一人确认后生效。")
        return redirect("people_requests")

    return asked(
        request,
        who,
        ReasonForm(_typed(request), hint="手机丢失，本人当面申请，已核对身份证"),
        act,
        heading=f"申请解除{who.name}的动态码",
        effects=[
            "手机丢失、换机时办理，须两人：请本人当面来，核对身份后提交，"
            "由县安全管理员、教育局基教股或局领导确认。",
            "确认后登录只要密码，已登录的页面和手机免登录全部退出，本人登录后重新设置。",
        ],
        action_label="提交申请",
        danger=True,
    )
