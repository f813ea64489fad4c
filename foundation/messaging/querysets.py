"""Reads messages: those to one's posts and, with the right to read unit mail, those to the unit."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer

if TYPE_CHECKING:
    from foundation.messaging.models import Message  # noqa: F401


def addresses_of(viewer: Viewer) -> tuple[list[int], list[int]]:
    """The posts whose mail the viewer reads, and the units."""
    units = [post.unit_id for post in viewer.posts_with(Right.READ_UNIT_MAIL)]
    return [post.id for post in viewer.posts], units


class MessageQuerySet(QuerySet["Message"]):
    """Messages."""

    def visible_to(self, viewer: Viewer) -> "MessageQuerySet":
        """Messages addressed to the posts held today."""
        return self.addressed_to(*addresses_of(viewer)) if viewer.posts else self.none()

    def addressed_to(self, posts: Any, units: Any) -> "MessageQuerySet":
        """Messages to one of the posts, or to none and one of the units."""
        return self.filter(Q(to_post__among=posts) | Q(to_post__isnull=True, to_unit__among=units))

    def with_read_mark(self, person_id: Any) -> "MessageQuerySet":
        """Each message with ``is_read`` for the person."""
        return self.annotate(is_read=self._mark_of(person_id))

    def unread_by(self, person_id: Any) -> "MessageQuerySet":
        """The messages the person has not read."""
        return self.filter(~self._mark_of(person_id))

    def _mark_of(self, person_id: Any) -> Exists:
        marks = self.model._meta.get_field("marks").related_model
        assert marks is not None
        mine = marks._default_manager.filter(message_id=OuterRef("pk"), person_id=person_id)
        return Exists(mine)
