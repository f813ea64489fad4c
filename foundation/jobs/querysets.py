"""Reads jobs. Each person sees only their own."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from foundation.accounts.viewer import Viewer

if TYPE_CHECKING:
    from foundation.jobs.models import Job  # noqa: F401


class JobQuerySet(QuerySet["Job"]):
    """Jobs."""

    def visible_to(self, viewer: Viewer) -> "JobQuerySet":
        """The jobs the person started; never another person's, not even at the same unit."""
        return self.filter(person_id=viewer.person_id) if viewer.person_id else self.none()
