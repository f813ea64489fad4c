"""Rules of a session (S58): its idle time by role, its absolute end, how many at once."""

import hashlib
from datetime import datetime, timedelta

from foundation.accounts.viewer import Viewer

MOST_SESSIONS = 2
LONGEST = timedelta(hours=8)  # from the sign-in, however busy
# A session in use is prolonged when this share of its idle time has passed.
PROLONGED_AFTER = 0.1


def idle_of(viewer: Viewer, usual: timedelta) -> timedelta:
    """How long the person may do nothing: the shortest time of the posts held today."""
    minutes = [post.role.idle_minutes for post in viewer.posts]
    return min((timedelta(minutes=n) for n in minutes), default=usual)


def end_of(began: datetime | None, idle: timedelta, now: datetime) -> datetime:
    """When a session used at ``now`` ends. ``began`` is empty before somebody has signed in."""
    idle_end = now + idle
    return idle_end if began is None else min(idle_end, began + LONGEST)


def is_prolonged(ends: datetime, would_end: datetime, idle: timedelta) -> bool:
    """Whether the new end is worth writing."""
    return would_end - ends > idle * PROLONGED_AFTER


def handle_of(session_key: str) -> str:
    """By what an address names the session. The key itself would open it."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]
