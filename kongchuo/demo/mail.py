"""The inboxes of the tour's first morning: old messages are read, those of two days are not."""

from datetime import date, timedelta

from foundation.accounts.models import Person
from foundation.accounts.querysets import viewer_on
from foundation.messaging.actions import mark_read
from foundation.messaging.models import Message
from kongchuo.demo.county.people import TOUR

_UNREAD_FOR = timedelta(days=1)  # before the morning


def read_old_mail(day: date) -> None:
    """Mark messages as read that were due more than a day before ``day``."""
    for person in Person.objects.filter(username__in=[stop.login for stop in TOUR]):
        mine = Message.objects.visible_to(viewer_on(person, day))
        old = mine.unread_by(person.pk).filter(occurred_on__lt=day - _UNREAD_FOR)
        mark_read(list(old.values_list("pk", flat=True)), person.pk)
