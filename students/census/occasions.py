"""Reads when and where a school registers, and which school a village belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from foundation.accounts.models import Unit, UnitKind
from students.calendars.models import SchoolTerm, TermName
from students.census.models import Catchment, RegistrationDay
from students.roster.models import School, SchoolClass


@dataclass(frozen=True, slots=True)
class Occasion:
    """The registration of a school: its day, place and hours. The day is None if unknown."""

    day: date | None
    place: str
    hours: str = ""


def entry_year_on(day: date) -> int:
    """The school year whose entry is under way: from 1 March on that of the coming autumn."""
    return day.year if day.month >= 3 else day.year - 1


def occasion_of(school: School, school_year: int) -> Occasion:
    """The registration that the school has set, or the county's 报到注册日 at the school."""
    return occasions_of([school], school_year)[school.pk]


def occasions_of(schools: Iterable[School], school_year: int) -> dict[int, Occasion]:
    """The registration of each school: two queries."""
    schools = list(schools)
    own = {
        row.school_id: Occasion(row.day, row.place, row.hours)
        for row in RegistrationDay.objects.filter(school__in=schools, school_year=school_year)
    }
    counties = {school.unit.county_id for school in schools}
    days = dict(
        SchoolTerm.objects.filter(
            county__in=counties, school_year=school_year, name=TermName.AUTUMN
        ).values_list("county_id", "registration_day")
    )
    return {
        school.pk: own.get(school.pk)
        or Occasion(days.get(school.unit.county_id or 0), school.unit.name)
        for school in schools
    }


def catchment_school(village_id: int | None, stage: str, day: date) -> School | None:
    """The school to which a village belongs on a day; None where none is recorded."""
    if village_id is None:
        return None
    rows = Catchment.objects.on(day).filter(village_id=village_id, stage=stage)
    row = rows.select_related("school__unit", "school__township").first()
    return row.school if row else None


def villages_of(county_id: int) -> dict[str, Unit]:
    """The villages of the county by name; a name that two villages share is omitted."""
    names: dict[str, Unit | None] = {}
    rows = Unit.objects.filter(county_id=county_id, kind=UnitKind.VILLAGE, is_open=True)
    for unit in rows.select_related("parent"):
        for name in {unit.name, unit.short_name, unit.name.removesuffix("村民委员会")} - {""}:
            names[name] = None if name in names else unit
    return {name: unit for name, unit in names.items() if unit is not None}


def entry_classes(school: School, stage: str, school_year: int) -> list[SchoolClass]:
    """The classes that the children of a school year enter."""
    rows = SchoolClass.objects.filter(school=school, stage=stage, entry_year=school_year)
    return list(rows.filter(closed_on=None).order_by("number"))


def juniors_of(county_id: int | None) -> QuerySet[School]:
    """The county's schools with a class of junior high: those to which grade 6 goes."""
    taught = SchoolClass.objects.filter(stage=SchoolClass.JUNIOR, closed_on=None)
    rows = School.objects.filter(unit__county_id=county_id, pk__in=taught.values("school_id"))
    return rows.select_related("unit").order_by("unit__name", "pk")
