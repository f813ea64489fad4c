"""Counts what a person has done lately, by the audit: what is not written does not count."""

from datetime import datetime, timedelta

from foundation.accounts.limits.rules import check, limit_of
from foundation.accounts.models import AuditEvent
from foundation.prepared import ask


def check_limit(person_id: int, verb: str, now: datetime) -> None:
    """Raises OverLimit where the person has done this too often.

    One after the other, so that two requests at once are both counted.
    """
    limit = limit_of(verb)
    if limit is None:
        return
    ask("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [limit.code, person_id])
    done = AuditEvent.objects.filter(
        person_id=person_id, verb__in=limit.verbs, outcome="done"
    ).exclude(request_id="")

    def times_within(span: timedelta) -> int:
        return done.filter(at__gt=now - span).count()

    check(limit, times_within)
