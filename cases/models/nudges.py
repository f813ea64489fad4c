"""催办 of duties: who pressed whom, when. Append-only."""

from django.db import models

from cases.models.deadlines import Deadline
from foundation.accounts.models import Unit


class DutyNudge(models.Model):
    """催办: a unit that answers for an area presses the one that owes a duty, once a day."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="nudges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    sent_on = models.DateField("催办日期")
    sent_at = models.DateTimeField("催办时间")

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "unit", "sent_on"], name="one_nudge_a_duty_unit_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.unit_id} {self.sent_on}"
