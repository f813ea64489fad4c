"""Adapts django-allauth to our rules: no sign-up, and an audit row for each sign-in."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from foundation.accounts import actions
from foundation.accounts.models import Person
from foundation.accounts.requests import origin_by


class ClosedAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators only. No password is sent by e-mail."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "账号或密码不正确，请核对后重新输入。连续输错10次，该账号在本机暂停登录15分钟。"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password, then say why a first password or a sealed account is refused (S57).

        Uses the real clock, as the lock-out does: the demo's clock neither opens nor closes an
        account.
        """
        user = super().authenticate(request, **credentials)
        if isinstance(user, Person):
            origin = origin_by(request, user)
            words = actions.refuse_entry(user, origin, timezone.localdate(), timezone.now())
            if words:
                raise ValidationError(words)
        return user

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in with a new session key."""
        super().login(request, user)
        actions.note_sign_in(user, origin_by(request, user), timezone.now())

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
            locked=bool(getattr(request, "axes_locked_out", False)),
        )

    def set_password(self, user: Person, password: str) -> None:
        actions.change_password(user, password, origin_by(self.request, user))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"
