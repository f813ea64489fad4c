"""Compares a row of a sheet with the roster: what would change, field by field, masked for
pages."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

import orjson

from foundation.protected import ProtectedColumn, digest
from students.roster.imports.reading.pupil_row import PupilRow
from students.roster.imports.reading.table_rows import (
    CHILD_COLUMNS,
    ENROLMENT_COLUMNS,
    GUARDIAN_COLUMNS,
    ChildRow,
    EnrolmentRow,
    GuardianRow,
    sealed_columns,
)
from students.roster.imports.snapshot import HomePlace, Known, id_digest, registry_digest
from students.roster.models import Child, Guardian
from students.roster.rules.columns import BY_FIELD, FAMILY, kept_in
from students.roster.rules.roster_column import CellKind, Holder, Protection, RosterColumn

Change = dict[str, str]
VILLAGE = "户籍村（居）"
FINGERPRINT = "fingerprint"  # the purpose of its digest
_Columns = Iterable[RosterColumn]
_Value = Callable[[str], Any]


@lru_cache(maxsize=20_000)
def _date_of(words: str) -> date:
    return date.fromisoformat(words)


def _is_true(code: str) -> _Value:
    return lambda said: said == code


def _as_shown(columns: _Columns) -> tuple[RosterColumn, ...]:
    """Order columns as the preview shows them: plain, then sealed, then derived from another
    cell."""
    return tuple(sorted(columns, key=lambda c: (c.attribute != c.field, c.is_sealed)))


class _Taken:
    """Converts a row's values to attributes of a model; built once and used for every row."""

    def __init__(self, columns: _Columns) -> None:
        ordered = _as_shown(columns)
        self._names = tuple((column.field, column.attribute) for column in ordered)
        self._values = tuple(self._converted(ordered))

    def of(self, values: Mapping[str, str]) -> dict[str, Any]:
        """Return attribute → value. Omits empty cells: an empty cell never erases."""
        facts: dict[str, Any] = {name: values[key] for key, name in self._names if key in values}
        for name, value_of in self._values:
            if name in facts:
                facts[name] = value_of(facts[name])
        return facts

    @staticmethod
    def _converted(columns: _Columns) -> Iterator[tuple[str, _Value]]:
        for column in columns:
            if column.kind is CellKind.DAY:
                yield column.attribute, _date_of
            elif column.true_code:
                yield column.attribute, _is_true(column.true_code)


_OF_CHILD, _OF_ENROLMENT = _Taken(CHILD_COLUMNS), _Taken(ENROLMENT_COLUMNS)
_OF_GUARDIAN = {at: _Taken(kept_in(Holder.GUARDIAN, at)) for at in FAMILY}
_CHILD = {column.attribute: column for column in CHILD_COLUMNS}
_ENROLMENT = {column.attribute: column for column in ENROLMENT_COLUMNS}
_GUARDIAN = {at: {c.attribute: c for c in kept_in(Holder.GUARDIAN, at)} for at in FAMILY}
_SEALED_OF_GUARDIAN = sealed_columns(Guardian, GUARDIAN_COLUMNS)
_SEALED_OF_CHILD = sealed_columns(Child, CHILD_COLUMNS)


@dataclass(slots=True)
class Difference:
    """What a row would write to the child, its enrolment and its guardians, and the lines that show
    it."""

    facts: dict[str, Any] = field(default_factory=dict)
    guardians: dict[int, dict[str, Any]] = field(default_factory=dict)
    enrolment: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def note(self, column: RosterColumn, old: Any, new: Any) -> None:
        """Add a line 「heading: old → new」 with protected values masked."""
        self.add(column.heading, column.shown(old), column.shown(new))

    def add(self, label: str, old: str, new: str) -> None:
        """Add a line with the given words."""
        self.changes.append({"label": label, "old": old, "new": new})


def facts_of(row: PupilRow) -> dict[str, Any]:
    """Return the child's attributes that a row holds."""
    return _OF_CHILD.of(row.values)


def enrolment_of(row: PupilRow) -> dict[str, Any]:
    """Return the enrolment's attributes that a row holds."""
    return _OF_ENROLMENT.of(row.values)


