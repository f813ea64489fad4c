"""Whose figures of the day a viewer may read: their own school's, or those of the schools below.

Figures name no child, so the township's line reads them too, though it sees no pupils (domain 1.3):
a post that presses a school to call the roll must see that it did not.
"""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.asking import prepared_for
from foundation.accounts.models import UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import prepared
from students.roster.models import School

_REACHED: dict[str, Callable[[HeldPost], Q]] = {
    UnitKind.SCHOOL: lambda post: Q(pk=post.unit_id),
    UnitKind.CENTRAL_SCHOOL: lambda post: Q(unit__parent_id=post.unit_id),
    UnitKind.TOWNSHIP: lambda post: Q(township_id=post.unit_id),
    UnitKind.EDUCATION_OFFICE: lambda post: Q(township_id=post.parent_id),
    UnitKind.COUNTY: lambda post: Q(unit__county_id=post.county_id),
    UnitKind.SUPERVISION: lambda post: Q(unit__county_id=post.county_id),
}

_PLACES = ("unit_id", "parent_id", "county_id")  # of a post, by which it reaches its schools


def schools_in_area(viewer: Viewer, right: Right = Right.SEE_MORNINGS) -> QuerySet[School]:
    """The schools whose mornings and reports the viewer may read, or may press by another right."""
    found = _reached((post.unit_kind, post) for post in viewer.posts_with(right))
    return found.select_related("unit", "township")


@prepared_for
def schools_for_numbers(viewer: Viewer) -> QuerySet[School]:
    """The schools of ``schools_in_area`` with their units, without townships: for numbers."""
    return schools_in_area(viewer).select_related(None).select_related("unit")


def school_rows(viewer: Viewer, right: Right) -> list[tuple[int, str, int, str]]:
    """Key and name of these schools, with key and name of the township of each."""
    posts = [post for post in viewer.posts_with(right) if post.unit_kind in _REACHED]
    told = {f"{name}{n}": getattr(post, name) for n, post in enumerate(posts) for name in _PLACES}
    return _rows(*(post.unit_kind for post in posts), **told)


@prepared
def _rows(*kinds: Any, **told: Any) -> QuerySet[School, Any]:
    posts = (
        SimpleNamespace(**{name: told[f"{name}{n}"] for name in _PLACES}) for n in range(len(kinds))
    )
    found = _reached(zip(kinds, posts, strict=True))
    return found.values_list("pk", "unit__name", "township_id", "township__name")


def _reached(posts: Iterable[tuple[str, Any]]) -> QuerySet[School]:
    scope = Q(pk__in=[])
    for kind, post in posts:
        if kind in _REACHED:
            scope |= _REACHED[kind](post)
    return School.objects.filter(scope).order_by("township__name", "unit__name", "pk")
