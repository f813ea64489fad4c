"""Reading built returns."""

from django.db.models import QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer

_COUNTY_KINDS = ("county", "supervision")


def reading_posts(viewer: Viewer) -> tuple[HeldPost, ...]:
    """The posts at county or supervision under which returns may be built or read."""
    posts = viewer.posts_with(Right.BUILD_RETURNS) + viewer.posts_with(Right.SEE_FIGURES)
    return tuple(post for post in posts if post.unit_kind in _COUNTY_KINDS)


class BuiltReturnQuerySet(QuerySet):
    """Built returns."""

    def visible_to(self, viewer: Viewer) -> "BuiltReturnQuerySet":
        """The returns of the counties where the viewer builds or reads them."""
        return self.filter(county_id__in=[post.county_id for post in reading_posts(viewer)])

    def without_bulk(self) -> "BuiltReturnQuerySet":
        """Without rows and workbook, for lists."""
        return self.defer("rows", "workbook")
