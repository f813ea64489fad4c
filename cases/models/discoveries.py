"""发现报告: what a person reported of a child out of school, and what was answered."""

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.querysets import DiscoveryQuerySet
from cases.rules.discoveries import PUBLIC, WAYS, progress_of
from foundation.accounts.models import Unit
from foundation.protected import Protected


class DiscoveryReport(models.Model):
    """A report that a child is out of school, by a unit (R13) or by the public (R23).

    ``told`` is JSON: name, sex, born_on, id_no, guardian, phone, place, text as they were given.
    ``informant`` is who told the office of it; nobody reads it but that office and the county.
    ``child`` and ``case`` are empty where the report names no child. What it opened stays when it
    is taken back; the case says so.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    way = models.CharField("来源", max_length=8)
    found_on = models.DateField("发现日期")
    missed_since = models.DateField("何时起未上学", null=True)
    told_sealed = models.TextField()
    informant_sealed = models.TextField(blank=True)
    child = models.ForeignKey("roster.Child", models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="discoveries")
    recorded_on = models.DateField("登记日期")
    recorded_at = models.DateTimeField("登记时间")
    taken_back_on = models.DateField("撤回日期", null=True)
    taken_back_sealed = models.TextField(blank=True)

    told = Protected()
    informant = Protected()  # 反映人，保密
    taken_back = Protected()  # 撤回的理由
    objects = DiscoveryQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [
            models.Index(fields=["unit", "-recorded_at"], name="discoveries_of_a_unit"),
            models.Index(fields=["county", "-recorded_at"], name="discoveries_of_a_county"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(child__isnull=False),
                name="a_reported_case_has_a_child",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.found_on}"

    @property
    def said(self) -> dict[str, Any]:
        """What was told of the child."""
        said: dict[str, Any] = json.loads(self.told)
        return said

    @property
    def way_label(self) -> str:
        """Where the report came from, in words."""
        return WAYS[self.way]

    @property
    def is_public(self) -> bool:
        """Whether somebody outside told the office: then an answer is owed (R23)."""
        return self.way == PUBLIC

    @property
    def last_answer(self) -> "DiscoveryAnswer | None":
        """The answer that counts: the last one given."""
        return max(self.answers.all(), key=lambda one: one.pk, default=None)

    @property
    def progress(self) -> str:
        """How it stands, in the same words whether the child was known or not (R13)."""
        if self.taken_back_on:
            return "已撤回"
        if self.case is not None:
            return progress_of(self.case.stage)
        return "已答复" if self.last_answer else "待答复"


class DiscoveryAnswer(models.Model):
    """What the office answered to whoever reported (R23: 答复). The last one counts."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    report = models.ForeignKey(DiscoveryReport, models.PROTECT, related_name="answers")
    day = models.DateField("答复日期")
    text_sealed = models.TextField()
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    text = Protected()  # 答复内容

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.day}"
