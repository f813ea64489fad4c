"""Makes the county's regions, units, schools and classes by the acts of their apps."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from foundation.accounts.actions import add_unit, load_regions, seed_parameters, set_parameter
from foundation.accounts.models import Region, Unit, UnitKind
from foundation.accounts.regions import RegionRow, read_rows
from kongchuo.demo.county.chance import pick
from kongchuo.demo.county.dates import CALENDAR_YEARS, REGIONS_SINCE, SCHOOL_YEAR, TERMS
from kongchuo.demo.county.schools import ClassPlan, SchoolPlan
from students.calendars.actions import seed_state_council, seed_terms
from students.roster.models import School, SchoolClass
from students.roster.pupils.acts.pupils import add_school, open_class

COUNTY_CODE = "530922"
PHONE = "0883-0000000"  # no number of anybody
_LIST = Path(__file__).parents[1] / "data" / "regions_530922.csv"
# 临沧监狱 and 幸福农场 are listed as townships but have no office, school or committee.
_WITHOUT_OFFICES = frozenset({"530922401", "530922501"})
_PEOPLES = re.compile("(彝族|布朗族|傣族)+")


@dataclass(slots=True)
class Town:
    """A township with its region, its unit and its villages by code."""

    region: Region
    short: str
    township: Unit
    office: Unit | None = None
    central_school: Unit | None = None
    villages: dict[str, Unit] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.region.code[-3:]

    @property
    def has_people(self) -> bool:
        """Whether officers, cadres and children live here."""
        return self.office is not None


@dataclass(slots=True)
class Places:
    """All places of the county by a short key."""

    county: Unit
    supervision: Unit
    towns: dict[str, Town] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)  # by their invented word
    classes: dict[tuple[str, int, int], SchoolClass] = field(default_factory=dict)

    def inhabited(self) -> list[Town]:
        """The twelve townships proper."""
        return [town for town in self.towns.values() if town.has_people]


def listed_regions() -> list[RegionRow]:
    """The real list of 云县: 12 townships, 临沧监狱, 幸福农场, 196 villages and communities."""
    with _LIST.open(encoding="utf-8", newline="") as handle:
        return read_rows(csv.DictReader(handle))


def make_places(classes: Iterable[ClassPlan]) -> Places:
    """Regions, calendar, units, schools and classes."""
    rows = listed_regions()
    load_regions(rows, REGIONS_SINCE)
    region = {found.code: found for found in Region.objects.all()}
    county_region = region[COUNTY_CODE]
    county = add_unit(
        UnitKind.COUNTY,
        "云县教育体育局",
        county_region,
        None,
        short_name="县教育局",
        phone=PHONE,
    )
    supervision = add_unit(
        UnitKind.SUPERVISION, "云县人民政府教育督导室", county_region, county, short_name="督导室"
    )
    places = Places(county, supervision)
    # Whoever tries the demo has no authenticator app at hand.
    set_parameter(county, "S56", [], REGIONS_SINCE, "演示县不要求动态码")
    seed_parameters(county, REGIONS_SINCE)
    seed_state_council(county, CALENDAR_YEARS)
    seed_terms(county, TERMS)
    for row in rows:
        if len(row.code) == 9:
            places.towns[row.code[-3:]] = _make_town(county, region[row.code])
    for row in rows:
        if len(row.code) == 12:
            _make_village(places.towns[row.code[6:9]], region[row.code])
    for one in classes:
        _make_class(places, one)
    return places


def _make_town(county: Unit, region: Region) -> Town:
    name, short = region.name, _PEOPLES.sub("", region.name)
    if region.code in _WITHOUT_OFFICES:
        return Town(region, short, add_unit(UnitKind.TOWNSHIP, name, region, county))
    township = add_unit(
        UnitKind.TOWNSHIP, f"{name}人民政府", region, county, short_name=f"{short}政府"
    )
    office = add_unit(
        UnitKind.EDUCATION_OFFICE,
        f"{name}教育管理办公室",
        region,
        township,
        short_name=f"{short}教管办",
    )
    central = add_unit(
        UnitKind.CENTRAL_SCHOOL, f"{name}中心校", region, county, short_name=f"{short}中心校"
    )
    return Town(region, short, township, office, central)


def _make_village(town: Town, region: Region) -> None:
    town.villages[region.code] = add_unit(
        UnitKind.VILLAGE, region.name, region, town.township, short_name=village_short(region.name)
    )


def village_short(name: str) -> str:
    """永胜村 of 永胜村民委员会, 爱华社区 of 爱华社区居民委员会."""
    for ending in ("社区村民委员会", "社区居民委员会"):
        if name.endswith(ending):
            return name.removesuffix(ending) + "社区"
    return name.removesuffix("民委员会")


def _make_class(places: Places, one: ClassPlan) -> None:
    word = one.school.word
    if word not in places.schools:
        places.schools[word] = _make_school(places.towns[one.school.town], one.school)
    places.classes[one.key] = open_class(
        places.schools[word], one.stage, one.entry_year(SCHOOL_YEAR), one.number
    )


def _make_school(town: Town, school: SchoolPlan) -> School:
    name = f"{town.short}{school.word}{school.suffix}"
    where = pick(list(town.villages.values()), "school stands in", school.word)
    unit = add_unit(
        UnitKind.SCHOOL,
        name,
        where.region,
        town.central_school,
        short_name=f"{school.word}{'小学' if school.suffix == '小学' else school.suffix[-2:]}",
    )
    return add_school(
        unit,
        school.code,
        town.township,
        is_boarding=school.boards,
        marks_half_days=school.half_days,
    )
