"""Letters that remind a school 30, 15 and 10 days before a suspension ends (domain 3.8)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse

from foundation.days import ONE_DAY, full_day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.roster.models import AwaySpell
from students.roster.rules.change_kinds import NEEDS_APPROVAL, REMIND_BEFORE

LONGEST_OUTAGE = timedelta(days=120)


def remind_of_expiry(today: date) -> int:
    """Write every letter that is due by today; returns how many.

    A letter that an earlier run missed is dated by its own day (补发). Each letter has a key, so a
    second run writes nothing.
    """
    # Also of a period that has ended since the last run, where it had been entered before its end.
    rows = AwaySpell.objects.between(today - LONGEST_OUTAGE, today).filter(
        change__kind__in=NEEDS_APPROVAL,
        returned_on__isnull=True,
        back_on__lte=today + timedelta(days=max(REMIND_BEFORE) + 1),
        back_on__gt=F("change__recorded_on"),
    )
    letters = [
        letter
        for away in rows.select_related("change__from_school__unit")
        for letter in _letters(away, today)
    ]
    return post_letters(letters, today)


def _letters(away: AwaySpell, today: date) -> Iterator[Letter]:
    change = away.change
    assert away.back_on is not None
    assert change.from_school_id is not None
    until = away.back_on - ONE_DAY
    for days in REMIND_BEFORE:
        day = until - timedelta(days=days)
        if away.starts_on <= day <= today:
            yield Letter(
                key=f"expiry:{away.pk}:{days}",
                to_unit_id=change.from_school_id,
                title=f"{change.kind_label}还有{days}天到期",
                body=f"{full_day_words(until)}期满。请联系监护人办理复学；确需延期的重新申请。",
                url=reverse("changes:change", args=[change.pk]),
                occurred_on=day,
                level=Message.WARN,
            )
