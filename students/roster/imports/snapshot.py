"""Reads the part of the roster that a sheet concerns, in a fixed number of queries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.querysets import successor_of
from foundation.bulk import each
from foundation.protected import digest
from students.roster.imports import questions
from students.roster.imports.reading.pupil_row import ClassKey, PupilRow, SheetPlace
from students.roster.imports.reading.table_rows import (
    CHILD_FIELDS,
    ENROLMENT_FIELDS,
    GUARDIAN_FIELDS,
    ChildRow,
    EnrolmentRow,
    GuardianRow,
)
from students.roster.models import (
    Child,
    Enrolment,
    FormerNumber,
    Guardian,
    ImportBatch,
    ImportLayout,
)
from students.roster.rules.home_addresses import NO_HOMES, HomeVillage, HomeVillages

_CLASS_FIELDS = ("school_class__stage", "school_class__entry_year", "school_class__number")


@dataclass(slots=True)
class Known:
    """A child on the roster, with the enrolment in force on the day and the start of a later
    one."""

    child: ChildRow
    enrolment: EnrolmentRow | None = None
    later_from: date | None = None
    guardians: dict[int, GuardianRow] = field(default_factory=dict)
    former: tuple[str, ...] = ()  # digests of former registry numbers that occur in the sheet

    @property
    def class_key(self) -> ClassKey | None:
        """The class of the child on the day."""
        return self.enrolment.class_key if self.enrolment else None


@dataclass(frozen=True, slots=True)
class HomePlace:
    """The village and township units of a hukou code; the county may know neither."""

    village_id: int | None = None
    village_name: str = ""
    township_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The schools an import may write to, and the day on which the sheet is true.

    ``own`` is the code of the only school in a school's sheet. The county's sheet has none, and the
    county sees both schools of a move. A school never sees another school's pupils.
    """

    county_id: int
    day: date
    codes: Mapping[str, int]
    names: Mapping[int, str]
    own: str = ""
    closed: frozenset[tuple[int, ClassKey]] = frozenset()  # on that day
    denied: frozenset[tuple[int, str]] = frozenset()  # written wrong, as a person said
    sure: frozenset[int] = frozenset()  # rows by which a person stands
    left_out: frozenset[int] = frozenset()  # rows that a person chose not to import
    own_names: frozenset[str] = frozenset()
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)
    homes: HomeVillages = NO_HOMES

    @property
    def sees_all(self) -> bool:
        """Whether it is the county's sheet."""
        return not self.own

    @property
    def place(self) -> SheetPlace:
        """What the row checks need of the scope."""
        return SheetPlace(
            self.codes,
            self.day,
            self.own,
            self.closed,
            self.denied,
            self.sure,
            self.left_out,
            self.own_names,
            self.others,
            self.homes,
        )


def scope_of(batch: ImportBatch) -> Scope:
    """Return the scope of a batch: its school, or the open schools of the county."""
    if batch.school_id:
        rows = questions.school(pk=batch.school_id)
        county_id = rows[0].unit.county_id
    else:
        county_id = batch.uploaded_by.unit_id
        rows = questions.open_schools(county=county_id)
    layout = next(iter(questions.layouts(batch=batch.pk)), None) or ImportLayout()
    return Scope(
        county_id=county_id or 0,
        day=batch.as_of,
        codes={row.code: row.pk for row in rows},
        names={row.pk: str(row.unit) for row in rows},
        own=rows[0].code if batch.school_id else "",
        closed=_closed([row.pk for row in rows], batch.as_of),
        denied=frozenset((school_id, name) for school_id, name in layout.denied),
        sure=frozenset(layout.sure),
        left_out=frozenset(layout.left_out),
        own_names=_names(rows[0].unit) if batch.school_id else frozenset(),
        others=_others(county_id or 0, batch.school_id),
        homes=_home_villages(county_id or 0),
    )


def _names(unit: Unit) -> frozenset[str]:
    return frozenset({unit.name, unit.short_name} - {""})


