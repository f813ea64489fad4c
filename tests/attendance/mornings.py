"""Short words for the tests of a school's morning: more classes, and pupils in them."""

from typing import Any

from students.roster import actions as roster
from students.roster.models import Child, SchoolClass
from tests.attendance.help import WED
from tests.cast import Side


def open_class(side: Side, number: int, entry_year: int = 2024) -> SchoolClass:
    """One more class of the side's school, without pupils."""
    return roster.open_class(side.school, "2", entry_year, number)


def add_pupil(side: Side, school_class: SchoolClass, name: str, **facts: Any) -> Child:
    """A pupil of a class since the beginning of the week."""
    county = side.township.county
    assert county is not None
    facts.setdefault("home_village", side.village)
    facts.setdefault("home_township", side.township)
    child = roster.add_child(county, name, **facts)
    roster.enrol(child, school_class, WED.replace(day=8))
    return child
