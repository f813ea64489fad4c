"""The papers and photos of a child: what proves a change, a group or a visit."""

from django.db import models
from django.utils import timezone

from students.roster.models.children import Child
from students.roster.models.querysets import DocumentQuerySet


class Document(models.Model):
    """A kept file as a paper of one child; rows that need proof point to it."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="documents")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField("材料名称", max_length=60)
    recorded_at = models.DateTimeField("登记时间", default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
