"""Rows that acts write besides their event: contacts, dispatches, orders, requests for closure."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models.case import Case, CaseEvent
from cases.rules.codes import GROUND_LABELS, METHODS
from foundation.accounts.models import Unit
from foundation.files.models import StoredFile
from foundation.protected import Protected


class Contact(models.Model):
    """劝返/家访记录 with the fields of domain 6.11; never changed, never deleted (R8)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts")
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="contact")
    seq = models.PositiveSmallIntegerField("次数")
    day = models.DateField("日期")
    time = models.TimeField("时间", null=True)
    method = models.CharField("方式", max_length=10)
    in_person = models.BooleanField("当面")
    level = models.CharField("层级", max_length=10)
    place_sealed = models.TextField(blank=True)
    participants_sealed = models.TextField()
    met_sealed = models.TextField(blank=True)
    attitude = models.CharField("监护人态度", max_length=12, blank=True)
    content_sealed = models.TextField()
    result = models.CharField("结果", max_length=12)
    promised_on = models.DateField("承诺返校日期", null=True)
    next_step_sealed = models.TextField(blank=True)

    place = Protected()  # 地点
    participants = Protected()  # 参加人
    met = Protected()  # 见到何人
    content = Protected()  # 内容
    next_step = Protected()  # 下一步

    class Meta:
        ordering = ["case_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="contacts_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.day} {METHODS.get(self.method, '')}"


class Dispatch(models.Model):
    """A request or report sent to a unit, which signs for it (R5, R6: two addressees).

    ``paper`` is the letter or report itself, on which the unit signs; what was sent before papers
    were written here has none, and was signed for on the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="dispatches")
    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="dispatches")
    kind = models.CharField("类别", max_length=16)  # ask_village, report_township
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_level = models.CharField("层级", max_length=10)
    sent_on = models.DateField("送出日期")
    received_on = models.DateField("签收日期", null=True)
    received_event = models.ForeignKey(CaseEvent, models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "to_unit", "to_level"], name="one_dispatch_an_addressee"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.to_unit_id}"


class Order(models.Model):
    """限期复学通知书 as served. The day of service starts the guardian's week (R15, R16).

    ``paper`` is the signed paper; an order of the time before papers has only the number that was
    typed. ``ended_on`` is the day on which the paper was voided or its service corrected: until
    then the order counted, and a correction has a row of its own.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="orders")
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="order")
    paper_no = models.CharField("文号", max_length=40, blank=True)
    served_on = models.DateField("送达日期")
    method = models.CharField("送达方式", max_length=10)
    received_by = models.CharField("签收人", max_length=60)
    due_on = models.DateField("期限届满日")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField("作废或更正日期", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=Q(ended_on=None), name="one_service_of_an_order_counts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.served_on}"


class Confirmation(models.Model):
    """辍学认定 apart from the days missed (P12): by the head teacher, or by a reply of the police.

    It counts from ``confirmed_on`` while the child is away. One that was reverted never counted.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="confirmations")
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="confirmation")
    ground = models.CharField("认定情形", max_length=10)
    level = models.CharField("认定层级", max_length=10)
    confirmed_on = models.DateField("认定日期")
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    noted = models.OneToOneField(CaseEvent, models.PROTECT, null=True, related_name="+")
    reverted = models.OneToOneField(CaseEvent, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground="lost") | Q(paper__isnull=False),
                name="lost_needs_the_paper_of_the_police",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ground} {self.confirmed_on}"

    @property
    def ground_label(self) -> str:
        """The ground in words."""
        return GROUND_LABELS.get(self.ground, "")


class Closure(models.Model):
    """A request for closure with the other units' answers. Requester and approver differ (3.6)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="closures")
    outcome = models.CharField("结果", max_length=3)
    evidence_note_sealed = models.TextField()
    requested = models.OneToOneField(CaseEvent, models.PROTECT, related_name="+")
    needs_township = models.BooleanField("须乡镇确认")
    confirmed = models.OneToOneField(CaseEvent, models.PROTECT, null=True, related_name="+")
    decided = models.OneToOneField(CaseEvent, models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField("核准", null=True)

    evidence_note = Protected()  # 佐证材料

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(decided__isnull=True),
                name="one_request_for_closure_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
