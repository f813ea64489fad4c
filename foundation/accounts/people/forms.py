"""Forms of the people pages and of the sign-in: filters, reasons, passwords."""

from datetime import date
from typing import Any

import django_filters
from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.accounts.door.trusted import days_offered
from foundation.accounts.models import Person, Post, UnitKind
from foundation.accounts.models.people import PersonQuerySet
from foundation.accounts.querysets import held_on
from foundation.accounts.roles import ROLES
from foundation.pages.reasons import ReasonField

STATES = (
    ("open", "正常"),
    ("closed", "已停用"),
    ("locked", "登录锁定"),
    ("new", "未开通"),
    ("soon", "即将封存"),
    ("sealed", "已封存"),
    ("idle", "现无任职"),
)


class PeopleFilter(django_filters.FilterSet):
    """Filters of the people page; the address holds all of them."""

    q = django_filters.CharFilter(label="姓名或账号", method="by_words")
    role = django_filters.ChoiceFilter(
        label="现任职务",
        empty_label="全部",
        choices=[(role.code, role.label) for role in ROLES],
        method="by_role",
    )
    unit = django_filters.CharFilter(label="现任单位", method="by_unit")
    kind = django_filters.ChoiceFilter(
        label="单位类别", empty_label="全部", choices=UnitKind.choices, method="by_kind"
    )
    state = django_filters.ChoiceFilter(
        label="账号状态", empty_label="全部", choices=STATES, method="by_state"
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, locked: list[str], **kwargs: Any) -> None:
        self.posts = Post.objects.filter(held_on(today))
        self.locked = locked
        super().__init__(*args, **kwargs)

    def by_words(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Part of the name or of the account."""
        return rows.filter(Q(name__icontains=value) | Q(username__icontains=value))

    def by_role(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Holds the role today."""
        return rows.filter(pk__in=self.posts.filter(role=value).values("person_id"))

    def by_unit(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Holds a post today at a unit of such a name."""
        posts = self.posts.filter(unit__name__icontains=value)
        return rows.filter(pk__in=posts.values("person_id"))

    def by_kind(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Holds a post today at a unit of the kind."""
        return rows.filter(pk__in=self.posts.filter(unit__kind=value).values("person_id"))

    def by_state(self, rows: PersonQuerySet, name: str, value: str) -> QuerySet[Person]:
        """The state of the account, derived from what is stored."""
        real = timezone.localdate()
        states = {
            "open": rows.filter(is_active=True),
            "closed": rows.filter(is_active=False),
            "locked": rows.filter(username__in=self.locked),
            "new": rows.without_password(),
            "soon": rows.soon_sealed(real).filter(is_active=True),
            "sealed": rows.sealed(real).filter(is_active=True),
            "idle": rows.exclude(pk__in=self.posts.values("person_id")),
        }
        return states[value]


class ReasonForm(forms.Form):
    """The reason of an act on an account or a request; it goes into the audit.

    ``hint`` gives examples that fit the act.
    """

    reason = ReasonField(
        label="理由",
        max_length=300,
        error_messages={"required": "请填写理由，将记入操作记录。"},
    )

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = f"写明依据，例如：{hint}。" if hint else "写明依据。"


class SignInForm(LoginForm):
    """Account, password, and whether to trust the phone."""

    # Off by default, so that nobody trusts a shared PC by a careless click (ux 5.2).
    trust = forms.BooleanField(
        required=False,
        help_text="只对班主任给本班点名有效，其他页面仍要登录。公用电脑、别人的手机不要勾选。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "账号"
        days = days_offered(timezone.localdate())
        self.fields["trust"].label = f"这是我本人的手机，{days}天内点名免登录"
        if not days:
            del self.fields["trust"]
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SamePasswordForm(ReauthenticateForm):
    """The password once more, before an act that needs a fresh one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "密码"
        self.fields["password"].error_messages["required"] = "请输入密码。"
        self.fields["password"].widget.attrs.pop("placeholder", None)


class NewPasswordForm(ChangePasswordForm):
    """Old and new password, which must differ."""

    LABELS = {"oldpassword": "现在的密码", "password1": "新密码", "password2": "再输一次新密码"}
    ON_SLIP = "登录单上的首次密码"
    SLIP_ASKED = "请再填一次登录单上的首次密码（含横线）。"
    ASKED = {
        "oldpassword": "请填写现在的密码。",
        "password1": "请填写新密码。",
        "password2": "请把新密码再输一次。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            field = self.fields[name]
            field.label, field.error_messages["required"] = label, self.ASKED[name]
            field.widget.attrs.pop("placeholder", None)
        if self.user.must_change_password:
            old = self.fields["oldpassword"]
            old.label, old.error_messages["required"] = self.ON_SLIP, self.SLIP_ASKED

    def clean_oldpassword(self) -> str:
        """A wrong old password counts as a failed sign-in, and locks like it (S55)."""
        typed: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        new = cleaned.get("password1")
        if new and self.user.check_password(new):
            self.add_error("password1", "新密码不能与现在的密码相同，请换一个。")
        return cleaned
