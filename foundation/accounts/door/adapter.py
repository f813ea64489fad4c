"""Adapts django-allauth to our rules: no sign-up, and an audit row for each sign-in."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import actions
from foundation.accounts.audit import Origin
from foundation.accounts.door.fresh import note_fresh
from foundation.accounts.door.lockout import wait_for
from foundation.accounts.door.phones import label_of
from foundation.accounts.door.sessions import ADDRESS, IDLE, LABEL
from foundation.accounts.factors.rules import FACTOR_UNTIL
from foundation.accounts.models import Person
from foundation.accounts.passwords import haste
from foundation.accounts.querysets import viewer_on
from foundation.accounts.requests import client_address, origin_by
from foundation.accounts.sessions.rules import MOST_SESSIONS, idle_of
from foundation.days import day_words

WRONG_CODE = (
    "动态码不正确，或者已经用过。请等手机上换了新的动态码再输入。"
    "连续输错10次，该账号在本机暂停15分钟。"
)
WRONG = "现在的密码不正确，请重新输入。连续输错10次，该账号在本机暂停15分钟。"


class ClosedAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only. No password is sent by e-mail."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "账号或密码不正确，请核对后重新输入。连续输错10次，该账号在本机暂停登录15分钟。"
        ),
        "enter_current_password": WRONG,
        "incorrect_password": WRONG,
        "account_inactive": "该账号已停用，请联系本单位管理员。",
        "invalid_login": "登录没有成功，请重新输入账号和密码。",
        "too_many_login_attempts": "登录失败次数过多，请15分钟后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password, then say why a first password or a sealed account is refused (S57).

        Uses the real clock, as the lock-out does: the demo's clock neither opens nor closes an
        account.
        """
        self._refuse_haste(request, str(credentials.get("username", "")))
        user = super().authenticate(request, **credentials)
        if isinstance(user, Person) and not request.user.is_authenticated:
            origin = origin_by(request, user)
            words = actions.refuse_entry(user, origin, timezone.localdate(), timezone.now())
            if words:
                raise ValidationError(words)
        return user

    def take_code(self, request: HttpRequest, user: Person, code: str) -> None:
        """Use up a code of the second factor. Wrong ones lock as wrong passwords do (S55).

        Raises ValidationError for a wrong or used code, and while the account is locked.
        """
        self._refuse_haste(request, user.username)
        credentials = {"username": user.username}
        is_open = AxesProxyHandler.is_allowed(request, credentials)
        if is_open and actions.take_code(user, code, timezone.now()):
            return
        if is_open:
            user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        self.authentication_failed(request, **credentials)
        raise ValidationError(WRONG_CODE)

    def _refuse_haste(self, request: HttpRequest, username: str) -> None:
        """Raises ValidationError while the account's tries, from all addresses, must wait (S55)."""
        seconds = wait_for(username, client_address(request), timezone.now())
        if seconds:
            actions.note_failed_sign_in(username, origin_by(request, None), outcome="delayed")
            raise ValidationError(haste.words(seconds))

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether it is the signed-in person's password. Wrong ones count as at the sign-in."""
        is_right: bool = super().reauthenticate(user, password)
        if is_right:
            user.refresh_from_db()
            update_session_auth_hash(self.request, user)  # a new key, and a hash made anew
        return is_right

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """What proves anew who is there: the code where a factor is set, else the password."""
        by_code = isinstance(user, Person) and actions.has_factor(user)
        name = "mfa_reauthenticate" if by_code else "account_reauthenticate"
        return [{"id": name, "description": "", "url": reverse(name)}]

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in with a new session key."""
        before = user.last_login
        super().login(request, user)
        origin = origin_by(request, user)
        note_fresh(request, user)
        self._tell_of_removal(request, user, before)
        self._begin_session(request, user, origin)
        actions.note_sign_in(user, origin, timezone.now())

    def _tell_of_removal(self, request: HttpRequest, user: Person, before: datetime | None) -> None:
        """Tell who removed the second factor since the last sign-in: it may not be as asked."""
        gone = actions.removed_since(user, before)
        if gone is not None and gone.removed_at is not None:
            day = day_words(timezone.localdate(gone.removed_at))
            by = gone.removed_by.name if gone.removed_by else "管理员"
            words = f"您的动态码已于{day}由{by}确认解除，理由：{gone.remove_reason}。"
            words += "不是您本人申请的，请马上修改密码，并告诉县安全管理员。"
            messages.warning(request, words)

    def _begin_session(self, request: HttpRequest, user: Person, origin: Origin) -> None:
        """Set idle time and grace by role, and end the oldest sessions beyond two (S58)."""
        viewer = viewer_on(user, timezone.localdate())
        until = actions.demand_factor(user, viewer, timezone.localdate())
        if until is not None:
            request.session[FACTOR_UNTIL] = until.isoformat()
        usual = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session[IDLE] = int(idle_of(viewer, usual).total_seconds())
        request.session[LABEL] = label_of(request.META.get("HTTP_USER_AGENT", ""))
        request.session[ADDRESS] = origin.address
        request.session.save()  # now, so that a sign-in at the same moment counts it
        ended = actions.make_room(user, request.session.session_key or "", origin)
        if ended:
            names = "、".join(f"“{one.label or '未知设备'}”" for one in ended)
            messages.info(request, f"每人最多同时登录{MOST_SESSIONS}处，最早登录的{names}已退出。")

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and write the audit row while the person is still known."""
        user = request.user
        if isinstance(user, Person):
            actions.note_sign_out(user, origin_by(request, user))
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """One answer for a wrong account, a wrong password and a locked account."""
        actions.note_failed_sign_in(
            str(credentials.get("username", "")),
            origin_by(request, None),
            outcome="locked" if getattr(request, "axes_locked_out", False) else "failed",
        )

    def set_password(self, user: Person, password: str) -> None:
        actions.change_password(user, password, origin_by(self.request, user))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"
