"""Which guardian each row of a list may ring with one tap (design 4, 拨打)."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from cases.acts.performing import acting_post
from cases.models import Case
from cases.policy import RULES, Act
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.prepared import prepared
from students.roster.models import ClassPost, Guardian
from students.roster.models.querysets import in_force


def numbers_to_ring(cases: Collection[Case], viewer: Viewer) -> dict[int, int]:
    """The key of a guardian with a telephone, by case, where the viewer may ring. Two queries."""
    if not viewer.has(Right.DIAL) or viewer.day is None:
        return {}
    taught = _taught(viewer)
    allowed = [case for case in cases if case.is_open and _may_ring(case, viewer, taught)]
    rows = _with_telephone(children=[case.child_id for case in allowed])
    first = dict(rows)  # the last written is the first guardian
    return {case.pk: first[case.child_id] for case in allowed if case.child_id in first}


@prepared
def _with_telephone(*, children: Any) -> QuerySet[Guardian, Any]:
    known = Guardian.objects.filter(child_id__among=children).exclude(phone_sealed="")
    return known.order_by("-position").values_list("child_id", "pk")


def _may_ring(case: Case, viewer: Viewer, taught: set[int]) -> bool:
    held = acting_post(viewer, RULES[Act.CALL], case)
    if held is None:
        return False
    return held[0].role_code != "class_teacher" or case.school_class_id in taught


def _taught(viewer: Viewer) -> set[int]:
    posts = [post.id for post in viewer.posts if post.role_code == "class_teacher"]
    if not posts or viewer.day is None:
        return set()
    held = ClassPost.objects.filter(in_force(viewer.day), post_id__in=posts)
    return set(held.values_list("school_class_id", flat=True))
