"""The one clock: today's date for web, worker, beat and tests."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import overload

from django.conf import settings
from django.db import connection
from django.utils import timezone

_KEPT_SECONDS = 1.0
_FOR_EVER = float("inf")
# When to read the shift again (monotonic seconds), and the cached shift.
_kept: ContextVar[tuple[float, timedelta] | None] = ContextVar("clock_shift", default=None)
_Shifts = list[tuple[datetime, timedelta]]
_known: ContextVar[tuple[float, _Shifts] | None] = ContextVar("clock_shifts", default=None)


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai. Shifted only in a demo or a test."""
    return timezone.localtime(timezone.now() + shift())


def today() -> date:
    """The date in Asia/Shanghai. Only views, tasks and commands call it; rules take a date."""
    return now().date()


def shift() -> timedelta:
    """How far the demo's clock differs from the real one; zero in a real installation."""
    if not settings.CLOCK_MAY_SHIFT:
        return timedelta()
    kept = _kept.get()
    # Cached for a second: work on many rows asks once, and four processes still agree.
    if kept is None or time.monotonic() > kept[0]:
        kept = (time.monotonic() + _KEPT_SECONDS, _read_shift())
        _kept.set(kept)
    return kept[1]


@overload
def shown(moment: datetime) -> datetime: ...
@overload
def shown(moment: None) -> None: ...
@overload
def shown(moment: datetime | None) -> datetime | None: ...
def shown(moment: datetime | None) -> datetime | None:
    """A moment that was kept in real time, as the demo's clock showed it then.

    In a real installation it is the same moment. None stays None. What was kept before the demo's
    clock was first set, while the demo was loaded, is shown by that first setting.
    """
    if moment is None:
        return None
    if not settings.CLOCK_MAY_SHIFT:
        return timezone.localtime(moment)
    known = _known.get()
    if known is None or time.monotonic() > known[0]:
        known = (time.monotonic() + _KEPT_SECONDS, _read_shifts())
        _known.set(known)
    past = [by for set_at, by in known[1] if set_at <= moment]
    first = known[1][0][1] if known[1] else timedelta()
    return timezone.localtime(moment + (past[-1] if past else first))


def kept(moment: datetime) -> datetime:
    """The first moment, in real time, that ``shown`` shows as this one or a later one."""
    if not settings.CLOCK_MAY_SHIFT:
        return moment
    shifts = _read_shifts()
    first = shifts[0][1] if shifts else timedelta()
    found = moment - first
    for set_at, by in shifts:
        if found < set_at:
            return found
        found = max(moment - by, set_at)
    return found


def forget() -> None:
    """Drop the cached shift after this process has changed it."""
    _kept.set(None)
    _known.set(None)


@contextmanager
def held() -> Iterator[None]:
    """Read the shift once and keep it for the whole request."""
    if settings.CLOCK_MAY_SHIFT:
        _kept.set((_FOR_EVER, _read_shift()))
    try:
        yield
    finally:
        forget()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the clock of this process begin at the moment: a demo writes its past day by day."""
    if settings.CLOCK_MAY_SHIFT:
        _kept.set((_FOR_EVER, moment - timezone.now()))
    try:
        yield
    finally:
        forget()


def _read_shift() -> timedelta:
    with connection.cursor() as cursor:
        cursor.execute("SELECT shift FROM accounts_clockshift ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else timedelta()


def _read_shifts() -> _Shifts:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_at, shift FROM accounts_clockshift ORDER BY id")
        return list(cursor.fetchall())
