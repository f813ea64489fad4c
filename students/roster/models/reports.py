"""变动情况日报: a class's report of a day, and its lines (F02, R35)."""

import uuid

from django.db import models

from foundation.protected import Protected
from students.roster.models.change_querysets import ChangeReportQuerySet, ReportLineQuerySet
from students.roster.models.changes import Change
from students.roster.models.children import Child
from students.roster.models.schools import SchoolClass
from students.roster.rules.report_kinds import LINE_LABELS


class ChangeReport(models.Model):
    """A class teacher's report of a day; without lines it says 今日无变动."""

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="change_reports")
    day = models.DateField("日期")
    reported_on = models.DateField("报告日期")
    reported_at = models.DateTimeField("报告时间")
    reported_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")

    objects = ChangeReportQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "day"], name="one_report_a_class_day")
        ]

    def __str__(self) -> str:
        return f"{self.school_class_id} {self.day}"

    @property
    def is_late(self) -> bool:
        """补报: whether it was submitted on a later day."""
        return self.reported_on > self.day


class ReportLine(models.Model):
    """One change that a teacher saw. The desk records a Change for it, or says why it is none."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    report = models.ForeignKey(ChangeReport, models.PROTECT, related_name="lines")
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("变动", max_length=10)
    remark_sealed = models.TextField(blank=True)
    recorded_at = models.DateTimeField("记录时间")
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")
    dismissed_sealed = models.TextField(blank=True)
    verified_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField("核实时间", null=True)

    remark = Protected()  # 说明: of a child who stays away it tells of the illness
    dismissed = Protected()  # 核实结果: why it is no change
    objects = ReportLineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"

    @property
    def kind_label(self) -> str:
        """What the teacher saw, in Chinese."""
        return LINE_LABELS[self.kind]

    @property
    def is_waiting(self) -> bool:
        """Whether the desk has not verified it."""
        return self.change_id is None and not self.dismissed_sealed
