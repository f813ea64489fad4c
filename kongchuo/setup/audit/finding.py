"""Whom a search of the audit may name: children and people."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.models import Person
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.protected import digest
from students.roster.models import Child


def children_of(viewer: Viewer, day: date) -> QuerySet[Any]:
    """The children whom the viewer may ask for: the auditor's county, a head's own pupils."""
    counties = {post.county_id for post in viewer.posts_with(Right.SEE_AUDIT)}
    if counties:
        return Child.objects.filter(county_id__in=counties)
    return Child.objects.visible_to(viewer.by(Right.SEE_UNIT_AUDIT), day)


def child_with(number: str, viewer: Viewer, day: date) -> int | None:
    """The child with the ID or registry number, found by its digest; None where there is none."""
    by_number = Q(registry_no_digest=digest(number, "registry"))
    by_number |= Q(id_no_digest=digest(number, "id"))
    found: int | None = (
        children_of(viewer, day).filter(by_number).values_list("pk", flat=True).first()
    )
    return found


def people_called(words: str) -> list[int]:
    """People whose name begins with the words, or whose account it is.

    Their keys are found first: the planner then knows how few rows of the audit they select.
    """
    named = Q(name__startswith=words) | Q(username=words)
    return list(Person.objects.filter(named).values_list("pk", flat=True))
