"""Reads a school's classes around 1 September, and who graduates from them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from students.calendars.models import SchoolTerm, TermName
from students.census.final_grades import assumed_last_day, is_final_grade, names_around
from students.census.models import GraduationBatch
from students.roster.models import Enrolment, School, SchoolClass
from students.roster.models.querysets import in_force
from students.roster.rules.grades import is_at_school


@dataclass(frozen=True, slots=True)
class ClassYear:
    """A class in a school year: its name before and after 1 September, and its pupils."""

    school_class: SchoolClass
    before: str
    after: str
    pupils: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class Graduates:
    """Who would graduate on the day, and who would not, with the reason in words."""

    day: date
    enrolments: list[Enrolment] = field(default_factory=list)
    left_out: list[tuple[Enrolment, str]] = field(default_factory=list)


def last_day_of(county_id: int | None, school_year: int) -> date:
    """The last teaching day of the school year; 15 July where the term is not entered."""
    term = SchoolTerm.objects.filter(
        county_id=county_id, school_year=school_year, name=TermName.SPRING
    ).first()
    return term.last_day if term else assumed_last_day(school_year)


def class_years(classes: QuerySet[SchoolClass], school_year: int, day: date) -> list[ClassYear]:
    """The classes taught in the school year, with their pupils on a day of it: one query."""
    here = Q(
        Q(enrolments__ends_on=None) | Q(enrolments__ends_on__gte=day),
        enrolments__starts_on__lte=day,
        enrolments__voided_on__isnull=True,
    )
    rows = classes.annotate(pupils=Count("enrolments", filter=here)).select_related("school__unit")
    ordered = rows.order_by("school__unit__name", "stage", "-entry_year", "number")
    return [
        _class_year(row, school_year)
        for row in ordered
        if is_at_school(row.stage, row.entry_year, school_year)
    ]


def _class_year(row: Any, school_year: int) -> ClassYear:
    before, after = names_around(row.stage, row.entry_year, row.number, school_year)
    is_last = is_final_grade(row.stage, row.entry_year, school_year)
    return ClassYear(row, before, after, row.pupils, is_last)


def graduates_of(school: School, school_year: int, left_out: dict[int, str]) -> Graduates:
    """The final classes' pupils on the last day; ``left_out`` maps a child to why it stays."""
    day = last_day_of(school.unit.county_id, school_year)
    found = Graduates(day)
    rows = Enrolment.objects.filter(in_force(day), school=school).select_related(
        "child", "school_class"
    )
    for enrolment in rows.order_by("school_class__number", "child__name_key"):
        if is_final_grade(
            enrolment.school_class.stage, enrolment.school_class.entry_year, school_year
        ):
            words = left_out.get(enrolment.child_id) or _words_of(enrolment)
            if words:
                found.left_out.append((enrolment, words))
            else:
                found.enrolments.append(enrolment)
    return found


def _words_of(enrolment: Enrolment) -> str:
    return f"已登记于{enrolment.ends_on:%Y-%m-%d}离校" if enrolment.ends_on else ""


def graduation_of(school: School, school_year: int) -> GraduationBatch | None:
    """The standing graduation of a school and year."""
    rows = GraduationBatch.objects.standing().filter(school=school, school_year=school_year)
    return rows.first()


def untouched(batch: GraduationBatch) -> bool:
    """Whether nothing has changed for any of its children since: no new enrolment, no new end."""
    rows = batch.rows.all()
    changed = rows.exclude(enrolment__ends_on=batch.day)
    moved_on = rows.filter(
        child__enrolments__starts_on__gt=batch.day, child__enrolments__voided_on__isnull=True
    )
    return not changed.exists() and not moved_on.exists()
