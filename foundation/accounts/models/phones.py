"""Phones on which a teacher calls the roll without a password."""

from django.db import models
from django.db.models import Q

from foundation.accounts.models.people import Person


class TrustedPhone(models.Model):
    """One phone of one person, until a day (design 4, Phone and ID).

    The table holds the digest of the phone's token only, so a reader of the table cannot sign in.
    ``stamp`` is Django's digest of the password, as in a session: a new password ends the phone.
    Each day of use moves ``expires_on``; an unused phone lapses by itself.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="phones")
    digest = models.CharField("令牌摘要", max_length=64, unique=True)
    stamp = models.CharField("密码印记", max_length=64)
    label = models.CharField("设备", max_length=40)
    trusted_at = models.DateTimeField("设定时间")
    last_used_on = models.DateField("最近使用")
    expires_on = models.DateField("有效至")
    ended_at = models.DateTimeField("取消时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="phones_ended"
    )
    end_reason = models.CharField("取消原因", max_length=300, blank=True)

    class Meta:
        ordering = ["-trusted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="an_ended_phone_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.label
