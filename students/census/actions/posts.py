"""Finds the viewer's post for an act of a school or a township."""

from foundation.accounts.doer import post_with
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer
from students.roster.models import School


def post_for(viewer: Viewer, right: Right, school: School) -> HeldPost:
    """The post with the right at the school, or at the central school above it."""

    def reaches(post: HeldPost) -> bool:
        below = post.role.pupils is Reach.BELOW and school.unit.parent_id == post.unit_id
        return post.unit_id == school.pk or below

    return post_with(viewer, right, fits=reaches)
