"""Database sessions with an idle time by role and an absolute end, written rarely (S58).

Django writes a session with every request, in a transaction of its own. In the morning, when every
class teacher submits a roll call, that would be half of all commits.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from foundation.accounts.models import OpenSession
from foundation.accounts.sessions.rules import end_of, is_prolonged
from foundation.prepared import prepared

# What a session remembers of its sign-in; create_model_instance copies it into the columns.
BEGAN, IDLE, LABEL, ADDRESS = "began_at", "idle_seconds", "label", "address"


class SessionStore(db.SessionStore):
    """Prolongs a session only after a tenth of its idle time, so it may end that much early."""

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        return OpenSession

    def _get_session_from_db(self) -> OpenSession | None:
        now = timezone.now()
        found: list[OpenSession] = _lasting(key=self.session_key, now=now)
        if not found:
            self._session_key = None
            return None
        row, idle = found[0], timedelta(seconds=found[0].idle_seconds)
        if is_prolonged(row.expire_date, end_of(row.began_at, idle, now), idle):
            self.modified = True
        return row

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        """The row of the session as it stands now."""
        now, began = timezone.now(), None
        if data.get(SESSION_KEY):
            began = datetime.fromisoformat(data.setdefault(BEGAN, now.isoformat()))
        idle = data.get(IDLE, settings.SESSION_COOKIE_AGE)
        return OpenSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=end_of(began, timedelta(seconds=idle), now),
            person_id=data.get(SESSION_KEY),
            began_at=began,
            used_at=now,
            idle_seconds=idle,
            label=data.get(LABEL, ""),
            address=data.get(ADDRESS),
        )


@prepared
def _lasting(*, key: Any, now: Any) -> QuerySet[OpenSession]:
    return OpenSession.objects.filter(session_key=key, expire_date__gt=now)
