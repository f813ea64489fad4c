"""Querysets of built returns."""

from django.db.models import QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer

_COUNTY_KINDS = ("county", "supervision")


def reading_posts(viewer: Viewer) -> tuple[HeldPost, ...]:
    """The viewer's posts at county or supervision that may build or read returns."""
    posts = viewer.posts_with(Right.BUILD_RETURNS) + viewer.posts_with(Right.SEE_FIGURES)
    return tuple(post for post in posts if post.unit_kind in _COUNTY_KINDS)


class BuiltReturnQuerySet(QuerySet):
    def visible_to(self, viewer: Viewer) -> "BuiltReturnQuerySet":
        """The returns of the counties where the viewer may build or read them."""
        return self.filter(county_id__in=[post.county_id for post in reading_posts(viewer)])

    def without_bulk(self) -> "BuiltReturnQuerySet":
        """Without rows and workbook, which lists do not need."""
        return self.defer("rows", "workbook")
