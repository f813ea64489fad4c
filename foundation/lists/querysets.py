"""Querysets of saved views: each person's own, and those that others of the same post share."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.querysets import posts_on
from foundation.accounts.viewer import Viewer


class SavedViewQuerySet(QuerySet[Any]):
    """Saved views."""

    def visible_to(self, viewer: Viewer) -> "SavedViewQuerySet":
        """The viewer's own."""
        return self.filter(person_id=viewer.person_id) if viewer.person_id else self.none()

    def offered(self, person: Any, day: Any, posts: Iterable[tuple[Any, Any]]) -> QuerySet[Any]:
        """A person's own, and the shared ones of who holds one of the posts, a role at a unit."""
        same = Q(pk__in=[])
        for role, unit in posts:
            same |= Q(role=role, unit_id=unit)
        people = posts_on(day).filter(same).values("person")
        shared = Q(is_shared=True, person__in=people) & ~Q(name="")
        return self.filter(Q(person_id=person) | shared).select_related("person")
