"""A paper, its moves, and the PDF of it that is kept."""

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from foundation import clock
from foundation.accounts.models import Unit
from foundation.papers.kinds import PaperKind, kind_of, title_of
from foundation.papers.querysets import PaperQuerySet
from foundation.papers.rules.states import NUMBERED, STATES, VALID, PaperState
from foundation.protected import Protected, ProtectedBytes

_NUMBERED = [str(one) for one in NUMBERED]


class Paper(models.Model):
    """One paper of a unit (文书), from its draft to its last day. Nothing of it is deleted.

    ``about_code`` and ``about_key`` name the row that it is about, and ``about_key`` is that row's
    uuid or its number; no name stands in clear. ``state`` is what the newest move left, written in
    the move's transaction. ``desk`` is another unit that drafts and hands out what this one signs:
    the school of a notice; ``batch`` the list in which it was drawn up. From signing on number,
    text, hash and token stay as they are; the days are those of the moves.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    desk = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey("papers.PaperBatch", models.PROTECT, null=True, related_name="papers")
    kind = models.CharField("文书", max_length=20)
    about_code = models.CharField("所办事项", max_length=20)
    about_key = models.CharField("事项标识", max_length=36)
    state = models.CharField("状态", max_length=10, default=str(PaperState.DRAFT))
    told_sealed = models.TextField()
    drafted_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    drafted_on = models.DateField("拟稿日期")
    drafted_at = models.DateTimeField("拟稿时间", default=clock.now)
    year = models.PositiveSmallIntegerField("年份", null=True)
    seq = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("文号", max_length=40, blank=True)
    token = models.CharField("查验码", max_length=32, blank=True)
    text_sealed = models.TextField(blank=True)
    text_hash = models.CharField("正文的 SHA-256", max_length=64, blank=True)
    signed_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField("签发日期", null=True)
    served_on = models.DateField("送达日期", null=True)
    performed_on = models.DateField("履行日期", null=True)
    replied_on = models.DateField("回函日期", null=True)
    voided_on = models.DateField("作废日期", null=True)

    told = Protected()  # 各项目的取值, as JSON
    text = Protected()  # the frozen paper (composing.py)
    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "seq"], name="one_paper_a_number_of_a_series"
            ),
            models.UniqueConstraint(
                fields=["county", "number"], condition=~Q(number=""), name="one_paper_a_number"
            ),
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="one_paper_a_token"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(one) for one in PaperState]), name="a_paper_has_a_state"
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(number="") & ~Q(token="") & ~Q(text_hash=""),
                    state__in=_NUMBERED,
                    seq__isnull=False,
                    year__isnull=False,
                    signed_on__isnull=False,
                    signed_by__isnull=False,
                )
                | (~Q(state__in=_NUMBERED) & Q(number="", seq=None, signed_on=None)),
                name="a_signed_paper_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(served_on=None) | Q(served_on__gte=F("signed_on")),
                name="a_paper_is_served_once_it_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(replied_on=None) | Q(replied_on__gte=F("signed_on")),
                name="a_paper_is_answered_once_it_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=str(PaperState.VOID)) | Q(voided_on__isnull=False),
                name="a_void_paper_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="papers_of_a_unit"),
            models.Index(fields=["county", "-id"], name="papers_of_a_county"),
            models.Index(
                fields=["desk", "-id"],
                name="papers_of_a_desk",
                condition=Q(desk__isnull=False),
            ),
            models.Index(fields=["about_code", "about_key"], name="papers_about_a_thing"),
            models.Index(
                fields=["unit"],
                name="papers_to_be_signed",
                condition=Q(state=str(PaperState.WAITING)),
            ),
            models.Index(
                fields=["county", "-id"],
                name="papers_to_be_served",
                condition=Q(state=str(PaperState.SIGNED)),
            ),
            models.Index(fields=["county", "signed_on"], name="papers_by_their_day"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.pk}"

    @property
    def values(self) -> dict[str, Any]:
        """The values of the kind's fields, by their names."""
        found: dict[str, Any] = json.loads(self.told or "{}")
        return found

    @values.setter
    def values(self, given: dict[str, Any]) -> None:
        self.told = json.dumps(given, ensure_ascii=False)

    @property
    def definition(self) -> PaperKind:
        """The kind of the paper; raises KeyError where no storey has registered it."""
        return kind_of(self.kind)

    @property
    def title(self) -> str:
        """The kind in words."""
        return title_of(self.kind)

    @property
    def state_words(self) -> str:
        """The state in words."""
        return STATES[PaperState(self.state)].label

    @property
    def state_tone(self) -> str:
        """The tone of the state's badge."""
        return STATES[PaperState(self.state)].tone

    @property
    def is_valid(self) -> bool:
        """Whether it is signed and not void."""
        return self.state in VALID


class PaperMove(models.Model):
    """One move of a paper: by whom, under which post, when and why. Append-only.

    ``occurred_on`` is the day it happened, ``recorded_at`` when it was written. A receipt names
    the ``sending`` that was signed for.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="moves")
    move = models.CharField("动作", max_length=10)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    occurred_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("记录时间")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    sending = models.ForeignKey("papers.Sending", models.PROTECT, null=True, related_name="moves")
    seen = models.CharField("所看文本的 SHA-256", max_length=64, blank=True)
    reason_sealed = models.TextField(blank=True)

    reason = Protected()  # 原因

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["paper", "move"], name="moves_of_a_paper")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.move}"


class PaperPdf(models.Model):
    """The PDF of a signed paper. Made once and kept: a reprint has the same bytes."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="pdf")
    content_sealed = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("生成时间", default=clock.now)

    content = ProtectedBytes()

    def __str__(self) -> str:
        return f"{self.paper_id} {self.sha256[:8]}"
