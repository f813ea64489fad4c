"""The class whose roll a post may call: asked for with every page and every submission."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import prepared
from students.roster.models import SchoolClass


def reached_class(post: HeldPost, class_id: int, today: date) -> SchoolClass | None:
    """The class with its school, if the post reaches it today."""
    rows: list[SchoolClass] = _read(*_shape(post), **_values(post, class_id, today))
    return rows[0] if rows else None


def held_class(post: HeldPost, class_id: int, today: date) -> SchoolClass | None:
    """The same class, locked until the transaction ends."""
    rows: list[SchoolClass] = _hold(*_shape(post), **_values(post, class_id, today))
    return rows[0] if rows else None


@prepared
def _read(role: str, kind: str, /, **given: Any) -> QuerySet[SchoolClass]:
    return _reached(role, kind, **given)


@prepared
def _hold(role: str, kind: str, /, **given: Any) -> QuerySet[SchoolClass]:
    return _reached(role, kind, **given).select_for_update(no_key=True, of=("self",))


def _reached(
    role: str, kind: str, *, post: Any, unit: Any, county: Any, school_class: Any, today: Any
) -> QuerySet[SchoolClass]:
    acting = Viewer(None, "", (HeldPost(post, role, unit, "", kind, None, county),))
    seen: QuerySet[SchoolClass] = SchoolClass.objects.visible_to(acting, today, Right.CALL_ROLL)
    return seen.filter(pk=school_class).select_related("school__unit")


def _shape(post: HeldPost) -> tuple[str, str]:
    return post.role_code, post.unit_kind


def _values(post: HeldPost, class_id: int, today: date) -> dict[str, Any]:
    return {
        "post": post.id,
        "unit": post.unit_id,
        "county": post.county_id,
        "school_class": class_id,
        "today": today,
    }
