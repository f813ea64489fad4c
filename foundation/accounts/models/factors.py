"""Second factors: the keys of authenticator apps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.accounts.models.people import Person
from foundation.protected import Protected


class SecondFactor(models.Model):
    """The key of one person's authenticator app, until it is removed (S56).

    ``last_step`` is the 30-second step of the newest code that was taken: no code of that step or
    an earlier one is taken again. A removed factor keeps its row and loses its key.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="factors")
    uuid = models.UUIDField(unique=True, editable=False)
    secret_sealed = models.TextField(blank=True)
    last_step = models.BigIntegerField("最近一次动态码的时段")
    set_at = models.DateTimeField("设置时间")
    used_at = models.DateTimeField("最近使用")
    removed_at = models.DateTimeField("解除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="factors_removed"
    )
    remove_reason = models.CharField("解除原因", max_length=300, blank=True)

    secret = Protected()

    class Meta:
        ordering: ClassVar = ["-set_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(removed_at__isnull=True),
                name="one_living_factor_a_person",
            ),
            models.CheckConstraint(
                condition=(Q(removed_at__isnull=True, remove_reason="") & ~Q(secret_sealed=""))
                | (Q(removed_at__isnull=False, secret_sealed="") & ~Q(remove_reason="")),
                name="a_removed_factor_says_why_and_has_no_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.set_at}"
