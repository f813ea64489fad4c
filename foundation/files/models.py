"""The tables of stored evidence files and of the county's emblem."""

import uuid

from django.db import models

from foundation import clock


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


class EmblemQuerySet(models.QuerySet["Emblem"]):
    """Emblems of counties."""

    def shown_of(self, county_id: int) -> "Emblem | None":
        """The emblem that the county shows; None where it has none, or has removed it."""
        newest = self.filter(county_id=county_id).order_by("-pk").defer("image").first()
        return newest if newest and newest.token else None


class Emblem(models.Model):
    """What a county chose as its emblem, from then on. A row without a picture removes it.

    ``token`` is the random name of the picture in its address. The picture is public: it stands on
    the sign-in page.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    token = models.UUIDField("地址", unique=True, null=True, editable=False)
    image = models.BinaryField("图片", default=bytes)
    chosen_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField("登记时间", default=clock.now)

    objects = EmblemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["county", "-id"], name="newest_emblem")]

    def __str__(self) -> str:
        return f"{self.county_id} {self.token or '-'}"
