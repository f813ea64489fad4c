"""The table of 义务教育入学通知书: numbered, sealed by the township, never deleted.

R25, T01, B15.
"""

from django.db import models
from django.db.models import Q

from foundation import clock
from foundation.accounts.models import Unit
from students.census.models.entrants import Entrant
from students.census.querysets import NoticeQuerySet


class Notice(models.Model):
    """One notice of a child. A cancelled one keeps its number and its reason (forms 3.2).

    Place and day of registration are those of the day of issue, as printed on the paper.
    """

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="notices")
    township = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年份")
    seq = models.PositiveIntegerField("序号")
    number = models.CharField("文号", max_length=40)
    issued_on = models.DateField("签发日期")
    issued_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    register_on = models.DateField("报到日期")
    register_at = models.CharField("报到地点", max_length=100)
    register_hours = models.CharField("报到时间", max_length=40, blank=True)
    served_on = models.DateField("发放日期", null=True)
    received_by = models.CharField("领取人", max_length=60, blank=True)
    served_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    cancelled_on = models.DateField("作废日期", null=True)
    cancelled_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    cancel_reason = models.CharField("作废原因", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["township_id", "year", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["township", "year", "seq"], name="one_notice_a_number"),
            models.UniqueConstraint(
                fields=["entrant"], condition=Q(cancelled_on=None), name="one_notice_a_child"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | ~Q(cancel_reason=""),
                name="a_cancelled_notice_says_why",
            ),
            models.CheckConstraint(
                condition=Q(served_on=None) | ~Q(received_by=""),
                name="a_served_notice_names_who_took_it",
            ),
        ]

    def __str__(self) -> str:
        return self.number
