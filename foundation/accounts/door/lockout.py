"""Which accounts are locked. django-axes counts failures by account and address together (S55)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum


def locked_usernames(now: datetime, among: Iterable[str] | None = None) -> list[str]:
    """Accounts with too many failures at one address, limited to ``among`` if given. One query."""
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(attempt_time__gte=since)
    if among is not None:
        attempts = attempts.filter(username__in=among)
    failures = attempts.values("username", "ip_address").annotate(n=Sum("failures_since_start"))
    over = failures.filter(n__gte=settings.AXES_FAILURE_LIMIT).values_list("username", flat=True)
    return sorted(set(over))
