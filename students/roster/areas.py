"""Whose figures of the day a viewer may read: their own school's, or those of the schools below.

Figures name no child, so the township's line reads them too, though it sees no pupils (domain 1.3):
a post that presses a school to call the roll must see that it did not.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from foundation.accounts.models import UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from students.roster.models import School

_REACHED: dict[str, Callable[[HeldPost], Q]] = {
    UnitKind.SCHOOL: lambda post: Q(pk=post.unit_id),
    UnitKind.CENTRAL_SCHOOL: lambda post: Q(unit__parent_id=post.unit_id),
    UnitKind.TOWNSHIP: lambda post: Q(township_id=post.unit_id),
    UnitKind.EDUCATION_OFFICE: lambda post: Q(township_id=post.parent_id),
    UnitKind.COUNTY: lambda post: Q(unit__county_id=post.county_id),
    UnitKind.SUPERVISION: lambda post: Q(unit__county_id=post.county_id),
}


def schools_in_area(viewer: Viewer, right: Right = Right.SEE_MORNINGS) -> QuerySet[School]:
    """The schools whose mornings and reports the viewer may read, or may press by another right."""
    scope = Q(pk__in=[])
    for post in viewer.posts_with(right):
        if post.unit_kind in _REACHED:
            scope |= _REACHED[post.unit_kind](post)
    rows = School.objects.filter(scope)
    return rows.select_related("unit", "township").order_by("township__name", "unit__name", "pk")
