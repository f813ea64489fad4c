"""What the register holds of everybody a sheet names, read in a fixed number of queries.

A county's sheet names 100,000 children: they are read as plain values, without a model instance a
row, and the same plain rows are what the writer puts into COPY.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from foundation.accounts.models import Unit, UnitKind
from foundation.bulk import each
from foundation.protected import digest
from students.roster.imports.row_checks import ClassKey, Place, Row
from students.roster.models import Child, Enrolment, FormerNumber, Guardian, ImportBatch, School
from students.roster.rules.names import initials_of, name_key_of

ID_NO = Child.id_no.column_of(Child)
ADDRESS = Child.address.column_of(Child)
PHONE = Guardian.phone.column_of(Guardian)
UNNAMED_GUARDIAN = "家长"


@dataclass(slots=True)
class Person:
    """A row of the table of children."""

    pk: int
    uuid: str
    registry_no: str = ""
    name: str = ""
    name_key: str = ""
    initials: str = ""
    sex: str = ""
    born_on: date | None = None
    ethnicity: str = ""
    id_type: str = "1"
    id_no_sealed: str = ""
    id_no_digest: str = ""
    home_region: str = ""
    home_village_id: int | None = None
    home_township_id: int | None = None
    address_sealed: str = ""
    address_digest: str = ""
    boards: bool = False

    @property
    def id_no(self) -> str:
        """The ID number in the clear."""
        return ID_NO.open(self.id_no_sealed, self.uuid)

    @id_no.setter
    def id_no(self, plain: str) -> None:
        self.id_no_sealed, self.id_no_digest = ID_NO.seal(plain, self.uuid), ID_NO.digest(plain)

    @property
    def address(self) -> str:
        """The address in the clear."""
        return ADDRESS.open(self.address_sealed, self.uuid)

    @address.setter
    def address(self, plain: str) -> None:
        self.address_sealed = ADDRESS.seal(plain, self.uuid)
        self.address_digest = ADDRESS.digest(plain)

    def take(self, facts: Mapping[str, Any]) -> None:
        """Set these fields; a name brings its keys."""
        for name, value in facts.items():
            setattr(self, name, value)
        if "name" in facts:
            self.name_key, self.initials = name_key_of(self.name), initials_of(self.name)


@dataclass(slots=True)
class Relative:
    """A row of the table of guardians."""

    pk: int
    uuid: str
    child_id: int
    position: int
    name: str = UNNAMED_GUARDIAN
    relation: str = ""
    is_guardian: bool = True
    phone_sealed: str = ""
    phone_digest: str = ""

    @property
    def phone(self) -> str:
        """The telephone number in the clear."""
        return PHONE.open(self.phone_sealed, self.uuid)

    @phone.setter
    def phone(self, plain: str) -> None:
        self.phone_sealed, self.phone_digest = PHONE.seal(plain, self.uuid), PHONE.digest(plain)

    def take(self, facts: Mapping[str, Any]) -> None:
        """Set these fields."""
        for name, value in facts.items():
            setattr(self, name, value)


@dataclass(slots=True)
class Spell:
    """A row of the table of enrolments."""

    pk: int
    child_id: int
    school_id: int
    school_class_id: int
    starts_on: date
    ends_on: date | None = None
    seat_no: str = ""
    class_key: ClassKey | None = None


PERSON_FIELDS = tuple(one.name for one in fields(Person))
RELATIVE_FIELDS = tuple(one.name for one in fields(Relative))
SPELL_FIELDS = tuple(one.name for one in fields(Spell) if one.name != "class_key")
_CLASS_FIELDS = ("school_class__stage", "school_class__entry_year", "school_class__number")
values_of_person: Callable[[Person], tuple[Any, ...]] = attrgetter(*PERSON_FIELDS)
values_of_relative: Callable[[Relative], tuple[Any, ...]] = attrgetter(*RELATIVE_FIELDS)
values_of_spell: Callable[[Spell], tuple[Any, ...]] = attrgetter(*SPELL_FIELDS)


@dataclass(slots=True)
class Known:
    """A child of the register, with the spell in force on the day and whether one comes later."""

    child: Person
    enrolment: Spell | None = None
    later_from: date | None = None
    guardians: dict[int, Relative] = field(default_factory=dict)
    former: tuple[str, ...] = ()  # registry numbers before the present one, of those asked for

    @property
    def class_key(self) -> ClassKey | None:
        """The class the child sits in on the day."""
        return self.enrolment.class_key if self.enrolment else None


@dataclass(frozen=True, slots=True)
class Home:
    """The village and township units of a hukou code; either may be unknown to the county."""

    village_id: int | None = None
    village_name: str = ""
    township_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The schools an import may write to, and the day of which the sheet is true.

    ``own`` is the code of the only school of a school's sheet; the county's has none, and its desk
    sees both schools of a move. A school never sees another's.
    """

    county_id: int
    day: date
    codes: Mapping[str, int]
    names: Mapping[int, str]
    own: str = ""

    @property
    def sees_all(self) -> bool:
        """Whether it is the county's."""
        return not self.own

    @property
    def place(self) -> Place:
        """What the checks of a row ask."""
        return Place(self.codes, self.day, self.own)


