"""Tables of a county's opening: the technician's address, the county's state, uploaded books."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer

LIVES = timedelta(hours=24)


class OpeningAddress(models.Model):
    """An address for the technician. Only the digest of its secret is kept; it is used once."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")
    ended_at = models.DateTimeField("失效时间", null=True, blank=True)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

    def is_late(self, now: datetime) -> bool:
        """Whether 24 hours have passed, or a newer address was made."""
        return now >= self.made_at + LIVES or (self.ended_at is not None and now >= self.ended_at)


class CountyOpeningQuerySet(models.QuerySet["CountyOpening"]):
    """Openings."""

    def visible_to(self, viewer: Viewer) -> "CountyOpeningQuerySet":
        """Those of the counties whose opening the viewer sees."""
        counties = {post.county_id for post in viewer.posts_with(Right.SEE_OPENING)}
        return self.filter(county__in=counties)


class CountyOpening(models.Model):
    """How far a county's opening has come. ``second`` confirms the posts of the county."""

    county = models.OneToOneField(Unit, models.PROTECT, related_name="opening")
    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("开始时间")
    confirmed_at = models.DateTimeField("第二人确认时间", null=True, blank=True)
    opened_on = models.DateField("开通日期", null=True, blank=True)
    opened_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="宣布开通"
    )

    objects = CountyOpeningQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.county}"


class OpeningBookQuerySet(models.QuerySet["OpeningBook"]):
    """Uploaded opening workbooks."""

    def visible_to(self, viewer: Viewer) -> "OpeningBookQuerySet":
        """Those of the counties whose opening the viewer sees."""
        counties = {post.county_id for post in viewer.posts_with(Right.SEE_OPENING)}
        return self.filter(county__in=counties)


class OpeningBook(models.Model):
    """An uploaded opening workbook as text, until it is written or put aside."""

    READ, WRITTEN, DROPPED = "read", "written", "dropped"
    STATES = ((READ, "待确认"), (WRITTEN, "已写入"), (DROPPED, "未采用"))

    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=120)
    sheets = models.JSONField("内容")
    state = models.CharField("状态", max_length=10, choices=STATES, default=READ)
    uploaded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("办理时间", null=True, blank=True)
    new_rows = models.PositiveIntegerField("新增行数", default=0)
    changed_rows = models.PositiveIntegerField("更改行数", default=0)

    objects = OpeningBookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name
