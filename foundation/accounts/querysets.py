"""Reads people, posts and parameters as of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.models import (
    Parameter,
    Person,
    Post,
    Unit,
    UnitChange,
    UnitChangeEnd,
    UnitKind,
)
from foundation.accounts.parameters import ParameterHistory, Parameters, merged
from foundation.accounts.roles import role_of
from foundation.accounts.viewer import NOBODY, OF_THE_ASLEEP, HeldPost, Viewer
from foundation.prepared import prepared


def held_on(day: date) -> Q:
    """Posts in force on ``day``, first and last day included."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def posts_on(day: date) -> QuerySet[Post]:
    """Every post in force on ``day`` of people whose account is open."""
    return Post.objects.filter(held_on(day), person__is_active=True)


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """The county's name and telephone, shown on every page; ``is_there``: the system has one."""

    name: str = ""
    phone: str = ""
    is_there: bool = True


def county_facts(county_id: int | None) -> CountyFacts:
    """Name and telephone of a county: one query. Without a county, those of the only one."""
    found = _facts_of(county=county_id) if county_id else list(_all_facts()[:2])
    return CountyFacts(*found[0]) if len(found) == 1 else CountyFacts(is_there=bool(found))


@prepared
def _facts_of(*, county: Any) -> QuerySet[Any, Any]:
    return _all_facts().filter(pk=county)


def _all_facts() -> QuerySet[Any, Any]:
    return Unit.objects.filter(kind=UnitKind.COUNTY).values_list("region__name", "phone")


def viewer_on(person: Person, day: date) -> Viewer:
    """The person with the posts held on ``day``: one query."""
    if not person.pk or not person.is_active:
        return NOBODY
    rows = _posts_of(person=person.pk, day=day)
    return Viewer(person.pk, person.name, tuple(_held(post) for post in rows), day=day)


@prepared
def _posts_of(*, person: Any, day: Any) -> QuerySet[Post]:
    return posts_on(day).filter(person_id=person).select_related("unit").order_by("id")


def _held(post: Post) -> HeldPost:
    unit, kind = post.unit, role_of(post.role).unit_kind
    # 镇教管办 at a central school answers for its township, as it would below the township.
    is_office_too = kind != unit.kind and unit.office_of_id is not None
    return HeldPost(
        id=post.pk,
        role_code=post.role,
        unit_id=unit.pk,
        unit_name=unit.name,
        unit_kind=kind if is_office_too else unit.kind,
        parent_id=unit.office_of_id if is_office_too else unit.parent_id,
        county_id=unit.county_id or unit.pk,
        only=OF_THE_ASLEEP if post.asleep else None,
        asleep=post.asleep,
    )


def successor_of(unit: Unit) -> Unit:
    """The living unit that goes on with what the unit had; the unit itself while it is open."""
    seen: set[int] = set()
    while not unit.is_open and unit.pk not in seen:
        seen.add(unit.pk)
        last = UnitChange.objects.filter(
            unit=unit, end__outcome=UnitChangeEnd.DONE, successor__isnull=False
        ).first()
        if last is None or last.successor is None:
            return unit
        unit = last.successor
    return unit


def parameters_on(county_id: int, day: date) -> Parameters:
    """The parameters in force in a county on ``day``; what it never set has its default."""
    return merged(_parameters(county=county_id, day=day))


@prepared
def _parameters(*, county: Any, day: Any) -> QuerySet[Any, Any]:
    rows = Parameter.objects.standing().filter(county_id=county, valid_from__lte=day)
    return rows.order_by("valid_from", "id").values_list("code", "value")


def parameter_history(county_id: int) -> ParameterHistory:
    """Every value that a county has set, whenever it comes into force: one query."""
    return ParameterHistory(tuple(_all_parameters(county=county_id)))


@prepared
def _all_parameters(*, county: Any) -> QuerySet[Any, Any]:
    rows = Parameter.objects.standing().filter(county_id=county).order_by("valid_from", "id")
    return rows.values_list("valid_from", "code", "value")


def parameter_rows_on(county_id: int, day: date) -> dict[str, Parameter]:
    """The row in force on ``day`` of each parameter that the county has set."""
    rows = Parameter.objects.standing().filter(county_id=county_id, valid_from__lte=day)
    return {row.code: row for row in rows.order_by("valid_from", "id")}
