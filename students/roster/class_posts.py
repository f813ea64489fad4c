"""Reads who teaches which class on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from foundation.accounts.querysets import posts_on
from students.roster.models import ClassPost
from students.roster.models.querysets import in_force


def teacher_posts(class_ids: Iterable[int], day: date) -> dict[int, list[tuple[int, int, str]]]:
    """(post, unit, name) of each class's teachers on the day, class teachers first: one query."""
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    rows = ClassPost.objects.filter(
        in_force(day), school_class_id__in=list(class_ids), post__in=posts_on(day)
    ).order_by("is_substitute", "id")
    columns = ("school_class_id", "post_id", "post__unit_id", "post__person__name")
    for school_class, post, unit, name in rows.values_list(*columns):
        found[school_class].append((post, unit, name))
    return found
