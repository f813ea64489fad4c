"""Counts what a person has done lately, by the audit: what is not written does not count."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.limits.rules import check, limit_of
from foundation.accounts.models import AuditEvent
from foundation.prepared import ask, number_of, prepared


def check_limit(person_id: int, verb: str, now: datetime) -> None:
    """Raises OverLimit where the person has done this too often.

    One after the other, so that two requests at once are both counted.
    """
    limit = limit_of(verb)
    if limit is None:
        return
    ask("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [limit.code, person_id])
    check(limit, lambda span: sum(_done(limit.verbs, person=person_id, since=now - span)))


@prepared
def _done(verbs: tuple[str, ...], *, person: Any, since: Any) -> QuerySet[AuditEvent, Any]:
    done = AuditEvent.objects.filter(person_id=person, verb__in=verbs, outcome="done", at__gt=since)
    return number_of(done.exclude(request_id=""))