def scope_of(batch: ImportBatch) -> Scope:
    """The school of a batch, or the open schools of the county."""
    schools = School.objects.select_related("unit").order_by("unit_id")
    if batch.school_id:
        rows = list(schools.filter(pk=batch.school_id))
        county_id = rows[0].unit.county_id
    else:
        county_id = batch.uploaded_by.unit_id
        rows = list(schools.filter(unit__county_id=county_id, unit__is_open=True))
    return Scope(
        county_id=county_id or 0,
        day=batch.as_of,
        codes={row.code: row.pk for row in rows},
        names={row.pk: str(row.unit) for row in rows},
        own=rows[0].code if batch.school_id else "",
    )


@dataclass(slots=True)
class Register:
    """A snapshot of the register for some schools, one day and the children a sheet names."""

    scope: Scope
    schools: frozenset[int]  # those that occur in the sheet
    known: dict[int, Known]
    by_registry: dict[str, Known]
    by_id: dict[str, Known]
    homes: dict[str, Home]

    def here(self) -> Iterator[Known]:
        """The children enrolled on the day in one of the schools."""
        for known in self.known.values():
            if known.enrolment and known.enrolment.school_id in self.schools:
                yield known

    def home_of(self, code: str) -> Home:
        """Whose the hukou code is; a village not known here may still lie in a known township."""
        return self.homes.get(code) or self.homes.get(code[:9]) or NOWHERE


NOWHERE = Home()


def id_digest(row: Row) -> str:
    """The digest under which the row's ID number is found; empty without one."""
    if row.id_digest is None:
        number = row.values.get("id_no")
        row.id_digest = digest(number, "id") if number else ""
    return row.id_digest


class RegisterReader:
    """Reads everybody whom the rows of a sheet may mean, in a fixed number of queries.

    ``lock`` holds the children until the transaction ends.
    """

    def __init__(self, scope: Scope, *, lock: bool = False) -> None:
        self.scope, self._lock = scope, lock
        self._known: dict[int, Known] = {}

    def read_schools(self, schools: Collection[int]) -> None:
        """Everybody enrolled in these schools on the day or later.

        May be asked before the rows are there, while something else reads the sheet.
        """
        here = _spells(self.scope.day).filter(school_id__in=list(schools)).order_by()
        self._read(set(here.values_list("child_id", flat=True)))

    def register(self, rows: Collection[Row]) -> Register:
        """Everybody the rows mean by a number, and everybody of the schools they name."""
        numbers = {number for row in rows if (number := row.values.get("registry_no"))}
        digests = {value for row in rows if (value := id_digest(row))}
        former = _former(self.scope.county_id, numbers)
        self._read({*self._numbered(numbers, digests), *former.values()})
        schools = {row.school_id for row in rows if row.school_id}
        if self.scope.own:
            schools.add(self.scope.codes[self.scope.own])
        self.read_schools(schools)
        known = dict(sorted(self._known.items()))
        for number, pk in former.items():
            if known[pk].child.registry_no != number:
                known[pk].former += (number,)
        by_registry = {number: known[pk] for number, pk in former.items()}
        by_registry |= {k.child.registry_no: k for k in known.values() if k.child.registry_no}
        by_id = {k.child.id_no_digest: k for k in known.values() if k.child.id_no_digest}
        homes = _homes(self.scope.county_id)
        return Register(self.scope, frozenset(schools), known, by_registry, by_id, homes)

    def _numbered(self, numbers: set[str], digests: set[str]) -> set[int]:
        """Who has one of these numbers, of those not read yet."""
        people = [known.child for known in self._known.values()]
        county = Child.objects.filter(county_id=self.scope.county_id)
        numbers = numbers - {person.registry_no for person in people}
        digests = digests - {person.id_no_digest for person in people}
        return {
            *_ids(county.filter(registry_no__in=each(numbers, "text"))),
            *_ids(county.filter(id_no_digest__in=each(digests, "text"))),
        }

    def _read(self, ids: set[int]) -> None:
        if fresh := ids - self._known.keys():
            self._known |= read_children(fresh, self.scope.day, lock=self._lock)


