"""Signs in by account and password; an unknown account takes the same time as a wrong password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from foundation.accounts.models import Person
from foundation.prepared import prepared


class PersonBackend(ModelBackend):
    """Django's own check, without Django's permissions."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Always none: rights come from posts (roles.py)."""
        return set()

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, unless the account was closed meanwhile."""
        found = _active(person=int(user_id))
        return found[0] if found else None


@prepared
def _active(*, person: Any) -> QuerySet[Person]:
    return Person.objects.filter(pk=person, is_active=True)
