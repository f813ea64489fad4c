"""Several papers as one PDF: who ordered it for what, and the sealed file for a day (S25)."""

import uuid
from datetime import datetime

from django.db import models

from foundation.papers.querysets import BundleQuerySet
from foundation.protected import ProtectedBytes


class PaperBundle(models.Model):
    """An order of one PDF. ``papers`` are the keys in the order in which they are printed.

    The audit rows of order and download hold the ids of the children.
    """

    MAX_DOWNLOADS = 3

    papers = models.JSONField("文书", default=list)
    purpose = models.CharField("用途", max_length=200)
    file_name = models.CharField("文件名", max_length=200)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField("申请时间")
    expires_at = models.DateTimeField("有效期至")
    downloads = models.PositiveSmallIntegerField("下载次数", default=0)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def is_open_at(self, now: datetime) -> bool:
        """Whether the file may still be downloaded."""
        return now < self.expires_at and self.downloads < self.MAX_DOWNLOADS


class BundlePart(models.Model):
    """A part of the file, sealed; emptied when the day is over."""

    SIZE = 3 * 1024 * 1024

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    bundle = models.ForeignKey(PaperBundle, models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField("序")
    content_sealed = models.BinaryField(default=b"")

    content = ProtectedBytes()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "position"], name="one_part_of_a_bundle")
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.position}"
