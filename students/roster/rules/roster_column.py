"""The description of one roster column: how a cell is read, which row keeps it, how it is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class CellKind(StrEnum):
    """How a cell is read; imports/cells.py has the parser of each kind."""

    TEXT = "text"
    LONG_TEXT = "long text"  # one line of at most 200 characters
    SHORT = "short"  # an identifier of at most ``longest`` characters
    NAME = "name"
    DAY = "day"
    MONTH = "month"
    ID_NUMBER = "ID number"
    REGISTRY_NUMBER = "registry number"
    SCHOOL_CODE = "school code"
    REGION = "region"
    PHONE = "phone"
    RELATION = "relation"
    ETHNICITY = "ethnicity"
    CODE = "code"  # one of the column's code list


@dataclass(frozen=True, slots=True)
class CodeList:
    """Code → name; a cell may hold either. ``others`` are further names with their code."""

    names: Mapping[str, str]
    others: tuple[tuple[str, str], ...] = ()


class Holder(StrEnum):
    """Which row of the database keeps the column's value."""

    NONE = ""  # not stored by itself: row checks or another column use it
    CHILD = "child"
    GUARDIAN = "guardian"
    ENROLMENT = "enrolment"
    GROUP = "group"  # rules/group_kinds.py names the group


class Protection(StrEnum):
    """How the value is stored in the database."""

    PLAIN = "plain"
    SEALED = "sealed"  # encrypted; the column is <attribute>_sealed
    DIGESTED = "digested"  # sealed, and compared by the keyed digest in <attribute>_digest


class Section(StrEnum):
    """The part of a pupil's page that shows a fact of the child."""

    PERSON = "person"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One heading of a roster sheet. A column without a field is neither read nor kept.

    ``field`` is the key of the value in a row of the sheet. ``star``: ★ on the ministry's form.
    ``needed``: a row without it is refused with ``complaint``; a starred column that is not needed
    gives a reminder only. ``attribute`` is the attribute of the model, usually the field.
    ``position`` is the guardian's. ``true_code`` is the code that means True where the model keeps
    a boolean.

    ``mask`` hides the value on every page. ``words`` are the names of the model's values. ``label``
    is the name on the pupil's page and in the history, usually the heading; ``history_label`` is
    another name for the history.
    """

    heading: str
    field: str = ""
    kind: CellKind = CellKind.TEXT
    codes: CodeList | None = None
    longest: int = 0
    star: bool = False
    needed: bool = False
    aliases: tuple[str, ...] = ()
    complaint: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    holder: Holder = Holder.NONE
    position: int = 0
    attribute: str = ""
    true_code: str = ""
    protection: Protection = Protection.PLAIN
    mask: Callable[[str], str] | None = None
    words: Mapping[Any, str] | None = None
    section: Section = Section.PERSON
    label: str = ""
    history_label: str = ""

    def __post_init__(self) -> None:
        """Fill in the defaults that depend on other fields; raises ValueError for a contradictory
        row."""
        if self.is_sealed and not self.mask:
            raise ValueError(f"{self.heading} is sealed and would be shown in full")
        if (self.kind is CellKind.CODE) != bool(self.codes):
            raise ValueError(f"{self.heading}: a code list belongs to a column of codes")
        if self.holder is not Holder.NONE and not self.field:
            raise ValueError(f"{self.heading} is kept and never read")
        for name, value in (
            ("attribute", self.field),
            ("label", self.heading),
            ("history_label", self.label or self.heading),
        ):
            if not getattr(self, name):
                object.__setattr__(self, name, value)

    @property
    def title(self) -> str:
        """The heading as the template prints it."""
        return f"{self.heading}{self.hint}{'★' if self.star else ''}"

    @property
    def is_sealed(self) -> bool:
        """Whether the database keeps it only encrypted."""
        return self.protection is not Protection.PLAIN

    @property
    def stored_as(self) -> tuple[str, ...]:
        """The columns of the database that keep the value."""
        if self.protection is Protection.DIGESTED:
            return (f"{self.attribute}_sealed", f"{self.attribute}_digest")
        return (f"{self.attribute}_sealed",) if self.is_sealed else (self.attribute,)

    @property
    def compared_by(self) -> str:
        """The column of the database that changes with the value."""
        return self.stored_as[-1]

    def shown(self, value: Any) -> str:
        """Return a value of the model as pages show it: masked, or as a word; "" for None."""
        if value is None or value == "":
            return ""
        if self.mask:
            return self.mask(value)
        return self.words.get(value, "") if self.words is not None else str(value)
