"""What a batch does to special groups, line by line: facts with a right of their own."""

from django.db import models

from students.roster.models.groups import GroupSpell
from students.roster.models.imports import ImportBatch, ImportRow
from students.roster.rules.group_cells import LABELS, told_as
from students.roster.rules.group_kinds import label_of


class StandingLines(models.Manager["ImportGroup"]):
    """The lines of the last reading; those it replaced are kept and never shown."""

    def get_queryset(self) -> models.QuerySet["ImportGroup"]:
        """Without the replaced ones."""
        rows = super().get_queryset().exclude(move=ImportGroup.REPLACED)
        return rows.exclude(row__action=ImportRow.REPLACED)


class ImportGroup(models.Model):
    """One group of one row: what a confirmation does to it, or that it stays as it is.

    ``spell`` is the one it is about, or the one it has made. The child is the row's.
    """

    REPLACED = "replaced"

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="groups")
    row = models.ForeignKey(ImportRow, models.PROTECT, related_name="groups")
    group = models.CharField("群体类别", max_length=20, blank=True)
    move = models.CharField("处理", max_length=8)  # importgroups.LABELS
    kind = models.CharField("类型", max_length=20, blank=True)
    former = models.CharField("原类型", max_length=20, blank=True)
    spell = models.ForeignKey(GroupSpell, models.PROTECT, null=True, related_name="+")

    objects = StandingLines()

    class Meta:
        ordering = ["row__row_no", "id"]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.group} {self.move}"

    @property
    def move_label(self) -> str:
        """What happens, in Chinese."""
        return LABELS.get(self.move, "")

    @property
    def label(self) -> str:
        """The group in words."""
        return label_of(self.group)

    @property
    def words(self) -> tuple[str, str]:
        """What is entered, and what it will be."""
        return told_as(self.group, self.move, self.kind, self.former)
