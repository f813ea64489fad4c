"""Short words for the tests of a school's morning: more classes, and pupils in them."""

from typing import Any

from students.roster.models import Child, SchoolClass
from students.roster.pupils.acts import pupils
from students.roster.pupils.acts.pupils import add_child, enrol
from tests.attendance.help import WED
from tests.cast import Side


def open_class(side: Side, number: int, entry_year: int = 2024) -> SchoolClass:
    """One more class of the side's school, without pupils."""
    return pupils.open_class(side.school, "2", entry_year, number)


def add_pupil(side: Side, school_class: SchoolClass, name: str, **facts: Any) -> Child:
    """A pupil of a class since the beginning of the week."""
    county = side.township.county
    assert county is not None
    facts.setdefault("home_village", side.village)
    facts.setdefault("home_township", side.township)
    child = add_child(county, name, **facts)
    enrol(child, school_class, WED.replace(day=8))
    return child
