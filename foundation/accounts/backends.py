"""Signs in by account and password, in the same time whether the account exists or not."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from foundation.accounts.models import Person


class PersonBackend(ModelBackend):
    """Django's own check, for people who have no permissions of Django's kind."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: what a person may do comes from posts (roles.py)."""
        return set()

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, unless the account was closed since."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
