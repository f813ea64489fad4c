"""The cast: one county, two townships, their villages, schools and people, and one of each role.

The next township's people must see nothing of ours; most tests of scope need nothing else.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foundation.accounts import actions as accounts
from foundation.accounts.models import Person, Post, Region, Unit, UnitKind
from foundation.accounts.querysets import viewer_on
from foundation.accounts.viewer import Viewer
from students.calendars.actions import TermEntry, seed_state_council, seed_terms
from students.calendars.models import TermName
from students.roster.models import Child, School, SchoolClass
from students.roster.pupils.acts.pupils import (
    add_child,
    add_school,
    assign_class,
    enrol,
    open_class,
)

LONG_AGO = date(2024, 9, 1)
PASSWORD = "correct-horse-battery"

# role → (unit of the cast, its login)
ROLES = {
    "class_teacher": "school",
    "registrar": "school",
    "head_teacher": "school",
    "central_school": "central_school",
    "village_cadre": "village",
    "township_officer": "township",
    "township_leader": "township",
    "education_office": "office",
    "county_desk": "county",
    "supervisor": "supervision",
    "bureau_leader": "county",
    "administrator": "county",
    "security_officer": "county",
    "auditor": "county",
}


AUTUMN, SPRING = TermName.AUTUMN, TermName.SPRING
TERMS = (
    (2025, AUTUMN, date(2025, 9, 1), date(2026, 1, 16), date(2025, 8, 31)),
    (2025, SPRING, date(2026, 3, 2), date(2026, 7, 10), date(2026, 3, 1)),
    (2026, AUTUMN, date(2026, 9, 1), date(2027, 1, 15), date(2026, 8, 31)),
)


@dataclass
class Side:
    """A township with its village, offices, school and class."""

    township: Unit
    office: Unit
    central_school: Unit
    village: Unit
    school: School
    school_class: SchoolClass
    people: dict[str, Post] = field(default_factory=dict)


@dataclass
class Cast:
    """Everybody; ``here`` is our township, ``there`` the next one."""

    county: Unit
    supervision: Unit
    here: Side
    there: Side

    def person(self, role: str, there: bool = False) -> Person:
        """The one who holds the role."""
        return self.post(role, there).person

    def post(self, role: str, there: bool = False) -> Post:
        """The post of the role, ours or the next township's."""
        return (self.there if there else self.here).people[role]

    def viewer(self, role: str, day: date = date(2025, 9, 12), there: bool = False) -> Viewer:
        """The role as the reader of a page on a day."""
        return viewer_on(self.person(role, there), day)


def make_cast() -> Cast:
    """A county with its calendar of the school year 2025–2026 and everybody in post."""
    accounts.load_regions(_regions(), LONG_AGO)
    region = {r.code: r for r in Region.objects.all()}
    county = accounts.add_unit(UnitKind.COUNTY, "甲县教育体育局", region["530999"], None)
    supervision = accounts.add_unit(UnitKind.SUPERVISION, "甲县督导室", region["530999"], county)
    _make_calendar(county)
    here = _make_side(county, region, "101", "东")
    there = _make_side(county, region, "102", "西")
    cast = Cast(county, supervision, here, there)
    _fill_posts(cast)
    return cast


def make_child(
    side: Side, name: str = "张小明", born_on: date = date(2012, 5, 6), **facts: Any
) -> Child:
    """A child of the side's village, enrolled in its class since the school year began."""
    facts.setdefault("home_village", side.village)
    facts.setdefault("home_township", side.township)
    county = side.township.county
    assert county is not None
    child = add_child(county, name, born_on=born_on, **facts)
    enrol(child, side.school_class, date(2025, 9, 1))
    return child


def _regions() -> list[Any]:
    codes = ["530999", "530999101", "530999101201", "530999102", "530999102201"]
    return [accounts.RegionRow(code, f"区划{code}", code[:-3]) for code in codes]


def _make_calendar(county: Unit) -> None:
    seed_state_council(county, [2025, 2026])
    seed_terms(county, [TermEntry(*term) for term in TERMS])


def _make_side(county: Unit, region: dict[str, Region], town: str, word: str) -> Side:
    at = region[f"530999{town}"]
    township = accounts.add_unit(UnitKind.TOWNSHIP, f"{word}镇人民政府", at, county)
    office = accounts.add_unit(UnitKind.EDUCATION_OFFICE, f"{word}镇教管办", at, township)
    central = accounts.add_unit(UnitKind.CENTRAL_SCHOOL, f"{word}镇中心校", at, county)
    home = region[f"530999{town}201"]
    village = accounts.add_unit(UnitKind.VILLAGE, f"{word}村村民委员会", home, township)
    unit = accounts.add_unit(UnitKind.SCHOOL, f"{word}镇中学", home, central)
    school = add_school(unit, f"3153000{town}", township)
    school_class = open_class(school, "2", 2024, 2)
    return Side(township, office, central, village, school, school_class)


def _fill_posts(cast: Cast) -> None:
    for there, side in ((False, cast.here), (True, cast.there)):
        for role, place in ROLES.items():
            unit = _unit(cast, side, place)
            login = f"{role}{'_there' if there else ''}"
            if there and place in ("county", "supervision"):
                side.people[role] = cast.here.people[role]
                continue
            person = Person.objects.create_person(login, f"{role}甲")
            side.people[role] = accounts.grant_post(person, role, unit, LONG_AGO, None)
        assign_class(side.people["class_teacher"], side.school_class, LONG_AGO)


def _unit(cast: Cast, side: Side, place: str) -> Unit:
    if place in ("county", "supervision"):
        unit: Unit = getattr(cast, place)
        return unit
    if place == "school":
        return side.school.unit
    own: Unit = getattr(side, place)
    return own
