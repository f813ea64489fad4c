"""Which accounts are locked. django-axes counts failures by account and address together (S55)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum

from foundation.accounts.models import AuditEvent
from foundation.accounts.passwords.haste import COUNTED, seconds_left
from foundation.prepared import ask

KNOWN_FOR = timedelta(days=30)


def locked_usernames(now: datetime, among: Iterable[str] | None = None) -> list[str]:
    """Accounts with too many failures at one address, limited to ``among`` if given. One query."""
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(attempt_time__gte=since)
    if among is not None:
        attempts = attempts.filter(username__in=among)
    failures = attempts.values("username", "ip_address").annotate(n=Sum("failures_since_start"))
    over = failures.filter(n__gte=settings.AXES_FAILURE_LIMIT).values_list("username", flat=True)
    return sorted(set(over))


def wait_for(username: str, address: str | None, now: datetime) -> int:
    """Seconds until the next password of the account is looked at, from any address.

    Tries of one account come one after the other, so that a hundred at once are counted. Where the
    person signed in lately nobody waits: a caller from elsewhere shuts nobody out.
    """
    ask("SELECT pg_advisory_xact_lock(hashtextextended(%s, 55))", [username.casefold()])
    tried = AccessAttempt.objects.filter(username=username, attempt_time__gte=now - COUNTED)
    found = tried.aggregate(n=Sum("failures_since_start"), last=Max("attempt_time"))
    seconds = seconds_left(found["n"] or 0, found["last"], now)
    return 0 if seconds and _is_known(username, address, now) else seconds


def _is_known(username: str, address: str | None, now: datetime) -> bool:
    """Whether the account signed in from the address within 30 days."""
    return AuditEvent.objects.filter(
        person__username=username,
        verb="signed_in",
        outcome="done",
        address=address,
        at__gte=now - KNOWN_FOR,
    ).exists()
