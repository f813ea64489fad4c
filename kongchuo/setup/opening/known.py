"""Reads what a county holds, as the rows of the opening workbook."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.models import Person, Post, Unit, UnitKind
from foundation.accounts.querysets import held_on
from foundation.prepared import prepared
from kongchuo.setup.opening.models import CountyOpening
from kongchuo.setup.opening.rules.book import Key, KnownCounty, UnitRef, Values
from kongchuo.setup.opening.rules.definition import COUNTY, DIRECT, SUPERVISION
from kongchuo.setup.opening.rules.naming import OFFICE, township_short, village_short
from kongchuo.setup.opening.rules.values import AUTUMN, NO, SPRING, YES, stage_word
from students.calendars.models import SchoolTerm, TermName
from students.census.models import Catchment
from students.roster.models import School

_KIND_WORDS = {UnitKind.COUNTY: COUNTY, UnitKind.SUPERVISION: SUPERVISION}
_Rows = dict[Key, Values]


def known_county(
    county: Unit | None, today: date, logins: Collection[str] = (), own: str = ""
) -> KnownCounty:
    """What the county holds on the day; of the accounts those with these logins."""
    names = dict(Person.objects.filter(username__in=logins).values_list("username", "name"))
    if county is None:
        return KnownCounty(names=names)
    units = units_by_token(county)
    opening = CountyOpening.objects.filter(county=county).first()
    return KnownCounty(
        code=county.region.code,
        rows={
            "offices": _offices(units.values()),
            "townships": _townships(units.values()),
            "villages": _villages(units.values()),
            "schools": _schools(county, today),
            "terms": _terms(county),
            "people": _people(units, today),
        },
        units=tuple(_ref(token, unit) for token, unit in units.items()),
        names=names,
        own=own,
        may_change=opening is not None and opening.opened_on is None,
        may_sleep=opening is not None and opening.opened_on is None,
    )


def units_by_token(county: Unit) -> dict[str, Unit]:
    """The county's open units by kind and code; of two with one code the later bears its number."""
    found: dict[str, Unit] = {}
    for unit in _open_units(county=county.pk):
        token = f"{unit.kind}:{code_of(unit)}"
        found[token if token not in found else f"{token}#{unit.pk}"] = unit
    return found


@prepared
def _open_units(*, county: Any) -> QuerySet[Unit]:
    rows = Unit.objects.filter(county_id=county, is_open=True).order_by("pk")
    return rows.select_related(
        "region", "parent__region", "school__township__region", "office_of__region"
    )


def code_of(unit: Unit) -> str:
    """The school's own code, or that of the unit's region."""
    school = getattr(unit, "school", None)
    return school.code if school is not None else unit.region.code


def _ref(token: str, unit: Unit) -> UnitRef:
    at = unit.region.code[:9] if len(unit.region.code) >= 9 else ""
    names = {unit.name, unit.short_name}
    names.add(_KIND_WORDS.get(UnitKind(unit.kind), ""))
    if unit.kind == UnitKind.TOWNSHIP:
        names |= {unit.region.name, township_short(unit.region.name)}
    if unit.kind == UnitKind.VILLAGE:
        names |= {unit.region.name, village_short(unit.region.name)}
    if unit.kind not in (UnitKind.EDUCATION_OFFICE, UnitKind.CENTRAL_SCHOOL, UnitKind.SUPERVISION):
        names.add(code_of(unit))
    if unit.kind == UnitKind.SCHOOL and hasattr(unit, "school"):
        at = unit.school.township.region.code
    also = OFFICE if unit.office_of is not None else ""
    if unit.office_of is not None:
        names.add(f"{township_short(unit.office_of.region.name)}教管办")
    return UnitRef(unit.kind, token, unit.name, frozenset(names - {""}), at, also)


def _offices(units: Any) -> _Rows:
    return {
        (word,): {
            "kind": word,
            "name": unit.name,
            "short": unit.short_name,
            "phone": unit.phone,
            "place": unit.region.name if word == COUNTY else "",
            "code": unit.region.code if word == COUNTY else "",
        }
        for unit in units
        if (word := _KIND_WORDS.get(UnitKind(unit.kind)))
    }


def _townships(units: Any) -> _Rows:
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    field = {
        UnitKind.TOWNSHIP: "government",
        UnitKind.EDUCATION_OFFICE: "office",
        UnitKind.CENTRAL_SCHOOL: "central",
    }
    for unit in units:
        if name := field.get(UnitKind(unit.kind)):
            row = found[(unit.region.code,)]
            row.update(code=unit.region.code, name=unit.region.name)
            row.setdefault(name, unit.name)
        if unit.office_of is not None:
            found[(unit.office_of.region.code,)].setdefault("office", unit.name)
    return {key: row for key, row in found.items() if "government" in row}


def _villages(units: Any) -> _Rows:
    return {
        (unit.region.code,): {
            "code": unit.region.code,
            "name": unit.region.name,
            "township": unit.parent.region.name if unit.parent else "",
        }
        for unit in units
        if unit.kind == UnitKind.VILLAGE
    }


def _schools(county: Unit, today: date) -> _Rows:
    rows = School.objects.filter(unit__county=county, unit__is_open=True).select_related(
        "unit__parent", "township__region"
    )
    villages = _catchments(county, today)
    return {
        (school.code,): {
            "code": school.code,
            "name": school.unit.name,
            "short": school.unit.short_name,
            "township": school.township.region.name,
            "town": school.township.region.code,
            "stage": stage_word(school.code, {stage for _, stage in villages[school.pk]}),
            "boards": YES if school.is_boarding else NO,
            "half_days": YES if school.marks_half_days else NO,
            "under": _under(school.unit),
            "catchment": "、".join(dict.fromkeys(code for code, _ in villages[school.pk])),
            "pairs": " ".join(f"{code}/{stage}" for code, stage in villages[school.pk]),
        }
        for school in rows
    }


def _under(unit: Unit) -> str:
    parent = unit.parent
    return parent.name if parent and parent.kind == UnitKind.CENTRAL_SCHOOL else DIRECT


def _catchments(county: Unit, today: date) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    rows = Catchment.objects.filter(living, village__county=county)
    for school, code, stage in rows.values_list("school_id", "village__region__code", "stage"):
        found[school].append((code, stage))
    return found


def _terms(county: Unit) -> _Rows:
    words = {TermName.AUTUMN.value: AUTUMN, TermName.SPRING.value: SPRING}
    return {
        (str(term.school_year), words[term.name]): {
            "year": str(term.school_year),
            "term": words[term.name],
            "registration": term.registration_day.isoformat(),
            "first": term.first_day.isoformat(),
            "last": term.last_day.isoformat(),
        }
        for term in SchoolTerm.objects.filter(county=county)
    }


def _people(units: dict[str, Unit], today: date) -> _Rows:
    token_of = {unit.pk: token for token, unit in units.items()}
    living = held_on(today) | Q(starts_on__gt=today)
    posts = Post.objects.filter(living, unit__in=list(token_of)).select_related("person")
    return {
        (post.person.username, post.role, token_of[post.unit_id]): {
            "name": post.person.name,
            "login": post.person.username,
            "role": post.role,
            "unit": token_of[post.unit_id],
            "starts": post.starts_on.isoformat(),
        }
        for post in posts
    }
