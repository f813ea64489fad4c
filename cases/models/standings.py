"""The standings as they were last counted: what lists filter by and desks add up."""

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from foundation.accounts.models import Unit


class CountedStanding(models.Model):
    """Where a case stood in the ledger when it was last counted (cases/recount/standings.py).

    Derived, never a fact of its own: ``cases/standing.py`` answers what it is now, this row lets a
    list of thousands be filtered without asking it for each. ``category`` is empty once the child
    is back. ``returned_on`` is the child's last return of that month, held by one of its cases.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="counted")
    day = models.DateField("统计日")
    category = models.CharField("台账类别", max_length=10, blank=True)
    returned_on = models.DateField("本月返校", null=True)
    version = models.PositiveIntegerField("个案版本")
    read_at = models.DateTimeField("读取时间")

    class Meta:
        indexes = [
            models.Index(
                fields=["category"], name="counted_in_a_ledger", condition=~Q(category="")
            ),
            models.Index(
                fields=["returned_on"],
                name="counted_as_returned",
                condition=Q(returned_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.day} {self.category}"


class CountedLedger(models.Model):
    """That the ledger of a county was counted for a day, and when. One row a county."""

    county = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    day = models.DateField("统计日")
    counted_at = models.DateTimeField("统计时间")

    def __str__(self) -> str:
        return f"{self.county_id} {self.day}"