def read_register(scope: Scope, rows: Collection[Row], *, lock: bool = False) -> Register:
    """Read everybody the rows may mean; ``lock`` holds the children until the transaction ends."""
    return RegisterReader(scope, lock=lock).register(rows)


def read_children(ids: Collection[int], day: date, *, lock: bool = False) -> dict[int, Known]:
    """These children with their guardians and what of their spells counts on the day or later."""
    chosen = each(ids, "bigint")
    children = Child.objects.filter(pk__in=chosen).order_by("pk")
    if lock:
        children = children.select_for_update()
    known = {
        values[0]: Known(Person(*values))
        for values in children.values_list(*_as_read(PERSON_FIELDS)).iterator(2_000)
    }
    spells = _spells(day).filter(child_id__in=chosen).order_by()
    for values in spells.values_list(*SPELL_FIELDS, *_CLASS_FIELDS).iterator(2_000):
        spell = Spell(*values[:-3])
        spell.class_key = values[-3:]
        _add_spell(known, spell, day)
    relatives = Guardian.objects.filter(child_id__in=chosen).order_by()
    for values in relatives.values_list(*_as_read(RELATIVE_FIELDS)).iterator(2_000):
        one = Relative(*values)
        known[one.child_id].guardians[one.position] = one
    return known


def _as_read(names: Sequence[str]) -> list[Any]:
    """The uuid as the text that a seal is bound to; 300,000 objects of it would be no use."""
    return [Cast(name, TextField()) if name == "uuid" else name for name in names]


def _spells(day: date) -> QuerySet[Enrolment]:
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    return rows


def _add_spell(known: dict[int, Known], spell: Spell, day: date) -> None:
    row = known[spell.child_id]
    if spell.starts_on <= day:
        row.enrolment = spell
    elif row.later_from is None or spell.starts_on < row.later_from:
        row.later_from = spell.starts_on


def _ids(children: QuerySet[Child]) -> QuerySet[Child, int]:
    return children.order_by().values_list("pk", flat=True)


def _former(county_id: int, numbers: Collection[str]) -> dict[str, int]:
    """Former numbers that some rows still carry; of two children who had one, the last."""
    rows = FormerNumber.objects.filter(
        child__county_id=county_id, registry_no__in=each(numbers, "text")
    )
    return dict(rows.values_list("registry_no", "child_id"))


def _homes(county_id: int) -> dict[str, Home]:
    """Hukou code → units, of every village and township of the county: one query."""
    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    units = Unit.objects.filter(county_id=county_id, kind__in=kinds, is_open=True).values_list(
        "kind", "region__code", "pk", "parent_id", "name"
    )
    homes: dict[str, Home] = {}
    for kind, code, pk, parent_id, name in units:
        if kind == UnitKind.TOWNSHIP:
            homes[code] = Home(township_id=pk)
        else:
            homes[code] = Home(village_id=pk, village_name=name, township_id=parent_id)
    return homes
