"""Forms that ask for a code of the authenticator app."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from django import forms

from foundation.accounts.factors.rules import DIGITS
from foundation.accounts.models import Person

ASKED = f"请输入{DIGITS}位动态码。"


def code_field(label: str = "动态码") -> forms.CharField:
    """Six digits; a phone offers its digits, and the password manager's code."""
    return forms.CharField(
        label=label,
        max_length=12,
        help_text=f"手机验证器里正在显示的{DIGITS}位数字，30秒换一次。",
        error_messages={"required": ASKED},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class NewCodeForm(forms.Form):
    """The first code of an app that is being set up."""

    code = code_field("手机上显示的动态码")


class CodeForm(forms.Form):
    """A code of the app that is set. A wrong one counts as a wrong password (S55)."""

    code = code_field()
    is_fresh = False

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong or used code, and while the account is locked."""
        typed: str = self.cleaned_data["code"]
        get_adapter().take_code(context.request, self.user, typed)
        return typed

    def save(self) -> None:
        """Note in the session that a code was given, and when."""
        more = {"reauthenticated": True} if self.is_fresh else {}
        record_authentication(context.request, self.user, "mfa", type="totp", **more)


class FreshCodeForm(CodeForm):
    """A code once more, before an act that needs a fresh proof."""

    is_fresh = True

    def save(self) -> None:
        """Also give the session a new key, as a fresh password does."""
        super().save()
        context.request.session.cycle_key()
