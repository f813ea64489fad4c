"""Tables of messages to a unit, a role or a post, and of who has read them."""

from django.db import models
from django.db.models import Q

from foundation.messaging.querysets import MessageQuerySet


class Message(models.Model):
    """One message of the system, outbox row and inbox entry in one.

    Written in the transaction of the event it reports; ``key`` prevents a second copy.
    ``occurred_on`` is the day it was due, ``is_late`` says it was written after that day (补发).
    """

    INFO, WARN, URGENT = "info", "warn", "urgent"

    key = models.CharField("去重键", max_length=120)
    to_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="messages")
    to_post = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, blank=True, related_name="messages"
    )
    level = models.CharField("级别", max_length=6, default=INFO)
    title = models.CharField("标题", max_length=60)
    body = models.CharField("内容", max_length=300, blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    occurred_on = models.DateField("应发日期")
    is_late = models.BooleanField("补发", default=False)
    created_at = models.DateTimeField("写入时间", auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["key"], name="one_message_a_key")]
        indexes = [
            models.Index(fields=["to_unit", "-id"], name="inbox_of_a_unit"),
            models.Index(
                fields=["to_post", "-id"],
                name="inbox_of_a_post",
                condition=Q(to_post__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReadMark(models.Model):
    """One person has read one message."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="marks")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="one_mark_a_reader")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.message_id}"
