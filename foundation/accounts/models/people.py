"""Persons and the posts they hold, from a day to a day."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from foundation.accounts.models.places import Unit
from foundation.accounts.roles import Right, role_of
from foundation.accounts.viewer import Viewer


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def visible_to(self, viewer: Viewer) -> "PersonQuerySet":
        """Who holds or held a post in a county whose people the viewer manages."""
        counties = [post.county_id for post in viewer.posts_with(Right.MANAGE_PEOPLE)]
        posts = Post.objects.filter(unit__county_id__in=counties)
        return self.filter(pk__in=posts.values("person_id"))


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes persons; there is no superuser in the product."""

    def create_person(self, username: str, name: str, password: str | None = None) -> "Person":
        """A new account; without a password nobody can sign in with it."""
        person = self.model(username=username, name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """One human being with one account; what it may do comes from its posts alone."""

    username = models.CharField(
        "账号", max_length=40, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

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


class DateRange(Func):
    """SQL ``daterange(from, to, '[]')``: both days belong to it."""

    function = "daterange"
    output_field = DateRangeField()


class Post(models.Model):
    """A role held at a unit from a day to a day (both included), granted by someone."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField("职务", max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    starts_on = models.DateField("任职起")
    ends_on = models.DateField("任职止", null=True, blank=True)
    granted_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="granted"
    )
    granted_at = models.DateTimeField("授予时间", auto_now_add=True)
    reason = models.CharField("授予依据", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "role"], name="posts_of_a_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="a_post_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="no_post_held_twice",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", models.Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.role}"

    @property
    def role_label(self) -> str:
        """The role in Chinese."""
        return role_of(self.role).label
