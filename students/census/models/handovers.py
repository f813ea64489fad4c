"""Tables of the grade-6 roster's handover to the junior high, signed by both (R27, T14)."""

import uuid

from django.db import models
from django.db.models import Q

from foundation import clock
from foundation.protected import Protected
from students.census.querysets import HandoverQuerySet
from students.roster.models import Child, School, SchoolClass


class Handover(models.Model):
    """One roster from a primary school to a junior high, for one school year.

    Its rows may change while it is a draft. Returned or void, it stays as it was signed, and the
    sender prepares a new one. ``paper`` is the numbered 交接单; one of the time before it was a
    paper has none.
    """

    DRAFT, SENT, ACCEPTED, RETURNED = "draft", "sent", "accepted", "returned"
    LABELS = {DRAFT: "待移交方签字", SENT: "待初中签收", ACCEPTED: "已签收", RETURNED: "已退回"}

    from_school = models.ForeignKey(School, models.PROTECT, related_name="handovers_out")
    to_school = models.ForeignKey(School, models.PROTECT, related_name="handovers_in")
    school_year = models.PositiveSmallIntegerField("入学年度")
    state = models.CharField("状态", max_length=10, default=DRAFT)
    prepared_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    prepared_on = models.DateField("编制日期")
    paper = models.OneToOneField("papers.Paper", models.PROTECT, null=True, related_name="handover")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-school_year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_school", "to_school", "school_year"],
                condition=~Q(state="returned"),
                name="one_handover_a_pair_of_schools",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_school_id} {self.to_school_id} {self.school_year}"

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return self.LABELS[self.state]


class HandoverStep(models.Model):
    """A signature or a return, with its day and words; append-only."""

    SIGN, ACCEPT, RETURN, VOID = "sign", "accept", "return", "void"
    LABELS = {SIGN: "移交方签字", ACCEPT: "接收方签收", RETURN: "接收方退回", VOID: "移交方作废"}

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="steps")
    act = models.CharField("事项", max_length=10)
    day = models.DateField("日期")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    words_sealed = models.TextField(blank=True)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    words = Protected()  # 说明: why it is returned, child by child

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act="return") | ~Q(words_sealed=""), name="a_return_gives_its_reasons"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.act} {self.day}"

    @property
    def act_label(self) -> str:
        """The act in Chinese."""
        return self.LABELS[self.act]


class HandoverRow(models.Model):
    """A graduate on the roster. The database refuses changes after the sender has signed."""

    EXCEPTIONS = {
        "with_parents": "随父母外出就读",
        "deferred": "申请延缓入学",
        "at_home": "送教上门",
        "special": "特殊教育学校就读",
        "suspended": "休学",
        "out": "小学阶段已失学",
        "other": "其他",
    }

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="rows")
    child = models.ForeignKey(Child, models.PROTECT, related_name="handover_rows")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    exception = models.CharField("特殊情况", max_length=12, blank=True)
    remark_sealed = models.TextField(blank=True)

    remark = Protected()  # 备注: of who cannot come it tells of the illness

    class Meta:
        ordering = ["school_class__number", "child__name_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "child"], name="one_row_a_leaver")
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.child_id}"

    @property
    def exception_label(self) -> str:
        """The exception in Chinese."""
        return self.EXCEPTIONS.get(self.exception, "")
