"""The one clock: what day it is, for web, worker, beat and tests alike."""

import time
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

_KEPT_SECONDS = 1.0
_kept: tuple[float, timedelta] | None = None


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai; shifted only where a demo or a test allows it."""
    return timezone.localtime(timezone.now() + shift())


def today() -> date:
    """The calendar date in Asia/Shanghai. Only faces call it; rules and acts take a date."""
    return now().date()


def shift() -> timedelta:
    """How far the demo's clock stands from the real one; zero in a real installation."""
    global _kept
    if not settings.CLOCK_MAY_SHIFT:
        return timedelta()
    # Kept for a second, so that a page asks once and four processes still agree.
    if _kept is None or time.monotonic() - _kept[0] > _KEPT_SECONDS:
        _kept = (time.monotonic(), _read_shift())
    return _kept[1]


def forget() -> None:
    """Drop the kept shift, after it was changed in this process."""
    global _kept
    _kept = None


def _read_shift() -> timedelta:
    with connection.cursor() as cursor:
        cursor.execute("SELECT shift FROM accounts_clockshift ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else timedelta()
