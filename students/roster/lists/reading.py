"""Reads the rows of a page of the roster by prepared queries, each school and village once."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.naming import give_units
from foundation.prepared import prepared
from students.roster.models import Enrolment, Guardian, School


def read_pupils(keys: list[int]) -> list[Enrolment]:
    """The enrolments with child, class, school, home and guardians, as ``Listing.widen`` gives them
    for a list without groups. Five queries."""
    rows = _enrolments(keys=keys)
    children: list[Any] = [row.child for row in rows]
    give_units(children)
    schools = {one.pk: one for one in _schools(keys=list({row.school_id for row in rows}))}
    family: dict[int, list[Guardian]] = defaultdict(list)
    for guardian in _guardians(children=[child.pk for child in children]):
        family[guardian.child_id].append(guardian)
    for row in rows:
        row.school = schools[row.school_id]
    for child in children:
        child.family = family[child.pk]
    return rows


@prepared
def _enrolments(*, keys: Any) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(pk__among=keys).order_by()
    return rows.select_related("child", "school_class")


@prepared
def _schools(*, keys: Any) -> QuerySet[School]:
    return School.objects.filter(pk__among=keys).order_by().select_related("unit")


@prepared
def _guardians(*, children: Any) -> QuerySet[Guardian]:
    return Guardian.objects.filter(child_id__among=children)
