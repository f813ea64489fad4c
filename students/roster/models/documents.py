"""Papers and photos of a child, which prove a change, a group or a visit."""

from django.db import models

from foundation import clock
from students.roster.models.children import Child
from students.roster.models.querysets import DocumentQuerySet


class Document(models.Model):
    """A kept file that is a paper of one child; rows that need a proof refer to it."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="documents")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField("材料名称", max_length=60)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
