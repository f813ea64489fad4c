"""Papers of one kind that are drawn up together and signed with one press (R25)."""

from django.db import models

from foundation.accounts.models import Unit
from foundation.papers.querysets import BatchQuerySet


class PaperBatch(models.Model):
    """A list of papers that one unit signs: one item of its 待签发, and one job that signs them.

    ``job`` is the last one that was started. ``left_out`` says of each paper that it did not sign
    why, by the paper's key; it names nobody.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField("文书", max_length=20)
    title = models.CharField("名称", max_length=100)
    drafted_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    drafted_on = models.DateField("拟稿日期")
    drafted_at = models.DateTimeField("拟稿时间")
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")
    left_out = models.JSONField("没有签发的原因", default=dict)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
