"""Ends class posts, each with who ended it, when and why."""

from datetime import date

from django.db.models import QuerySet

from foundation.accounts.doer import Doer
from students.roster.models import ClassPost


def end_teaching(doer: Doer, rows: QuerySet[ClassPost], last: date) -> int:
    """Set the last day of these class posts; returns how many there were.

    The database refuses to end one whose last day is past already. The acts around it check who
    may.
    """
    return rows.update(
        ends_on=last,
        ended_by_id=doer.held.id if doer.held else doer.origin.post_id,
        ended_at=doer.now,
        end_reason=doer.reason[:200],
    )
