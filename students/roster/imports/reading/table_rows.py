"""Plain rows of the three tables that an import writes: children, guardians, enrolments.

A county's sheet has 100,000 children, so each is a slotted row and no model instance; COPY takes
the same row. A class here declares the fields that the code names. The other columns of the
roster's table (rules/columns.py) are added with the defaults of their model.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

from django.db import models

from foundation import protected
from students.roster.imports.reading.pupil_row import ClassKey
from students.roster.models import Child, Enrolment, Guardian
from students.roster.rules.columns import FAMILY, kept_in
from students.roster.rules.names import initials_of, name_key_of
from students.roster.rules.roster_column import Holder, RosterColumn

UNNAMED_GUARDIAN = "家长"
CHILD_COLUMNS = kept_in(Holder.CHILD)
GUARDIAN_COLUMNS = kept_in(Holder.GUARDIAN, FAMILY[0])  # the same for both positions
ENROLMENT_COLUMNS = kept_in(Holder.ENROLMENT)

_Row = TypeVar("_Row")
_Model = type[models.Model]
_Columns = tuple[RosterColumn, ...]


def sealed_columns(model: _Model, columns: _Columns) -> dict[str, protected.ProtectedColumn]:
    """Return attribute → the object that seals, opens and digests its values."""
    return {
        column.attribute: getattr(model, column.attribute).column_of(model)
        for column in columns
        if column.is_sealed
    }


@dataclass_transform()
def _with_columns(model: _Model, columns: _Columns) -> Callable[[type[_Row]], type[_Row]]:
    """Return a decorator that makes the class a slotted dataclass with the columns as fields."""

    def complete(row: type[_Row]) -> type[_Row]:
        for name in (name for column in columns for name in column.stored_as):
            if name not in row.__annotations__:
                row.__annotations__[name] = Any
                plain = model._meta.get_field(name)
                assert isinstance(plain, models.Field)  # roster columns are never relations
                setattr(row, name, plain.get_default())
        for name, column in sealed_columns(model, columns).items():
            digested = f"{name}_digest" in row.__annotations__
            setattr(row, name, _in_the_clear(name, column, digested=digested))
        return dataclass(slots=True)(row)

    return complete


def _in_the_clear(name: str, column: protected.ProtectedColumn, *, digested: bool) -> property:
    """Return a property with the plain value of a sealed column; setting it sets the digest too."""
    sealed, digest = f"{name}_sealed", f"{name}_digest"

    def read(row: Any) -> str:
        return column.open(getattr(row, sealed), row.uuid)

    def seal(row: Any, plain: str) -> None:
        setattr(row, sealed, column.seal(plain, row.uuid))

    def seal_and_digest(row: Any, plain: str) -> None:
        setattr(row, sealed, column.seal(plain, row.uuid))
        setattr(row, digest, column.digest(plain))

    return property(read, seal_and_digest if digested else seal)


class _TableRow:
    __slots__ = ()

    def take(self, facts: Mapping[str, Any]) -> None:
        """Set these attributes."""
        for name, value in facts.items():
            setattr(self, name, value)


_REGISTRY_NO = sealed_columns(Child, CHILD_COLUMNS)["registry_no"]


@_with_columns(Child, CHILD_COLUMNS)
class ChildRow(_TableRow):
    """A row of the table of children."""

    pk: int
    uuid: str
    registry_no_sealed: str = ""
    registry_no_digest: str = ""
    name: str = ""
    name_key: str = ""
    initials: str = ""
    born_on: date | None = None
    id_no_digest: str = ""
    home_village_id: int | None = None
    home_township_id: int | None = None
    opened: str | None = field(default=None, init=False)  # the registry number; opened once

    @property
    def number(self) -> str:
        """The registry number."""
        if self.opened is None:
            self.opened = _REGISTRY_NO.open(self.registry_no_sealed, self.uuid)
        return self.opened

    def take(self, facts: Mapping[str, Any]) -> None:
        """Set these attributes; a name sets its search keys too."""
        for name, value in facts.items():
            setattr(self, name, value)
        self.opened = facts.get("registry_no", self.opened)
        if "name" in facts:
            self.name_key, self.initials = name_key_of(self.name), initials_of(self.name)


@_with_columns(Guardian, GUARDIAN_COLUMNS)
class GuardianRow(_TableRow):
    """A row of the table of guardians."""

    pk: int
    uuid: str
    child_id: int
    position: int
    name: str = UNNAMED_GUARDIAN


@_with_columns(Enrolment, ENROLMENT_COLUMNS)
class EnrolmentRow(_TableRow):
    """A row of the table of enrolments; ``class_key`` is read from the table of classes."""

    pk: int
    child_id: int
    school_id: int
    school_class_id: int
    starts_on: date
    ends_on: date | None = None
    class_key: ClassKey | None = field(default=None, init=False)


def _table_columns(row: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(row) if one.init)


CHILD_FIELDS = _table_columns(ChildRow)
GUARDIAN_FIELDS = _table_columns(GuardianRow)
ENROLMENT_FIELDS = _table_columns(EnrolmentRow)
values_of_child: Callable[[ChildRow], tuple[Any, ...]] = attrgetter(*CHILD_FIELDS)
values_of_guardian: Callable[[GuardianRow], tuple[Any, ...]] = attrgetter(*GUARDIAN_FIELDS)
values_of_enrolment: Callable[[EnrolmentRow], tuple[Any, ...]] = attrgetter(*ENROLMENT_FIELDS)
