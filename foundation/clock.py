"""The one clock: what day it is, for web, worker, beat and tests alike."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

_KEPT_SECONDS = 1.0
_FOR_EVER = float("inf")
# When the kept shift is to be read again (monotonic seconds), and the shift.
_kept: ContextVar[tuple[float, timedelta] | None] = ContextVar("clock_shift", default=None)


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai; shifted only where a demo or a test allows it."""
    return timezone.localtime(timezone.now() + shift())


def today() -> date:
    """The calendar date in Asia/Shanghai. Only faces call it; rules and acts take a date."""
    return now().date()


def shift() -> timedelta:
    """How far the demo's clock stands from the real one; zero in a real installation."""
    if not settings.CLOCK_MAY_SHIFT:
        return timedelta()
    kept = _kept.get()
    # Kept for a second, so that work of many rows asks once and four processes still agree.
    if kept is None or time.monotonic() > kept[0]:
        kept = (time.monotonic() + _KEPT_SECONDS, _read_shift())
        _kept.set(kept)
    return kept[1]


def forget() -> None:
    """Drop the kept shift, after it was changed in this process."""
    _kept.set(None)


@contextmanager
def held() -> Iterator[None]:
    """Read the shift once and keep it until the end of a request, however long that takes."""
    if settings.CLOCK_MAY_SHIFT:
        _kept.set((_FOR_EVER, _read_shift()))
    try:
        yield
    finally:
        forget()


def _read_shift() -> timedelta:
    with connection.cursor() as cursor:
        cursor.execute("SELECT shift FROM accounts_clockshift ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else timedelta()
