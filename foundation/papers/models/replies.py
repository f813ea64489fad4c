"""What a letter was answered by somebody outside the system (T16)."""

import uuid

from django.db import models

from foundation.papers.models.papers import Paper, PaperMove
from foundation.papers.rules.replies import Answer
from foundation.protected import Protected


class Reply(models.Model):
    """One entry of the reply to a letter; append-only. The newest counts while the letter has a
    ``replied_on``; an earlier one was corrected, and stays."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="replies")
    move = models.OneToOneField(PaperMove, models.PROTECT, related_name="reply")
    answer = models.CharField("回函内容", max_length=10)
    replied_on = models.DateField("回函日期")
    replied_by_sealed = models.TextField()
    seat_sealed = models.TextField(blank=True)
    remark_sealed = models.TextField(blank=True)

    replied_by = Protected()  # 回函人
    seat = Protected()  # 年级班级
    remark = Protected()  # 说明

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.answer}"

    @property
    def said(self) -> Answer:
        """The answer in words; one that its kind no longer knows is shown as 其他."""
        return self.paper.definition.answers.get(self.answer, Answer("其他", ""))


class ReplyProof(models.Model):
    """A photo or scan of the reply, such as a 在读证明."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="reply_proofs")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="proofs")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.file_id}"
