"""The table of built returns: period, canonical rows with digest, and the workbook's bytes."""

import json
import uuid
from functools import cached_property
from typing import Any

from django.db import models

from foundation.jobs.models import Job
from foundation.protected import Protected, ProtectedBytes
from reporting.figures.months import ReturnMonth
from reporting.returns.querysets import BuiltReturnQuerySet


class BuiltReturn(models.Model):
    """A return built for a county and a period. Each building is a new version.

    ``canonical`` is the JSON of ``content``, the canonical rows whose digest is ``rows_hash``. Rows
    and workbook name children, so both are sealed as a whole (design 4, "Levels").
    ``filed_on`` is the day that the sheets show as 填报时间.
    """

    BUILDING, BUILT, FAILED = "building", "built", "failed"
    LABELS = {BUILDING: "生成中", BUILT: "已生成", FAILED: "未完成"}

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="returns")
    code = models.CharField("报表", max_length=4)  # F16
    period = models.DateField("所属月份")  # first day of the month
    version = models.PositiveSmallIntegerField("版本")
    as_of = models.DateField("统计时点")
    state = models.CharField("状态", max_length=10, default="building")
    filed_on = models.DateField("填报时间")
    canonical_sealed = models.TextField(blank=True)
    rows_hash = models.CharField("SHA-256", max_length=64, blank=True)
    workbook_sealed = models.BinaryField("工作簿", null=True)
    file_name = models.CharField("文件名", max_length=120, blank=True)
    checks = models.JSONField("勾稽关系", default=list)
    built_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("生成时间")

    canonical = Protected()
    workbook = ProtectedBytes()
    objects = BuiltReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code", "period", "version"], name="one_return_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.period:%Y-%m} v{self.version}"

    @cached_property
    def content(self) -> dict[str, Any]:
        """The canonical rows; empty until built."""
        found: dict[str, Any] = json.loads(self.canonical or "{}")
        return found

    @property
    def month(self) -> ReturnMonth:
        """The month that the return covers."""
        return ReturnMonth(self.period, self.as_of)

    @property
    def standing(self) -> str:
        """Building, built, or failed if the job ended without a workbook."""
        if self.state == self.BUILDING and self.job and self.job.state == Job.FAILED:
            return self.FAILED
        return self.state

    @property
    def state_label(self) -> str:
        """The standing in Chinese."""
        return self.LABELS[self.standing]

    @property
    def is_built(self) -> bool:
        """Whether there is a workbook to look at."""
        return self.state == self.BUILT

    @property
    def failed_checks(self) -> list[dict[str, str]]:
        """The relations that do not hold, each with its label and its sides."""
        return [check for check in self.checks if check["result"] != "相符"]
