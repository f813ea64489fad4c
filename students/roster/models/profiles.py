"""How a batch's sheet is read: its layout, a unit's earlier choices of columns, corrected rows."""

import uuid

from django.db import models

from foundation.accounts.models import Unit
from foundation.protected import Protected
from students.roster.models.imports import ImportBatch


class ColumnProfile(models.Model):
    """What a unit chose for a heading; rows are never changed, the newest counts.

    ``heading`` is normalised. ``taken_as`` is our heading, or "" to omit the column.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    heading = models.CharField("表头", max_length=80)
    taken_as = models.CharField("对应栏目", max_length=40, blank=True)
    chosen_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "heading"], name="roster_profile_of_unit")]

    def __str__(self) -> str:
        return f"{self.heading} → {self.taken_as}"


class ImportLayout(models.Model):
    """The layout of one batch's sheet, as the reader found it and as a person settled it.

    ``head`` holds its first rows as sealed JSON, since a wrongly found header may be a pupil's row.
    ``chosen`` is position → our heading; without it the headings decide. ``denied`` are the classes
    that a person said are written wrong: pairs of school and everyday name. ``sure`` are the rows
    by which a person stood although birth date or sex contradict the ID number, ``left_out`` those
    that a person chose not to import.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    batch = models.OneToOneField(ImportBatch, models.PROTECT, related_name="layout")
    head_sealed = models.TextField(blank=True)
    header = models.PositiveSmallIntegerField("表头行", default=0)  # index: row 1 is 0
    chosen = models.JSONField("列对应", null=True)
    kept = models.JSONField("保留系统值的栏目", default=list)
    denied = models.JSONField("写错的班级", default=list)
    sure = models.JSONField("照表导入的行", default=list)
    left_out = models.JSONField("选择不导入的行", default=list)

    head = Protected()

    def __str__(self) -> str:
        return f"{self.batch_id} {self.header + 1}"


class ImportCells(models.Model):
    """The cells of a refused row as sealed JSON: first as uploaded, then as corrected.

    The newest row counts. ``corrected_by`` is empty for the uploaded cells.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="cells")
    row_no = models.PositiveIntegerField("行号")
    content_sealed = models.TextField(blank=True)
    corrected_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField("改正时间", null=True)

    content = Protected()

    class Meta:
        ordering = ["row_no", "id"]
        indexes = [models.Index(fields=["batch", "row_no"], name="roster_cells_of_row")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.row_no}"


class ReturnedBook(models.Model):
    """A corrected error workbook that was sent back; its content is emptied once it is read."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="books")
    file_name = models.CharField("文件名", max_length=200)
    file_hash = models.CharField("SHA-256", max_length=64)
    content_sealed = models.TextField(blank=True)  # base64
    returned_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    returned_at = models.DateTimeField("上传时间")
    row_count = models.PositiveIntegerField("改正行数", null=True)
    problem = models.CharField("未能采用的原因", max_length=400, blank=True)

    content = Protected()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file_name
