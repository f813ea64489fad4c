"""The doer of an act: person, post, origin of the request, day and moment."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from foundation.accounts.audit import Origin
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer


@dataclass(frozen=True, slots=True)
class Doer:
    """The person who acts, with all that an act asks of a request.

    ``held`` is the post under which the act is done. It is empty until the act has chosen one,
    which is its check of the right. ``today`` is a date in Asia/Shanghai. ``reason`` is what the
    person gave as one, where the page asks for it.
    """

    viewer: Viewer
    origin: Origin
    today: date
    now: datetime
    held: HeldPost | None = None
    reason: str = ""

    @property
    def post(self) -> HeldPost:
        """The post of the act; raises LookupError where none was chosen."""
        if self.held is None:
            raise LookupError("no post was chosen for the act")
        return self.held

    def under(self, post: HeldPost | None) -> "Doer":
        """The same doer under this post, which the audit rows will name.

        Raises PermissionDenied when no post was found.
        """
        if post is None:
            raise PermissionDenied
        return replace(self, held=post, origin=replace(self.origin, post_id=post.id))

    def at(self, right: Right, unit_id: int | None) -> "Doer":
        """The same doer under the first post of today that carries the right at the unit.

        Raises PermissionDenied where the person holds no such post.
        """
        return self.under(post_with(self.viewer, right, fits=lambda post: post.unit_id == unit_id))


def post_with(
    viewer: Viewer, *rights: Right, fits: Callable[[HeldPost], bool] = lambda _: True
) -> HeldPost:
    """The first post of today that carries the right, or one of several, and fits the act.

    Raises PermissionDenied where the person holds no such post.
    """
    found = next(filter(fits, viewer.posts_with(*rights)), None)
    if found is None:
        raise PermissionDenied
    return found