def guardians_of(row: PupilRow) -> dict[int, dict[str, Any]]:
    """Return the guardians that a row names, by position.

    联系电话 stands in for the first guardian's telephone when that is empty.
    """
    found: dict[int, dict[str, Any]] = {}
    for position, taken in _OF_GUARDIAN.items():
        facts = taken.of(row.values)
        if "name" in facts or "phone" in facts:
            found[position] = facts
    if phone := row.values.get("phone"):
        found.setdefault(1, {}).setdefault("phone", phone)
    return found


def compare(row: PupilRow, known: Known, home: HomePlace) -> Difference:
    """Return what the row would change of a known child."""
    difference = Difference()
    _compare_child(difference, row, known)
    _compare_home(difference, row.values.get("home_region", ""), known.child, home)
    for position, facts in guardians_of(row).items():
        _compare_guardian(difference, position, facts, known.guardians.get(position))
    if known.enrolment:
        _compare_enrolment(difference, row, known.enrolment)
    return difference


def _compare_child(difference: Difference, row: PupilRow, known: Known) -> None:
    child, facts = known.child, facts_of(row)
    if known.former and registry_digest(row) in known.former:
        del facts["registry_no"]  # a former number in an old list; the present number stays
    for name, value in facts.items():
        if name in _SEALED_OF_CHILD:
            if _is_sealed_alike(child, name, value, row):
                continue
        elif value == getattr(child, name):
            continue
        difference.facts[name] = value
        difference.note(_CHILD[name], getattr(child, name), value)


def _is_sealed_alike(child: ChildRow, name: str, value: str, row: PupilRow) -> bool:
    """Whether the child's sealed column holds the value; the row knows the digests of its
    numbers."""
    if name == "id_no":
        return id_digest(row) == child.id_no_digest
    if name == "registry_no":
        return registry_digest(row) == child.registry_no_digest
    return _holds(_SEALED_OF_CHILD[name], child, _CHILD[name], value)


def _holds(seal: ProtectedColumn, row: Any, column: RosterColumn, value: str) -> bool:
    """Whether a sealed column of the row holds the value: by digest, or else by opening it."""
    if column.protection is Protection.DIGESTED:
        return seal.digest(value) == getattr(row, column.compared_by)
    return value == getattr(row, column.attribute)


def _compare_enrolment(difference: Difference, row: PupilRow, enrolment: EnrolmentRow) -> None:
    for name, value in enrolment_of(row).items():
        if (old := getattr(enrolment, name)) != value:
            difference.enrolment[name] = value
            difference.note(_ENROLMENT[name], old, value)


def _compare_home(difference: Difference, code: str, child: ChildRow, home: HomePlace) -> None:
    """Compare the hukou code; a new code brings its units.

    A village that was unknown is filled in once the county has it.
    """
    if "home_region" in difference.facts:
        difference.facts |= {
            "home_village_id": home.village_id,
            "home_township_id": home.township_id,
        }
    elif code and child.home_village_id is None and home.village_id:
        difference.facts |= {
            "home_village_id": home.village_id,
            "home_township_id": home.township_id,
        }
        difference.add(VILLAGE, "", home.village_name)


def _compare_guardian(
    difference: Difference, position: int, facts: dict[str, Any], guardian: GuardianRow | None
) -> None:
    changed = {}
    for name, value in facts.items():
        column, seal = _GUARDIAN[position][name], _SEALED_OF_GUARDIAN.get(name)
        if guardian and seal and _holds(seal, guardian, column, value):
            continue
        old = getattr(guardian, name) if guardian else None
        if seal is None and value == old:
            continue
        changed[name] = value
        difference.note(column, old, value)
    if changed:
        difference.guardians[position] = changed


