"""Writes schools, classes, class posts, children, guardians and enrolments."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from foundation.accounts.models import Post, Unit
from students.roster.imports.reading.pupil_row import ClassKey
from students.roster.models import (
    Child,
    ClassPost,
    Enrolment,
    Guardian,
    ImportBatch,
    School,
    SchoolClass,
)
from students.roster.rules.names import initials_of, name_key_of


def add_school(unit: Unit, code: str, township: Unit, **more: Any) -> School:
    """Make a unit of kind school a school with its ministry code."""
    return School.objects.create(unit=unit, code=code, township=township, **more)


def set_school_facts(unit: Unit, facts: Mapping[str, bool | int]) -> None:
    """Write how the school works from now on: 寄宿, 上下午分别点名, and in which township it is.

    A case that was opened keeps its township.

    A roll that was called keeps its sessions: they tell how the school marked that day.
    """
    School.objects.filter(unit=unit).update(**facts)


def open_class(school: School, stage: str, entry_year: int, number: int) -> SchoolClass:
    """Return the class with this school, stage, entry year and number; make it if it is new."""
    row, _ = SchoolClass.objects.get_or_create(
        school=school, stage=stage, entry_year=entry_year, number=number
    )
    if row.never_began:
        row.closed_on = None
        row.save(update_fields=["closed_on"])
    return row


def open_classes(
    wanted: Collection[tuple[int, ClassKey]], batch: ImportBatch
) -> dict[tuple[int, ClassKey], int]:
    """Return the classes of many schools by school and key; opens the missing ones for the batch.

    A county's first sheet opens 2,000 classes, so they are inserted in one statement. A class that
    was taken back, or closed since the preview, is opened again: a person said that it is new.
    """
    rows = [
        SchoolClass(
            school_id=school_id, stage=stage, entry_year=year, number=number, opened_by=batch
        )
        for school_id, (stage, year, number) in sorted(wanted)
    ]
    SchoolClass.objects.bulk_create(rows, ignore_conflicts=True)
    found = {
        (row.school_id, (row.stage, row.entry_year, row.number)): row
        for row in SchoolClass.objects.filter(school_id__in={school_id for school_id, _ in wanted})
    }
    closed = ((found[key].pk, found[key].closed_on) for key in wanted)
    again = [pk for pk, closed_on in closed if closed_on and closed_on <= batch.as_of]
    SchoolClass.objects.filter(pk__in=again).update(closed_on=None, opened_by=batch)
    return {key: row.pk for key, row in found.items()}


def assign_class(
    post: Post, school_class: SchoolClass, starts_on: date, ends_on: date | None = None
) -> ClassPost:
    """Assign a class to a post from a day on: as class teacher, or for some days as substitute."""
    return ClassPost.objects.create(
        post=post, school_class=school_class, starts_on=starts_on, ends_on=ends_on
    )


@transaction.atomic
def add_child(
    county: Unit,
    name: str,
    *,
    registry_no: str = "",
    id_no: str = "",
    address: str = "",
    guardians: tuple[dict[str, Any], ...] = (),
    **facts: Any,
) -> Child:
    """Write a child with its guardians; each guardian is a dict of name, relation and phone."""
    child = Child(county=county, name=name, **facts)
    child.name_key, child.initials = name_key_of(name), initials_of(name)
    child.registry_no, child.id_no, child.address = registry_no, id_no, address
    child.save()
    for position, facts_of_guardian in enumerate(guardians, start=1):
        put_guardian(child, position, **facts_of_guardian)
    return child


def put_guardian(
    child: Child,
    position: int,
    *,
    name: str,
    phone: str = "",
    relation: str = "",
    is_guardian: bool = True,
) -> Guardian:
    """Write the first or second family member of a child."""
    guardian = Guardian.objects.filter(child=child, position=position).first() or Guardian(
        child=child, position=position
    )
    guardian.name, guardian.relation, guardian.is_guardian = name, relation, is_guardian
    if guardian.phone != phone:
        guardian.phone = phone
    guardian.save()
    return guardian


def enrol(child: Child, school_class: SchoolClass, starts_on: date, seat_no: str = "") -> Enrolment:
    """Enrol a child in a class from a day on; raises IntegrityError when enrolments overlap."""
    return Enrolment.objects.create(
        child=child,
        school_id=school_class.school_id,
        school_class=school_class,
        starts_on=starts_on,
        seat_no=seat_no,
    )
