"""Querysets of built returns."""

from django.db.models import QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import one_of

COUNTY_WIDE = ("county", "supervision")
_KINDS = (*COUNTY_WIDE, "central_school")


def reading_posts(viewer: Viewer) -> tuple[HeldPost, ...]:
    """The viewer's posts that may build or read returns, those that read the whole county first.

    A central school reads the figures of the schools below it.
    """
    posts = viewer.posts_with(Right.BUILD_RETURNS) + viewer.posts_with(Right.SEE_FIGURES)
    found = (post for post in posts if post.unit_kind in _KINDS)
    return tuple(sorted(found, key=lambda post: post.unit_kind not in COUNTY_WIDE))


class BuiltReturnQuerySet(QuerySet):
    def visible_to(self, viewer: Viewer) -> "BuiltReturnQuerySet":
        """The returns of the counties where the viewer may build or read them."""
        return self.filter(one_of("county_id", {p.county_id for p in reading_posts(viewer)}))

    def without_bulk(self) -> "BuiltReturnQuerySet":
        """Without rows and workbook, which lists do not need."""
        return self.defer("canonical_sealed", "workbook_sealed")
