"""An import: the batch, its sealed file, the rows read from it, and what happens to each row."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Unit
from foundation.protected import Protected
from students.roster.models.querysets import ImportBatchQuerySet


class ImportBatch(models.Model):
    """One uploaded file and its outcome; all batches stay listed.

    Without a ``school`` it is the county's sheet with pupils of many schools; the county is then
    the unit of the post that uploaded it.
    """

    ASKED, MAPPING = "asked", "mapping"  # waits for a person before it is read further
    READING, PREVIEW, WRITING, DONE, REFUSED, DROPPED, UNDONE = (
        "reading",
        "preview",
        "writing",
        "done",
        "refused",
        "dropped",
        "undone",
    )
    LABELS = {
        ASKED: "待继续",
        READING: "读取中",
        MAPPING: "待核对列",
        PREVIEW: "待确认",
        WRITING: "写入中",
        DONE: "已导入",
        REFUSED: "未能读取",
        DROPPED: "已取消",
        UNDONE: "已撤销",
    }
    UNDO_HOURS = 24  # ux 5.5

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="import_batches")
    state = models.CharField("状态", max_length=10, default=READING)
    file_name = models.CharField("文件名", max_length=200)
    file_hash = models.CharField("SHA-256", max_length=64)
    sheet_name = models.CharField("工作表", max_length=60, blank=True)
    uploaded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    as_of = models.DateField("数据日期")
    counts = models.JSONField("计数", default=dict)
    notes = models.JSONField("读取说明", default=list)
    problem = models.CharField("未能读取的原因", max_length=400, blank=True)
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    # Table → its highest id when the batch had been written. A row of a child with a higher id came
    # later and forbids undoing.
    marks = models.JSONField(default=dict)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state_label(self) -> str:
        """The state, in Chinese."""
        return self.LABELS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether the batch can still be confirmed, dropped or written."""
        return self.state not in (self.DONE, self.REFUSED, self.DROPPED, self.UNDONE)

    @property
    def writes(self) -> int:
        """How many rows a confirmation writes."""
        return int(self.counts.get("writes", 0))

    def may_be_undone_at(self, now: datetime) -> bool:
        """Whether the batch was written at most 24 hours before ``now``."""
        if self.state != self.DONE or self.done_at is None:
            return False
        return now <= self.done_at + timedelta(hours=self.UNDO_HOURS)


class ImportTurn(models.Model):
    """A school that a batch is writing to. A second import for the school is refused meanwhile.

    The row stays when the turn is over, since nothing is deleted.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="turns")
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(is_open=True), name="one_import_a_school_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.school_id}"


class ImportPart(models.Model):
    """A part of the uploaded file, sealed; emptied after 30 days (security 4.7)."""

    SIZE = 3 * 1024 * 1024

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField("序")
    content_sealed = models.TextField(blank=True)

    content = Protected()  # base64

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_part_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.position}"


class ImportChunk(models.Model):
    """Some hundred rows of a batch as sealed, packed JSON: they hold ID numbers and telephones.

    READ holds the checked rows of the sheet. BEFORE holds the roster's former values, for undoing.
    Both are emptied together with the file.
    """

    READ, BEFORE = "read", "before"
    ROWS = 500

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="chunks")
    kind = models.CharField("内容", max_length=6)
    position = models.PositiveIntegerField("序")
    last_row = models.PositiveIntegerField("末行")
    content_sealed = models.TextField(blank=True)

    content = Protected()  # base64 of packed JSON

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "kind", "position"], name="one_chunk_a_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind} {self.position}"


class ImportRowManager(models.Manager["ImportRow"]):
    """The rows of the last reading. Replaced rows are kept but never returned."""

    def get_queryset(self) -> models.QuerySet["ImportRow"]:
        """Omit the replaced rows."""
        return super().get_queryset().exclude(action=ImportRow.REPLACED)


class ImportRow(models.Model):
    """One row of the sheet: what it would do, and what is wrong with it.

    The batch's chunks hold the cells of the row; ``payload`` holds them, sealed, once a person has
    changed the row. ``seen`` is the child's fingerprint when the row was compared, ``left`` its
    fingerprint after the row was written.

    A pupil who is not in the file has a row without a number, and nothing happens to it. An ASKED
    row refers to the pupil who may be meant and waits for an ``answer``. An ARRIVING row is a move
    between schools in the county's sheet. In a school's sheet such a row has a problem, refers to
    nobody and is not written.
    """

    NEW, CHANGED, MOVED, ARRIVING, ASKED, UNCHANGED, REFUSED, ABSENT = (
        "new",
        "changed",
        "moved",
        "arriving",
        "asked",
        "unchanged",
        "refused",
        "absent",
    )
    LABELS = {
        REFUSED: "不能导入",
        ASKED: "待确认是否同一人",
        NEW: "新增",
        CHANGED: "变更",
        MOVED: "转班",
        ARRIVING: "外校转入",
        ABSENT: "本表未出现",
        UNCHANGED: "不变",
    }
    WRITES = (NEW, CHANGED, MOVED, ARRIVING)
    FOUND = "found"  # an absent pupil whom an answer then found in the sheet; never shown
    SAME, OTHER = "same", "other"
    ANSWERS = {SAME: "同一人", OTHER: "不是同一人"}
    REPLACED = "replaced"  # by the same row, read again; hidden, since nothing is deleted

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    # Queries use the index on batch and number; an index on batch alone would only cost.
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows", db_index=False)
    row_no = models.PositiveIntegerField("行号", null=True)
    action = models.CharField("处理", max_length=10)
    name = models.CharField("姓名", max_length=60, blank=True)
    school = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    class_label = models.CharField("班级", max_length=40, blank=True)
    child = models.ForeignKey("roster.Child", models.PROTECT, null=True, related_name="+")
    answer = models.CharField("是否同一人", max_length=5, blank=True)
    payload_sealed = models.TextField(blank=True)
    seen = models.CharField(max_length=64, blank=True)
    left = models.CharField(max_length=64, blank=True)
    changes = models.JSONField("变更", default=list)  # [{"label","old","new"}], masked
    problems = models.JSONField("问题", default=list)  # [{"column","label","message"}]
    warnings = models.JSONField("提醒", default=list)

    payload = Protected()

    objects = ImportRowManager()

    class Meta:
        ordering = ["row_no", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "row_no"], name="one_row_a_number")]

    def __str__(self) -> str:
        return f"{self.row_no} {self.action}"

    @property
    def action_label(self) -> str:
        """What happens to the row, in Chinese."""
        return self.LABELS.get(self.action, "")
