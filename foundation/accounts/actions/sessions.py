"""Acts on open sessions: at most two of a person at once, and any of them ended by hand (S58)."""

from collections.abc import Iterable

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.models import OpenSession, Person
from foundation.accounts.sessions.rules import MOST_SESSIONS

KIND = "session"
TOO_MANY, BY_HAND = "在别处登录，超过2处", "本人退出"


@transaction.atomic
def make_room(person: Person, current_key: str, origin: Origin) -> list[OpenSession]:
    """End the oldest sessions of the person beyond two, the current one included; returns them."""
    others = OpenSession.objects.filter(person=person).exclude(session_key=current_key)
    ending = list(others.order_by("-began_at")[MOST_SESSIONS - 1 :])
    end_sessions(ending, origin, TOO_MANY)
    return ending


@transaction.atomic
def end_sessions(sessions: Iterable[OpenSession], origin: Origin, reason: str = BY_HAND) -> int:
    """End the sessions: their browsers meet the sign-in with the next request. Returns how many."""
    count = 0
    for session in sessions:
        gone, _ = OpenSession.objects.filter(pk=session.pk).delete()
        if gone:
            details = {"label": session.label, "person": session.person_id}
            audit.record(origin, "session_ended", KIND, reason=reason, details=details)
            count += 1
    return count
