"""Signs in by account and password, in the same time whether the account exists or not."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from foundation.accounts.models import Person
from foundation.prepared import prepared


class PersonBackend(ModelBackend):
    """Django's own check, for people who have no permissions of Django's kind."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: what a person may do comes from posts (roles.py)."""
        return set()

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, unless the account was closed since."""
        found = _active(person=int(user_id))
        return found[0] if found else None


@prepared
def _active(*, person: Any) -> QuerySet[Person]:
    return Person.objects.filter(pk=person, is_active=True)
