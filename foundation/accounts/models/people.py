"""Persons and the posts they hold, from a day to a day."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils import timezone

from foundation import clock
from foundation.accounts.door.passwords import (
    SEALED_AFTER,
    WARNED_FROM,
    is_sealed,
    is_soon_sealed,
)
from foundation.accounts.models.places import Unit, UnitKind
from foundation.accounts.people import areas
from foundation.accounts.roles import OFFICES, Right, role_of
from foundation.accounts.viewer import Viewer


def managed_units(viewer: Viewer, unit: str = "") -> Q:
    """The condition for units whose people the viewer manages; ``unit`` is the lookup path."""
    found = Q(**{f"{unit}pk__in": []})
    for post in areas.managing(viewer):
        if Right.MANAGE_PEOPLE in post.role.rights:
            found |= Q(**{f"{unit}county_id": post.county_id})
            continue
        found |= Q(**{f"{unit}pk": post.unit_id})
        if post.unit_kind == UnitKind.TOWNSHIP:
            found |= Q(**{f"{unit}parent_id": post.unit_id, f"{unit}kind": UnitKind.VILLAGE})
    return found


def _midnight(today: date, days: int) -> datetime:
    zone = timezone.get_default_timezone()
    return datetime.combine(today - timedelta(days=days), time.min, zone)


def _last_used() -> Greatest:
    """SQL twin of Person.last_used_on."""
    made = F("created_at")
    fields = ("last_login", "unsealed_at", "phone_used_at")
    return Greatest(*(Coalesce(F(field), made) for field in fields))


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def visible_to(self, viewer: Viewer) -> "PersonQuerySet":
        """Posts, past ones too, at units whose people the viewer manages."""
        posts = Post.objects.filter(managed_units(viewer, "unit__"))
        return self.filter(pk__in=posts.values("person_id"))

    def sealed(self, today: date) -> "PersonQuerySet":
        """Accounts unused for more than 180 days."""
        return self.filter(LessThan(_last_used(), _midnight(today, SEALED_AFTER)))

    def soon_sealed(self, today: date) -> "PersonQuerySet":
        """Accounts unused for 150 days and not yet sealed."""
        unused = self.filter(LessThan(_last_used(), _midnight(today, WARNED_FROM - 1)))
        return unused.filter(GreaterThanOrEqual(_last_used(), _midnight(today, SEALED_AFTER)))

    def without_password(self) -> "PersonQuerySet":
        """Open accounts without a password, whose first slip is still to be printed."""
        return self.filter(is_active=True, password__startswith="!")

    def on_a_slip(self) -> "PersonQuerySet":
        """Open accounts with a first password that nobody has replaced by an own one yet."""
        given = self.filter(is_active=True, must_change_password=True)
        return given.exclude(password__startswith="!")


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes persons; there is no superuser in the product."""

    def create_person(self, username: str, name: str, password: str | None = None) -> "Person":
        """Make an account. Without a password nobody can sign in with it."""
        person = self.model(username=username, name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """One human being with one account. Rights come from posts alone."""

    username = models.CharField(
        "账号", max_length=40, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    first_password_until = models.DateTimeField("首次密码有效至", null=True, blank=True)
    first_password_used_at = models.DateTimeField("首次密码使用时间", null=True, blank=True)
    unsealed_at = models.DateTimeField("解除封存时间", null=True, blank=True)
    phone_used_at = models.DateTimeField("手机免登录最近使用", null=True, blank=True)
    factor_asked_on = models.DateField("要求设置动态码的日期", null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as written on papers."""
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password. A hash of former figures is made anew by it.

        The phones trusted under the former hash stay trusted: the password is the same.
        """
        before = self.get_session_auth_hash()
        is_right = super().check_password(raw_password)
        if is_right and self.get_session_auth_hash() != before:
            self.phones.filter(stamp=before).update(stamp=self.get_session_auth_hash())
        return is_right

    @property
    def has_no_own_password(self) -> bool:
        """Whether no password was chosen by the person: none is set, or one printed by others."""
        return self.must_change_password or not self.has_usable_password()

    @property
    def last_used_on(self) -> date:
        """The latest day on which the account was used, made or unsealed."""
        days = (self.last_login, self.created_at, self.unsealed_at, self.phone_used_at)
        return timezone.localdate(max(day for day in days if day is not None))

    def is_sealed_on(self, today: date) -> bool:
        """Unused for more than 180 days (S57)."""
        return is_sealed(self.last_used_on, today)

    def is_soon_sealed_on(self, today: date) -> bool:
        """Unused for 150 days and more."""
        return is_soon_sealed(self.last_used_on, today)


class DateRange(Func):
    """SQL ``daterange(from, to, '[]')``: both days belong to it."""

    function = "daterange"
    output_field = DateRangeField()


class DaysInPost(Func):
    """SQL ``daterange(from, to + 1)``: both days belong to it; no day where ``to`` lies before."""

    function = "daterange"
    template = (
        "%(function)s(%(expressions)s,"
        " CASE WHEN ends_on IS NULL THEN NULL ELSE greatest(ends_on + 1, starts_on) END)"
    )
    output_field = DateRangeField()


class Post(models.Model):
    """A role held at a unit from a day to a day (both included), granted by someone.

    One that was given by mistake and revoked before a day of it was over ends before its first day:
    it holds on no day.

    A post of the county that is given at its opening is ``asleep``, almost without rights, until a
    second person has confirmed it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField("职务", max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    starts_on = models.DateField("任职起")
    ends_on = models.DateField("任职止", null=True, blank=True)
    granted_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="granted"
    )
    granted_at = models.DateTimeField("授予时间", default=clock.now)
    reason = models.CharField("授予依据", max_length=200, blank=True)
    ended_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="ended"
    )
    ended_at = models.DateTimeField("卸任登记时间", null=True, blank=True)
    end_reason = models.CharField("卸任原因", max_length=200, blank=True)
    asleep = models.BooleanField("待第二人确认", default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "role"], name="posts_of_a_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on"))
                | Q(ended_at__isnull=False),
                name="a_post_ends_after_it_starts_or_was_revoked",
            ),
            # 系统管理员、安全管理员、审计员: a person holds one of them at a time (S10).
            ExclusionConstraint(
                name="no_two_offices_at_a_time",
                condition=Q(role__in=OFFICES),
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (DaysInPost("starts_on"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="no_post_held_twice",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (DaysInPost("starts_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.role}"

    @property
    def role_label(self) -> str:
        """The role in Chinese."""
        return role_of(self.role).label

    @property
    def never_held(self) -> bool:
        """Whether it was revoked before it was held for a day."""
        return self.ends_on is not None and self.ends_on < self.starts_on
