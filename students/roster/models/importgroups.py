"""What an import does to memberships in special groups. Seeing it needs a right of its own."""

from django.db import models

from students.roster.models.groups import GroupSpell
from students.roster.models.imports import ImportBatch, ImportRow
from students.roster.rules.group_cells import LABELS, told_as
from students.roster.rules.group_kinds import label_of


class StandingLines(models.Manager["ImportGroup"]):
    """The lines of the last reading. Replaced lines are kept but never returned."""

    def get_queryset(self) -> models.QuerySet["ImportGroup"]:
        """Omit the replaced lines."""
        rows = super().get_queryset().exclude(move=ImportGroup.REPLACED)
        return rows.exclude(row__action=ImportRow.REPLACED)


class ImportGroup(models.Model):
    """What a confirmation does to one group of one row, or that the group stays as it is.

    ``spell`` is the membership concerned, or the one that was made. The child is the row's.
    """

    REPLACED = "replaced"

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="groups")
    row = models.ForeignKey(ImportRow, models.PROTECT, related_name="groups")
    group = models.CharField("群体类别", max_length=20, blank=True)
    move = models.CharField("处理", max_length=8)  # group_cells.LABELS
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
        """What happens to the group, in Chinese."""
        return LABELS.get(self.move, "")

    @property
    def label(self) -> str:
        """The group, in Chinese."""
        return label_of(self.group)

    @property
    def words(self) -> tuple[str, str]:
        """What is entered now, and what will be entered, in Chinese."""
        return told_as(self.group, self.move, self.kind, self.former)
