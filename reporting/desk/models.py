"""The figures of a month by unit, kept so that no page counts a year."""

from django.db import models

from foundation.accounts.models import Unit
from reporting.returns.models import BuiltReturn


class MonthFigure(models.Model):
    """The counts of a school, a central school, a township or the county in a month.

    ``counts`` holds them by 学段 under the codes of the indicators. They come from the newest
    built return of the month (``built``), or from the same count made by the worker, as of
    ``as_of``. Counting again overwrites the row.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.DateField("月份")  # its first day
    as_of = models.DateField("统计时点")
    counts = models.JSONField("数据", default=dict)
    built = models.ForeignKey(BuiltReturn, models.PROTECT, null=True, related_name="+")
    counted_at = models.DateTimeField("统计时间")

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="one_figure_a_unit_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"

    def sum_of(self, *codes: str) -> int:
        """The sum of the counts over both 学段."""
        return sum(counts.get(code, 0) for counts in self.counts.values() for code in codes)
