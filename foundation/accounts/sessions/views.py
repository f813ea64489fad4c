"""The page of one's own open sessions, and the buttons that end them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import actions
from foundation.accounts.models import OpenSession
from foundation.accounts.requests import Request, origin_of
from foundation.accounts.sessions.rules import LONGEST, MOST_SESSIONS, handle_of


def _own(request: Request) -> QuerySet[OpenSession]:
    living = OpenSession.objects.visible_to(request.viewer).filter(expire_date__gt=timezone.now())
    return living.order_by("-began_at")


@require_safe
def sessions(request: Request) -> HttpResponse:
    key = request.session.session_key
    context = {
        "rows": [
            {
                "session": one,
                "is_this": one.session_key == key,
                "handle": handle_of(one.session_key),
                "idle": one.idle_seconds // 60,
            }
            for one in _own(request)
        ],
        "most": MOST_SESSIONS,
        "hours": int(LONGEST.total_seconds()) // 3600,
        "crumbs": [
            {"label": "修改密码", "url": reverse("account_change_password")},
            {"label": "登录的设备", "url": ""},
        ],
    }
    return render(request, "account/sessions.html", context)


@require_POST
def end_session(request: Request, handle: str) -> HttpResponse:
    found = [one for one in _own(request) if handle_of(one.session_key) == handle]
    if not found:
        raise Http404
    actions.end_sessions(found, origin_of(request))
    messages.success(request, f"“{found[0].label or '未知设备'}”已退出登录。")
    return redirect("sessions")


@require_POST
def end_others(request: Request) -> HttpResponse:
    others = _own(request).exclude(session_key=request.session.session_key)
    count = actions.end_sessions(others, origin_of(request))
    messages.success(request, f"其他{count}处已退出登录。" if count else "没有其他登录。")
    return redirect("sessions")
