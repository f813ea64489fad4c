"""Querysets of saved views: each person's own, and those that others of the same post share."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.querysets import posts_on
from foundation.accounts.viewer import Viewer


class SavedViewQuerySet(QuerySet[Any]):
    """Saved views."""

    def visible_to(self, viewer: Viewer) -> "SavedViewQuerySet":
        """The viewer's own."""
        return self.filter(person_id=viewer.person_id) if viewer.person_id else self.none()

    def offered_to(self, viewer: Viewer) -> "SavedViewQuerySet":
        """The viewer's own, and the shared ones of who holds the same role at the same unit."""
        if viewer.person_id is None:
            return self.none()
        same = Q(pk__in=[])
        for post in viewer.posts:
            same |= Q(role=post.role_code, unit_id=post.unit_id)
        people = posts_on(viewer.day or date.min).filter(same).values("person")
        shared = Q(is_shared=True, person__in=people) & ~Q(name="")
        return self.filter(Q(person_id=viewer.person_id) | shared).select_related("person")
