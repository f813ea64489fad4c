"""Querysets of saved views: each person's own."""

from typing import Any

from django.db.models import QuerySet

from foundation.accounts.viewer import Viewer


class SavedViewQuerySet(QuerySet[Any]):
    """Saved views."""

    def visible_to(self, viewer: Viewer) -> "SavedViewQuerySet":
        """The viewer's own."""
        return self.filter(person_id=viewer.person_id) if viewer.person_id else self.none()
