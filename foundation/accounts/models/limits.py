"""Who went beyond a limit, for the bureau to look into. Nobody can change a row."""

from typing import ClassVar

from django.db import models

from foundation.accounts.limits.rules import BY_CODE
from foundation.accounts.models.people import Person, Post
from foundation.accounts.models.places import Unit
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer


class LimitReportQuerySet(models.QuerySet["LimitReport"]):
    """Reports of limits."""

    def visible_to(self, viewer: Viewer) -> "LimitReportQuerySet":
        """The reports of the counties where the viewer confirms accounts, or is the auditor."""
        posts = viewer.posts_with(Right.CONFIRM_PEOPLE, Right.SEE_AUDIT)
        return self.filter(county_id__in={post.county_id for post in posts})


class LimitReport(models.Model):
    """The first time of a day that a person went beyond one limit; the audit has every time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    limit = models.CharField("超限事项", max_length=20)
    day = models.DateField("日期")
    at = models.DateTimeField("首次超限时间")

    objects = LimitReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "limit", "day"], name="one_report_of_a_limit_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.limit} {self.day}"

    @property
    def label(self) -> str:
        """What was done too often, in Chinese."""
        return BY_CODE[self.limit].label
