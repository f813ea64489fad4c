"""Reading built returns."""

from django.db.models import QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer


class BuiltReturnQuerySet(QuerySet):
    """Built returns."""

    def visible_to(self, viewer: Viewer) -> "BuiltReturnQuerySet":
        """The returns of the counties where the viewer builds or reads them."""
        posts = viewer.posts_with(Right.BUILD_RETURNS) + viewer.posts_with(Right.SEE_FIGURES)
        county_level = [p.county_id for p in posts if p.unit_kind in ("county", "supervision")]
        return self.filter(county_id__in=county_level)
