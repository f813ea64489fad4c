"""Requests that a second person decides, and the decisions. Nobody can change a row of either."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.accounts.models.people import Person, Post
from foundation.accounts.models.places import Unit
from foundation.accounts.roles import Right, role_of
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.prepared import one_of


class RequestQuerySet(models.QuerySet["PeopleRequest"]):
    """Requests for a second person."""

    def visible_to(self, viewer: Viewer) -> "RequestQuerySet":
        """The requests of the counties whose people the viewer manages or confirms, and one's
        own."""
        posts = viewer.posts_with(Right.CONFIRM_PEOPLE) + viewer.posts_with(Right.MANAGE_PEOPLE)
        counties = {post.county_id for post in posts}
        return self.filter(Q(county_id__in=counties) | Q(requested_by__person=viewer.person_id))

    def waiting(self) -> "RequestQuerySet":
        """Requests that nobody has decided; some may have lapsed (seconding/rules.py)."""
        return self.filter(decision__isnull=True)

    def to_decide(self, viewer: Viewer, since: datetime) -> "RequestQuerySet":
        """Those made since then that wait for the viewer: neither asked by nor about oneself."""
        counties = {post.county_id for post in viewer.posts_with(Right.CONFIRM_PEOPLE)}
        own = Q(requested_by__person=viewer.person_id) | Q(person=viewer.person_id)
        return self.waiting().filter(one_of("county_id", counties), ~own, requested_at__gte=since)


class PeopleRequest(models.Model):
    """What one person asks for, given once another confirms it: a post, a password, an account, a
    sign-in without the code of a lost phone.

    ``person`` is empty for somebody without an account; ``username`` and ``name`` tell who it is.
    Of a correction they are the right ones.
    """

    POST, PASSWORD, REOPEN = "post", "password", "reopen"
    FACTOR, CORRECT = "factor", "correct"
    KINDS = (
        (POST, "任职"),
        (PASSWORD, "重置密码"),
        (REOPEN, "恢复账号"),
        (FACTOR, "解除动态码"),
        (CORRECT, "更正姓名账号"),
    )

    kind = models.CharField("申请事项", max_length=10, choices=KINDS)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    username = models.CharField("账号", max_length=40)
    name = models.CharField("姓名", max_length=40)
    role = models.CharField("职务", max_length=30, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField("任职起", null=True)
    reason = models.CharField("理由", max_length=300)
    requested_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("申请时间")

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-requested_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=("password", "reopen", "factor", "correct"), person__isnull=False
                )
                | (~Q(role="") & Q(kind="post", unit__isnull=False, starts_on__isnull=False)),
                name="a_request_says_what_is_asked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.username}"

    @property
    def role_label(self) -> str:
        """The role in Chinese; empty for a password."""
        return role_of(self.role).label if self.role else ""

    @property
    def begins(self) -> str:
        """From which day the post holds: never before another person confirms it."""
        decision = getattr(self, "decision", None)
        if decision is not None and decision.post is not None:
            return full_day_words(decision.post.starts_on)
        if self.starts_on is None:
            return ""
        return f"{full_day_words(self.starts_on)}；确认晚于这一天的，从确认当天起"


class PeopleDecision(models.Model):
    """How a request ended. There is one at most."""

    CONFIRMED, REFUSED, WITHDRAWN = "confirmed", "refused", "withdrawn"
    OUTCOMES = ((CONFIRMED, "已确认"), (REFUSED, "未同意"), (WITHDRAWN, "已撤回"))

    request = models.OneToOneField(PeopleRequest, models.PROTECT, related_name="decision")
    outcome = models.CharField("结果", max_length=10, choices=OUTCOMES)
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("办理时间")
    reason = models.CharField("理由", max_length=300, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"
