"""Writes pupils in bulk with the rows of roster.add_child and enrol, in three statements.

8,000 acts of five statements each would take minutes.
"""

from collections.abc import Callable, Iterable
from datetime import date

from foundation.accounts.models import Unit
from kongchuo.demo.county.places import Places
from kongchuo.demo.county.pupils import DemoPupil, Homes
from students.roster.models import Child, Enrolment, Guardian
from students.roster.rules.codes import RELATIONS
from students.roster.rules.names import initials_of, name_key_of

BATCH = 1_000
Tick = Callable[[int], None]


def homes_of(places: Places) -> Homes:
    """The villages in which children may live."""
    return Homes(
        {
            town.number: {
                code: f"{town.short}{village.short_name}" for code, village in town.villages.items()
            }
            for town in places.inhabited()
        }
    )


def enrol_all(pupils: Iterable[DemoPupil], places: Places, tick: Tick) -> None:
    """Write the pupils with their families and their places in class."""
    villages = {
        code: (village, town.township)
        for town in places.inhabited()
        for code, village in town.villages.items()
    }
    batch: list[DemoPupil] = []
    for pupil in pupils:
        batch.append(pupil)
        if len(batch) == BATCH:
            _write(batch, places, villages, tick)
            batch = []
    _write(batch, places, villages, tick)


def _write(
    pupils: list[DemoPupil], places: Places, villages: dict[str, tuple[Unit, Unit]], tick: Tick
) -> None:
    children = Child.objects.bulk_create(_child(one, places, villages) for one in pupils)
    pairs = list(zip(pupils, children, strict=True))
    Guardian.objects.bulk_create(row for one, child in pairs for row in _guardians(one, child))
    Enrolment.objects.bulk_create(_enrolment(one, child, places) for one, child in pairs)
    tick(len(pupils))


def _child(one: DemoPupil, places: Places, villages: dict[str, tuple[Unit, Unit]]) -> Child:
    village, township = villages.get(one.home, (None, None))
    child = Child(
        county=places.county,
        name=one.name,
        name_key=name_key_of(one.name),
        initials=initials_of(one.name),
        sex=one.sex,
        born_on=one.born_on,
        ethnicity=one.ethnicity,
        home_region=one.home,
        home_village=village,
        home_township=township,
        boards=one.boards,
    )
    child.registry_no, child.id_no, child.address = one.registry_no, one.id_no, one.address
    return child


def _guardians(one: DemoPupil, child: Child) -> Iterable[Guardian]:
    for position, relative in enumerate(one.relatives, start=1):
        guardian = Guardian(
            child=child,
            position=position,
            name=relative.name,
            relation=RELATIONS[relative.relation],
        )
        guardian.phone = relative.phone
        yield guardian


def _enrolment(one: DemoPupil, child: Child, places: Places) -> Enrolment:
    school_class = places.classes[one.class_key]
    return Enrolment(
        child=child,
        school_id=school_class.school_id,
        school_class=school_class,
        starts_on=date(school_class.entry_year, 9, 1),
        seat_no=f"{one.seat:02d}",
    )
