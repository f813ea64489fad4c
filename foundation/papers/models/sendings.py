"""To which units a signed paper was sent, and which of them have signed for it (R5, R6)."""

from datetime import date

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Unit
from foundation.papers.models.papers import Paper
from foundation.papers.querysets import SendingQuerySet


class Sending(models.Model):
    """A paper on its way to one unit: 未签收 until a post of the unit signs for it.

    Who signed, when, and who took a signature back are moves of the paper (append-only);
    ``received_on`` and ``received_by`` are what the newest of them left.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="sendings")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sent_on = models.DateField("送出日期")
    received_on = models.DateField("签收日期", null=True)
    received_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")

    objects = SendingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "to_unit"], name="one_sending_of_a_paper_to_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None, received_by=None)
                | Q(received_on__gte=models.F("sent_on"), received_by__isnull=False),
                name="a_receipt_has_its_day_and_its_post",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_unit"], name="sendings_to_be_received", condition=Q(received_on=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.to_unit_id}"

    def days_waiting(self, today: date) -> int:
        """For how many calendar days nobody has signed for it; 0 once somebody has."""
        return 0 if self.received_on else (today - self.sent_on).days
