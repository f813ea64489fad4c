"""Tables of the rules as a county sets them, of scores, and of the 重点关注 ledger."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from cases.watch.codes import ENDINGS, STEPS
from cases.watch.querysets import EntryQuerySet, ReckoningQuerySet, ScoreQuerySet
from cases.watch.rules import Setting
from foundation.accounts.models import Post, Unit
from foundation.protected import Protected
from students.roster.models import Child, School, SchoolClass
from students.roster.models.tracking import tracked


class RuleSetting(models.Model):
    """A rule as a county set it from a day on: who, when, why. Append-only, the last row counts.

    No row is in force before the day it was recorded. The number of rows in force is therefore the
    version of the rules, and the rows of a version never change.
    """

    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField("规则", max_length=24)  # rules.RULES, or rules.LINE
    is_on = models.BooleanField("启用", default=True)
    threshold = models.PositiveSmallIntegerField("起点")
    weight = models.PositiveSmallIntegerField("分值")
    valid_from = models.DateField("生效日期")
    reason = models.CharField("调整理由", max_length=200)
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["valid_from", "id"]
        indexes = [models.Index(fields=["county", "valid_from"], name="rules_of_a_county")]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"

    @property
    def setting(self) -> Setting:
        """The row in the shape that cases/watch/rules.py takes."""
        return Setting(self.code, self.is_on, self.threshold, self.weight)


class Reckoning(models.Model):
    """Says that a school was scored for a day, and by which version of the rules."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    day = models.DateField("日期")
    version = models.PositiveIntegerField("规则版本")
    children = models.PositiveIntegerField("学生数")
    warned = models.PositiveIntegerField("预警人数")
    done_at = models.DateTimeField("计算时间")

    objects = ReckoningQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "day", "version"], name="one_reckoning_a_school_day_and_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.day} v{self.version}"


class Score(models.Model):
    """The points of a child on a day. Derived from the roll, never a fact of its own.

    Kept for children who reach the line. Scoring the same day again overwrites the row; it stays,
    below its line, if the child no longer reaches the line.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="scores")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    day = models.DateField("日期")
    version = models.PositiveIntegerField("规则版本")
    line = models.PositiveSmallIntegerField("列入预警的分数")
    score = models.PositiveSmallIntegerField("分数")
    open_score = models.PositiveSmallIntegerField("不含特殊群体因素的分数")
    reasons = models.JSONField("原因", default=list)  # [{code, points, words}]

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "child_id"]
        constraints = [
            models.UniqueConstraint(fields=["child", "day"], name="one_score_a_child_and_day"),
            models.CheckConstraint(
                condition=Q(open_score__lte=F("score")), name="groups_only_add_to_a_score"
            ),
        ]
        indexes = [models.Index(fields=["day", "school"], name="scores_of_a_school_and_day")]

    def __str__(self) -> str:
        return f"{self.child_id} {self.day} {self.score}"


@tracked(exclude=("uuid",))
class Entry(models.Model):
    """A child on the 重点关注 ledger (L2). A person puts it there and takes it off.

    ``helper`` is the assigned person (专人) of R56. ``starts_on`` is the day it was put there,
    ``ends_on`` the day it was taken off. The entry goes with the child to its next school.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="watch_entries")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    risks = models.JSONField("风险类型", default=list)  # codes.RISKS
    signs_sealed = models.TextField()
    helper = models.ForeignKey(Post, models.PROTECT, related_name="+")
    measures_sealed = models.TextField()
    starts_on = models.DateField("列入日期")
    ends_on = models.DateField("移出日期", null=True, blank=True)
    ending = models.CharField("移出原因", max_length=10, blank=True)  # codes.ENDINGS
    version = models.PositiveIntegerField("版本", default=1)

    signs = Protected()  # 风险表现
    measures = Protected()  # 帮扶措施
    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ends_on__isnull=True), name="one_open_entry_a_child"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ending="")
                | (Q(ends_on__gte=F("starts_on")) & ~Q(ending="")),
                name="taken_off_with_a_day_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.starts_on}"

    @property
    def is_open(self) -> bool:
        """Whether the child stands on the ledger."""
        return self.ends_on is None

    @property
    def ending_label(self) -> str:
        """Why the child was taken off, in words."""
        return ENDINGS.get(self.ending, "")

    def helper_on(self, day: date) -> str:
        """The helper in words, with a note if the helper has departed and must be replaced."""
        ended = self.helper.ends_on is not None and self.helper.ends_on < day
        return f"{self.helper.person.name}{'（已离任，请改派）' if ended else ''}"


class Step(models.Model):
    """Something recorded of an entry. Append-only."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="steps")
    kind = models.CharField("事项", max_length=10)  # codes.STEPS
    day = models.DateField("日期")
    text_sealed = models.TextField()
    data: Any = models.JSONField("要素", default=dict)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("记录时间")

    text = Protected()  # 内容

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["entry", "kind"], name="steps_of_an_entry")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=list(STEPS)), name="known_step")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind} {self.day}"

    @property
    def label(self) -> str:
        """The kind of step, in words."""
        return STEPS[self.kind]