def _others(county_id: int, own: int | None) -> dict[str, frozenset[str]]:
    """Return code → names of the county's other schools: a sheet may be one of theirs."""
    if own is None:
        return {}
    rows = questions.schools(county=county_id)
    return {row.code: _names(row.unit) for row in rows if row.pk != own}


def _home_villages(county_id: int) -> HomeVillages:
    """Return the names of the county's villages, to read a hukou that is written in words."""
    county = next(iter(questions.name_of(county=county_id)), None)
    found = questions.villages(county=county_id)
    villages = (HomeVillage(code, frozenset({a, b}), town or "") for code, a, b, town in found)
    return HomeVillages(county or "", tuple(one for one in villages if one.township))


def _closed(schools: Collection[int], day: date) -> frozenset[tuple[int, ClassKey]]:
    """Return the classes that are closed on the day; one that was taken back may be opened."""
    rows = questions.closed_classes(schools=list(schools), day=day)
    return frozenset(
        (row.school_id, (row.stage, row.entry_year, row.number))
        for row in rows
        if not row.never_began
    )


@dataclass(slots=True)
class RosterSnapshot:
    """The roster for some schools, on one day, with the children whom a sheet names."""

    scope: Scope
    schools: frozenset[int]  # those that occur in the sheet
    known: dict[int, Known]
    by_registry: dict[str, Known]
    by_id: dict[str, Known]
    homes: dict[str, HomePlace]

    def here(self) -> Iterator[Known]:
        """Yield the children enrolled on the day in one of the schools."""
        for known in self.known.values():
            if known.enrolment and known.enrolment.school_id in self.schools:
                yield known

    def home_of(self, code: str) -> HomePlace:
        """Return the units of a hukou code. An unknown village may lie in a known township."""
        return self.homes.get(code) or self.homes.get(code[:9]) or NOWHERE


NOWHERE = HomePlace()


def id_digest(row: PupilRow) -> str:
    """Return the digest by which the row's ID number is found; "" without a number."""
    if row.id_digest is None:
        number = row.values.get("id_no")
        row.id_digest = digest(number, "id") if number else ""
    return row.id_digest


def registry_digest(row: PupilRow) -> str:
    """Return the digest by which the row's registry number is found; "" without a number."""
    if row.registry_digest is None:
        number = row.values.get("registry_no")
        row.registry_digest = digest(number, "registry") if number else ""
    return row.registry_digest


class SnapshotReader:
    """Reads every child whom the rows of a sheet may mean, in a fixed number of queries.

    ``lock`` locks the children until the transaction ends.
    """

    def __init__(self, scope: Scope, *, lock: bool = False) -> None:
        self.scope, self._lock = scope, lock
        self._known: dict[int, Known] = {}

    def read_schools(self, schools: Collection[int]) -> None:
        """Read every child enrolled in these schools on the day or later.

        It may be called before the rows are known, while the sheet is being read.
        """
        here = _enrolments(self.scope.day).filter(school_id__in=list(schools)).order_by()
        self._read(set(here.values_list("child_id", flat=True)))

    def snapshot(self, rows: Collection[PupilRow]) -> RosterSnapshot:
        """Return the children whom the rows mean by number, and those of the schools that the rows
        name."""
        numbers = {value for row in rows if (value := registry_digest(row))}
        digests = {value for row in rows if (value := id_digest(row))}
        former = _former(self.scope.county_id, numbers)
        self._read({*self._numbered(numbers, digests), *former.values()})
        schools = {row.school_id for row in rows if row.school_id}
        if self.scope.own:
            schools.add(self.scope.codes[self.scope.own])
        self.read_schools(schools)
        known = dict(sorted(self._known.items()))
        for number, pk in former.items():
            if known[pk].child.registry_no_digest != number:
                known[pk].former += (number,)
        by_registry = {number: known[pk] for number, pk in former.items()}
        present = ((k.child.registry_no_digest, k) for k in known.values())
        by_registry |= {number: child for number, child in present if number}
        by_id = {k.child.id_no_digest: k for k in known.values() if k.child.id_no_digest}
        homes = _homes(self.scope.county_id)
        return RosterSnapshot(self.scope, frozenset(schools), known, by_registry, by_id, homes)

    def _numbered(self, numbers: set[str], digests: set[str]) -> set[int]:
        """Return the children with one of these numbers, by digest, who are not read yet."""
        people = [known.child for known in self._known.values()]
        county = Child.objects.filter(county_id=self.scope.county_id)
        numbers = numbers - {person.registry_no_digest for person in people}
        digests = digests - {person.id_no_digest for person in people}
        return {
            *_ids(county.filter(registry_no_digest__in=each(numbers, "text"))),
            *_ids(county.filter(id_no_digest__in=each(digests, "text"))),
        }

    def _read(self, ids: set[int]) -> None:
        if fresh := ids - self._known.keys():
            self._known |= read_children(fresh, self.scope.day, lock=self._lock)


