"""Finds children who should have registered and did not, for the sweep of cases (R24, R29)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from foundation.prepared import prepared
from students.census.mobilising import mobilising_school
from students.census.models import Entrant
from students.roster.models import School


@dataclass(frozen=True, slots=True)
class MissingEntrant:
    """An entrant who did not come: since when, and which school is responsible.

    After an exemption has run out ``key`` differs: that is a new absence (domain 3.7).
    """

    entrant: Entrant
    school: School
    since: date
    key: str


def missing_on(today: date) -> Iterator[MissingEntrant]:
    """Every entrant whose registration day is over, who neither came nor is exempt."""
    rows = _missing_on(day=today)
    prefetch_related_objects(rows, "exemptions")
    for entrant in rows:
        yield _missing(entrant, today)


@prepared
def _missing_on(*, day: Any) -> QuerySet[Entrant]:
    """Prepared, since the database plans the twenty tables longer than it looks into them."""
    rows: QuerySet[Entrant] = Entrant.objects.missing_on(day).select_related(
        "child__county",
        "child__home_village",
        "child__home_township",
        "school__unit__region",
        "school__township",
        "from_school__unit__region",
        "from_school__township",
    )
    return rows.order_by("pk")


def _missing(entrant: Entrant, today: date) -> MissingEntrant:
    schools = {s.pk: s for s in (entrant.school, entrant.from_school) if s is not None}
    answers = mobilising_school(entrant.school_id, entrant.from_school_id, None, today)
    assert entrant.due_on is not None
    since, key = entrant.due_on, f"entrant:{entrant.pk}"
    for exemption in entrant.exemptions.all():
        if exemption.revoked_on is None and exemption.until and exemption.until < today:
            since, key = exemption.until, f"entrant:{entrant.pk}:{exemption.pk}"
    return MissingEntrant(entrant, schools[answers], since, key)
