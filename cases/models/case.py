"""The case, and its events."""

import json
import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from cases.policy import STEPS, Stage
from cases.querysets import CaseQuerySet
from foundation.accounts.models import Unit
from foundation.protected import Protected


class Case(models.Model):
    """A child out of school, until it is back (个案). A child has at most one open case.

    The four axes stay apart (design 4.2). The case stores only the handling stage; the ledger
    category is derived from facts and a day, the 学籍 status lives in the roster, the placement in
    the return's event. ``back_to`` is the rung that a broken observation falls back to.
    ``reopened_on`` is set when the child was away again after an approved closure in the same
    school year, ``again_missed_on`` is the first day missed then (domain 3.7).
    """

    number = models.CharField("案号", max_length=24, unique=True)
    child = models.ForeignKey("roster.Child", models.PROTECT, related_name="cases")
    school_class = models.ForeignKey(
        "roster.SchoolClass", models.PROTECT, null=True, related_name="cases"
    )
    school = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_township = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.CharField("发现方式", max_length=12, default="roll")
    # The finding's key, empty if a roll call opened the case. Each finding opens one case.
    finding = models.CharField("发现依据", max_length=60, blank=True)
    stage = models.CharField("处理阶段", max_length=2, default=Stage.D1)
    entered_on = models.DateField("进入本阶段")
    opened_on = models.DateField("立案日期")
    first_missed_on = models.DateField("首次无故缺勤")
    last_present_on = models.DateField("最后到校", null=True)
    registered_on = models.DateField("学校登记日期", null=True)
    village_asked_on = models.DateField("转村级日期", null=True)
    cause = models.CharField("原因", max_length=2, blank=True)
    whereabouts = models.CharField("去向", max_length=2, blank=True)
    back_to = models.CharField("观察失败退回", max_length=2, blank=True)
    returned_on = models.DateField("返校日期", null=True)
    outcome = models.CharField("销号结果", max_length=3, blank=True)
    closed_on = models.DateField("销号日期", null=True)
    again_missed_on = models.DateField("再次缺勤首日", null=True)
    reopened_on = models.DateField("重新办理日期", null=True)
    sampled = models.BooleanField("县级抽查", default=False)
    version = models.PositiveIntegerField("版本", default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=~Q(stage="DX"), name="one_open_case_a_child"
            ),
            models.UniqueConstraint(
                fields=["finding"], condition=~Q(finding=""), name="one_case_a_finding"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[str(stage) for stage in STEPS]), name="stage_is_a_rung"
            ),
            models.CheckConstraint(
                condition=(Q(stage="DX") & Q(closed_on__isnull=False) & ~Q(outcome=""))
                | (~Q(stage="DX") & Q(closed_on__isnull=True) & Q(outcome="")),
                name="closed_with_a_day_and_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(stage="D9") | (~Q(back_to="") & Q(returned_on__isnull=False)),
                name="observation_knows_where_it_falls_back",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "stage"], name="cases_of_a_school"),
            # For the county's list, the newest first.
            models.Index(
                "county",
                models.F("opened_on").desc(),
                models.F("id").desc(),
                name="open_cases_of_a_county",
                condition=~Q(stage="DX"),
            ),
            # For the county's numbers: how many are open, of each stage and since when.
            models.Index(
                fields=["county", "stage", "entered_on"],
                name="open_cases_by_stage",
                condition=~Q(stage="DX"),
            ),
            models.Index(fields=["township", "stage"], name="cases_of_a_township"),
            models.Index(
                fields=["village"], name="cases_of_a_village", condition=Q(village__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def away_from(self) -> date:
        """The first day missed of the absence that the case is about now."""
        return self.again_missed_on or self.first_missed_on

    @property
    def taken_up_on(self) -> date:
        """The day on which that absence opened the case, or opened it again."""
        return self.reopened_on or self.opened_on

    @property
    def stage_label(self) -> str:
        """The rung in words."""
        return STEPS[Stage(self.stage)].label

    @property
    def stage_badge(self) -> dict[str, str]:
        """Code and words for parts/_stage.html."""
        return {"code": self.stage, "label": self.stage_label}

    @property
    def stage_tone(self) -> str:
        """The badge's tone: good once the child is back, warn while it is away."""
        return "good" if self.stage in (Stage.D9, Stage.DX) else "warn"

    @property
    def is_reported(self) -> bool:
        """Whether a person's report opened it (发现报告)."""
        return self.finding.startswith("report:")

    @property
    def is_open(self) -> bool:
        """Whether the case is not closed."""
        return self.stage != Stage.DX


class CaseEvent(models.Model):
    """One move or act, by a person, the roll or the clock. Append-only (R8, design 4.8).

    ``occurred_on`` is when it happened (for a clock move the deadline), ``recorded_at`` when it was
    written. They differ if it was backdated or fired late (补发).
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    act = models.CharField("动作", max_length=20)
    from_stage = models.CharField(max_length=2, blank=True)
    to_stage = models.CharField(max_length=2)
    occurred_on = models.DateField("发生日期")
    recorded_on = models.DateField("记录日期")
    recorded_at = models.DateTimeField("记录时间")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    text_sealed = models.TextField(blank=True)
    told_sealed = models.TextField(blank=True)
    data = models.JSONField("要素", default=dict)  # codes and days

    text = Protected()  # 说明
    told = Protected()  # JSON of the fields that are NARRATIVES

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="events_of_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.act} {self.occurred_on}"

    @property
    def said(self) -> dict[str, Any]:
        """All fields of the evidence, those in words too."""
        return {**self.data, **json.loads(self.told or "{}")}

    @property
    def is_late(self) -> bool:
        """Whether it was recorded on a later day than it happened."""
        return self.recorded_on > self.occurred_on