def read_snapshot(
    scope: Scope, rows: Collection[PupilRow], *, lock: bool = False
) -> RosterSnapshot:
    """Read every child whom the rows may mean; ``lock`` locks them until the transaction ends."""
    return SnapshotReader(scope, lock=lock).snapshot(rows)


def read_children(ids: Collection[int], day: date, *, lock: bool = False) -> dict[int, Known]:
    """Read these children with their guardians, and their enrolments on the day or later."""
    chosen = each(ids, "bigint")
    children = Child.objects.filter(pk__in=chosen).order_by("pk")
    if lock:
        children = children.select_for_update()
    known = {
        values[0]: Known(ChildRow(*values))
        for values in children.values_list(*_as_read(CHILD_FIELDS)).iterator(2_000)
    }
    enrolments = _enrolments(day).filter(child_id__in=chosen).order_by()
    for values in enrolments.values_list(*ENROLMENT_FIELDS, *_CLASS_FIELDS).iterator(2_000):
        enrolment = EnrolmentRow(*values[:-3])
        enrolment.class_key = values[-3:]
        _add_enrolment(known, enrolment, day)
    guardians = Guardian.objects.filter(child_id__in=chosen).order_by()
    for values in guardians.values_list(*_as_read(GUARDIAN_FIELDS)).iterator(2_000):
        one = GuardianRow(*values)
        known[one.child_id].guardians[one.position] = one
    return known


def _as_read(names: Sequence[str]) -> list[Any]:
    """Read the uuid as text: a seal is bound to the text, and 300,000 UUID objects would be
    wasted."""
    return [Cast(name, TextField()) if name == "uuid" else name for name in names]


def _enrolments(day: date) -> QuerySet[Enrolment]:
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    return rows


def _add_enrolment(known: dict[int, Known], one: EnrolmentRow, day: date) -> None:
    row = known[one.child_id]
    if one.starts_on <= day:
        row.enrolment = one
    elif row.later_from is None or one.starts_on < row.later_from:
        row.later_from = one.starts_on


def _ids(children: QuerySet[Child]) -> QuerySet[Child, int]:
    return children.order_by().values_list("pk", flat=True)


def _former(county_id: int, numbers: Collection[str]) -> dict[str, int]:
    """Return digest of a former number → child; of two who had the number, the last."""
    rows = FormerNumber.objects.filter(
        child__county_id=county_id, registry_no_digest__in=each(numbers, "text")
    )
    return dict(rows.values_list("registry_no_digest", "child_id"))


def _homes(county_id: int) -> dict[str, HomePlace]:
    """Return hukou code → units for every village and township of the county. One query."""
    units = questions.open_homes(county=county_id)
    homes: dict[str, HomePlace] = {}
    for kind, code, pk, parent_id, name in [*_successors(county_id), *units]:
        if kind == UnitKind.TOWNSHIP:
            homes[code] = HomePlace(township_id=pk)
        else:
            homes[code] = HomePlace(village_id=pk, village_name=name, township_id=parent_id)
    return homes


def _successors(county_id: int) -> list[tuple[str, str, int, int | None, str]]:
    """For every merged village its former code with the village that goes on; a code given anew
    means the new village."""
    found = []
    for unit in questions.merged_villages(county=county_id):
        last = successor_of(unit)
        if last.is_open:
            found.append((last.kind, unit.region.code, last.pk, last.parent_id, last.name))
    return found
