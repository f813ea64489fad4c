"""The table of stored evidence files."""

import uuid

from django.db import models


class StoredFile(models.Model):
    """A re-encoded, encrypted photo or paper. The row that points to it says what it proves.

    ``sha256`` is that of the uploaded bytes, ``size`` that of the stored ones. The file lies in
    FILES_ROOT under its uuid.
    """

    IMAGE, PDF = "image", "pdf"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    kind = models.CharField("类型", max_length=10)
    file_name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("内容类型", max_length=40)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    kept_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    kept_at = models.DateTimeField("保存时间", auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="files_by_hash")]

    def __str__(self) -> str:
        return self.file_name
