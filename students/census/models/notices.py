"""The table of 义务教育入学通知书: which paper is which child's notice (R25, T01, B15)."""

from django.db import models
from django.db.models import Q

from foundation import clock
from students.census.models.entrants import Entrant
from students.census.querysets import NoticeQuerySet


class Notice(models.Model):
    """One notice of a child: a numbered paper, signed and sealed by the township.

    Number, days and reasons are those of the paper. Place and day of registration are as it says.
    ``cancelled_on`` is the day on which the paper was voided, or given up unsigned: the child may
    get another.
    """

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="notices")
    paper = models.OneToOneField("papers.Paper", models.PROTECT, related_name="notice")
    register_on = models.DateField("报到日期")
    register_at = models.CharField("报到地点", max_length=100)
    register_hours = models.CharField("报到时间", max_length=40, blank=True)
    cancelled_on = models.DateField("作废或撤销日期", null=True)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["paper__unit_id", "paper__year", "paper__seq", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entrant"], condition=Q(cancelled_on=None), name="one_notice_a_child"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} {self.paper_id}"
