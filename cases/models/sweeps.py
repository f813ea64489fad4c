"""The days on which the sweep ran."""

from django.db import models

from foundation import clock


class SweptDay(models.Model):
    """A day on which a sweep took up what it found. Append-only, one row a day.

    A later sweep knows from it what may date from the days without one (补发).
    """

    day = models.DateField("日期", unique=True)
    recorded_at = models.DateTimeField("记录时间", default=clock.now)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
