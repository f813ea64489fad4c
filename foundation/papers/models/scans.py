"""The sheet of a paper as it was signed by hand, photographed or scanned."""

from django.db import models


class PaperScan(models.Model):
    """A page of the signed sheet. The pages of the newest move count; earlier ones were replaced
    and stay."""

    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="scans")
    move = models.ForeignKey("papers.PaperMove", models.PROTECT, related_name="scans")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.file_id}"
