"""What the register holds of everybody a sheet names, read in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db.models import Q

from foundation.accounts.models import Unit, UnitKind
from foundation.protected import digest
from students.roster.checking import ClassKey, Row
from students.roster.models import Child, Enrolment, Guardian, School

CHUNK = 5_000  # values of one IN list


@dataclass(slots=True)
class Known:
    """A child of the register, with the spell in force on the day and whether one comes later."""

    child: Child
    enrolment: Enrolment | None = None
    later_from: date | None = None
    guardians: dict[int, Guardian] = field(default_factory=dict)

    @property
    def class_key(self) -> ClassKey | None:
        """The class the child sits in on the day."""
        if self.enrolment is None:
            return None
        at = self.enrolment.school_class
        return at.stage, at.entry_year, at.number


@dataclass(frozen=True, slots=True)
class Home:
    """The village and township units of a hukou code; either may be unknown to the county."""

    village_id: int | None = None
    village_name: str = ""
    township_id: int | None = None


@dataclass(slots=True)
class Register:
    """A snapshot of the register for one school, one day and the children a sheet names."""

    school: School
    day: date
    known: dict[int, Known]
    by_registry: dict[str, Known]
    by_id: dict[str, Known]
    homes: dict[str, Home]

    def here(self) -> Iterator[Known]:
        """The children enrolled in the school on the day."""
        for known in self.known.values():
            if known.enrolment and known.enrolment.school_id == self.school.pk:
                yield known

    def home_of(self, code: str) -> Home:
        """Whose the hukou code is; a village not known here may still lie in a known township."""
        return self.homes.get(code) or self.homes.get(code[:9]) or Home()


def id_digest(row: Row) -> str:
    """The digest under which the row's ID number is found; empty without one."""
    return digest(row.values.get("id_no", ""), "id")


def read_register(
    school: School, day: date, rows: Iterable[Row], *, lock: bool = False
) -> Register:
    """Read everybody the rows may mean; ``lock`` holds the children until the transaction ends."""
    rows = list(rows)
    wanted = _named_by_number(school, rows)
    spells = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    wanted |= set(spells.filter(school=school).values_list("child_id", flat=True))
    known: dict[int, Known] = {}
    for ids in _chunks(sorted(wanted)):
        children = Child.objects.filter(pk__in=ids).order_by("pk")
        if lock:
            children = children.select_for_update()
        known |= {child.pk: Known(child) for child in children}
        _add_spells(known, spells.filter(child_id__in=ids).select_related("school_class"), day)
        for guardian in Guardian.objects.filter(child_id__in=ids):
            known[guardian.child_id].guardians[guardian.position] = guardian
    return Register(
        school=school,
        day=day,
        known=known,
        by_registry={k.child.registry_no: k for k in known.values() if k.child.registry_no},
        by_id={k.child.id_no_digest: k for k in known.values() if k.child.id_no_digest},
        homes=_homes(school),
    )


def _named_by_number(school: School, rows: list[Row]) -> set[int]:
    county = Child.objects.filter(county_id=school.unit.county_id)
    found: set[int] = set()
    numbers = {row.values["registry_no"] for row in rows if row.values.get("registry_no")}
    digests = {value for row in rows if (value := id_digest(row))}
    for chunk in _chunks(sorted(numbers)):
        found.update(county.filter(registry_no__in=chunk).values_list("pk", flat=True))
    for chunk in _chunks(sorted(digests)):
        found.update(county.filter(id_no_digest__in=chunk).values_list("pk", flat=True))
    return found


def _add_spells(known: dict[int, Known], spells: Iterable[Enrolment], day: date) -> None:
    for spell in spells:
        row = known[spell.child_id]
        if spell.starts_on <= day:
            row.enrolment = spell
        elif row.later_from is None or spell.starts_on < row.later_from:
            row.later_from = spell.starts_on


def _homes(school: School) -> dict[str, Home]:
    """Hukou code → units, of every village and township of the county: one query."""
    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    units = Unit.objects.filter(
        county_id=school.unit.county_id, kind__in=kinds, is_open=True
    ).values_list("kind", "region__code", "pk", "parent_id", "name")
    homes: dict[str, Home] = {}
    for kind, code, pk, parent_id, name in units:
        if kind == UnitKind.TOWNSHIP:
            homes[code] = Home(township_id=pk)
        else:
            homes[code] = Home(village_id=pk, village_name=name, township_id=parent_id)
    return homes


def _chunks(values: list) -> Iterator[list]:
    source = iter(values)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
