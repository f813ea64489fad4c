"""How a paper was served, as its 送达回证 says (T04)."""

import uuid

from django.db import models
from django.db.models import Q

from foundation.papers.models.papers import Paper, PaperMove
from foundation.papers.rules.service import METHODS
from foundation.protected import Protected


class Service(models.Model):
    """One entry of the service of a paper. The newest counts; an earlier one was corrected."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="services")
    move = models.OneToOneField(PaperMove, models.PROTECT, related_name="service")
    method = models.CharField("送达方式", max_length=10)
    served_at = models.DateTimeField("送达时间")
    place_sealed = models.TextField()
    first_server_sealed = models.TextField()
    second_server_sealed = models.TextField()
    received_by_sealed = models.TextField(blank=True)
    relation_sealed = models.TextField(blank=True)
    refusal_sealed = models.TextField(blank=True)
    witness_sealed = models.TextField(blank=True)
    remark_sealed = models.TextField(blank=True)

    place = Protected()  # 送达地点
    first_server = Protected()  # 送达人
    second_server = Protected()
    received_by = Protected()  # 签收人
    relation = Protected()  # 与受送达人的关系
    refusal = Protected()  # 拒收情况
    witness = Protected()  # 见证人
    remark = Protected()  # 备注

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=[str(one) for one in METHODS]), name="a_service_has_a_method"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.method}"

    @property
    def method_words(self) -> str:
        """The method in Chinese."""
        return next(words for one, words in METHODS.items() if one == self.method)


class ServiceProof(models.Model):
    """A photo or scan of the signed 送达回证."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="proofs")
    service = models.ForeignKey(Service, models.PROTECT, related_name="proofs")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.service_id} {self.file_id}"
