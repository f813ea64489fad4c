"""Exports of lists: who exported which rows, when and for what, and the sealed file for a day."""

import uuid
from datetime import datetime

from django.db import models

from foundation.protected import Protected
from students.roster.models.querysets import ExportQuerySet


class RosterExport(models.Model):
    """One export. ``asked`` holds the filters of the address, which never contain a number.

    The audit row of the export holds the ids of the children (S25).
    """

    MAX_DOWNLOADS = 3

    listing = models.CharField("名册", max_length=20)
    asked = models.JSONField("筛选条件", default=dict)
    purpose = models.CharField("用途", max_length=200)
    with_numbers = models.BooleanField("含完整证件号", default=False)
    rows = models.PositiveIntegerField("行数")
    file_name = models.CharField("文件名", max_length=200)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField("导出时间")
    expires_at = models.DateTimeField("有效期至")
    needs_second = models.BooleanField("须两人办理", default=False)
    downloads = models.PositiveSmallIntegerField("下载次数", default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def is_open_at(self, now: datetime) -> bool:
        """Whether the file may still be downloaded."""
        return now < self.expires_at and self.downloads < self.MAX_DOWNLOADS


class ExportDecision(models.Model):
    """How an export of many full numbers was decided by a second person, or withdrawn by the first.

    Nobody changes a row.
    """

    AGREED, REFUSED, WITHDRAWN = "agreed", "refused", "withdrawn"
    OUTCOMES = ((AGREED, "已同意"), (REFUSED, "未同意"), (WITHDRAWN, "已撤回"))

    export = models.OneToOneField(RosterExport, models.PROTECT, related_name="decision")
    outcome = models.CharField("结果", max_length=10, choices=OUTCOMES)
    decided_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("办理时间")
    reason = models.CharField("理由", max_length=300)

    def __str__(self) -> str:
        return f"{self.export_id} {self.outcome}"


class ExportPart(models.Model):
    """A part of an exported file, sealed; emptied when the day is over."""

    SIZE = 3 * 1024 * 1024

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    export = models.ForeignKey(RosterExport, models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField("序")
    content_sealed = models.TextField(blank=True)

    content = Protected()  # base64

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["export", "position"], name="one_part_of_an_export")
        ]

    def __str__(self) -> str:
        return f"{self.export_id} {self.position}"