# ImportRow keeps fingerprints of these columns in ``seen`` and ``left``. An undo after an upgrade
# compares with them, so never add, remove or reorder a name here.
_FIRST_OF_CHILD = (
    "number",
    "name",
    "sex",
    "born_on",
    "ethnicity",
    "id_type",
    "home_region",
    "boards",
    "id_no_digest",
    "address_digest",
    "home_village_id",
    "home_township_id",
)
_FIRST_OF_GUARDIAN = ("position", "name", "relation", "is_guardian", "phone_digest")
_FIRST_OF_ENROLMENT = ("pk", "school_class_id", "starts_on", "ends_on", "seat_no")
_CHILD_STATE = attrgetter(*_FIRST_OF_CHILD)
_GUARDIAN_STATE = attrgetter(*_FIRST_OF_GUARDIAN)
_ENROLMENT_STATE = attrgetter(*_FIRST_OF_ENROLMENT)


def _joined(columns: _Columns, first: Collection[str]) -> tuple[str, ...]:
    """Return the columns that were added to the table later."""
    return tuple(column.compared_by for column in columns if column.compared_by not in first)


_LATER_OF_CHILD = _joined(CHILD_COLUMNS, (*_FIRST_OF_CHILD, "registry_no_digest"))
_LATER_OF_GUARDIAN = _joined(GUARDIAN_COLUMNS, _FIRST_OF_GUARDIAN)
_LATER_OF_ENROLMENT = _joined(ENROLMENT_COLUMNS, _FIRST_OF_ENROLMENT)
_HAS_LATER = bool(_LATER_OF_CHILD or _LATER_OF_GUARDIAN or _LATER_OF_ENROLMENT)


def fingerprint(known: Known) -> str:
    """Return a keyed digest of everything that a sheet may change of a child.

    Without the key, a number could be guessed from a digest and the child's plain columns.
    """
    guardians = known.guardians
    state: tuple[Any, ...] = (
        _CHILD_STATE(known.child),
        [_GUARDIAN_STATE(guardians[position]) for position in sorted(guardians)],
        _ENROLMENT_STATE(known.enrolment) if known.enrolment else None,
        known.later_from,
    )
    if _HAS_LATER and (later := _later_state(known)):
        state = (*state, later)
    return digest(hashlib.sha256(orjson.dumps(state)).hexdigest(), FINGERPRINT)


def _later_state(known: Known) -> list[tuple[str, Any]]:
    """Return the columns added later, where they hold a value.

    A child without such values keeps the fingerprint it had before.
    """
    rows: list[tuple[str, Any, tuple[str, ...]]] = [("child", known.child, _LATER_OF_CHILD)]
    rows += [
        (f"guardian{position}", known.guardians[position], _LATER_OF_GUARDIAN)
        for position in sorted(known.guardians)
    ]
    rows.append(("enrolment", known.enrolment, _LATER_OF_ENROLMENT))
    return [
        (f"{whose}.{name}", value)
        for whose, row, names in rows
        if row is not None
        for name in names
        if (value := getattr(row, name))
    ]


# --- columns in which the roster's own values are kept ----------------------------------------

CLASS = "班级"  # cannot be kept by column: a move is shown and decided by itself
_HOME_UNITS = ("home_village_id", "home_township_id")
_BY_LABEL = {column.heading: column for column in BY_FIELD.values()}
HOME = _CHILD["home_region"].heading


def keep_back(difference: Difference, labels: Collection[str]) -> None:
    """Remove the named columns from what would be written."""
    for label in labels:
        column = _BY_LABEL.get(HOME if label == VILLAGE else label)
        if column:
            _written_by(difference, column).pop(column.attribute, None)
        if label in (HOME, VILLAGE):
            for name in _HOME_UNITS:
                difference.facts.pop(name, None)
    difference.guardians = {at: facts for at, facts in difference.guardians.items() if facts}


def _written_by(difference: Difference, column: RosterColumn) -> dict[str, Any]:
    """Return the part of the difference that the column writes to."""
    if column.holder is Holder.CHILD:
        return difference.facts
    if column.holder is Holder.ENROLMENT:
        return difference.enrolment
    return difference.guardians.get(column.position, {})


def is_empty(difference: Difference) -> bool:
    """Whether nothing of the child would be written."""
    return not (difference.facts or difference.guardians or difference.enrolment)
