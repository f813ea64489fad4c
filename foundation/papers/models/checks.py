"""How often an address has asked the public page: a counter, no fact of anybody."""

from datetime import datetime

from django.db import connection, models

_COUNT = """
    INSERT INTO papers_papercheck (address, minute, times) VALUES (%s, date_trunc('minute', %s), 1)
    ON CONFLICT (address, minute) DO UPDATE SET times = papers_papercheck.times + 1
    RETURNING times
"""
_FORGET = "DELETE FROM papers_papercheck WHERE minute < %s::timestamptz - interval '1 day'"


class PaperCheck(models.Model):
    """The times that an address asked within one minute. Rows of earlier days are deleted."""

    address = models.GenericIPAddressField("地址")
    minute = models.DateTimeField("分钟")
    times = models.PositiveIntegerField("次数")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "minute"], name="one_check_counter_a_minute")
        ]
        indexes = [models.Index(fields=["minute"], name="checks_by_minute")]

    def __str__(self) -> str:
        return f"{self.address} {self.times}"


def count_check(address: str, now: datetime) -> int:
    """Count one more asking of the address, and return how many there were in this minute."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [now])
        cursor.execute(_COUNT, [address, now])
        return int(cursor.fetchone()[0])
