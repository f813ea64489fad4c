"""One row of a sheet as it is read, and the schools and classes that a sheet may name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from students.roster.rules.grades import school_year_of
from students.roster.rules.home_addresses import NO_HOMES, HomeVillages

Note = dict[str, str]
# Marks a problem that a person may answer by standing by the row.
ASKS_ID: Note = {"asks": "id"}
# The problem of a row that a person chose not to import.
LEFT_OUT: Note = {
    "column": "",
    "label": "",
    "message": "已选择不导入这一行。要导入的，请在核对页按「恢复这一行」",
}
# Marks a hukou told in words, which is not read.
UNREAD_HOME: Note = {"unread": "home"}
ClassKey = tuple[str, int, int]  # stage, entry year, number


@dataclass(slots=True)
class PupilRow:
    """One row of the sheet. ``values``: field → parsed value; empty cells are omitted."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    school_id: int | None = None
    school_class: ClassKey | None = None
    class_label: str = ""
    problems: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    born_in: str = ""  # the month of a birth date that names no day
    id_digest: str | None = None  # of the ID number; computed when first needed
    registry_digest: str | None = None  # of the registry number, likewise

    @property
    def name(self) -> str:
        return self.values.get("name", "")


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """The schools that a sheet may name, and the day on which it is true.

    ``schools``: 学校标识码 → unit. ``own`` is the code of the only school in a school's sheet,
    which need not name it; the county's sheet has none. ``closed`` are the classes that are closed
    on that day. ``denied`` are classes that a person said are written wrong, by school and everyday
    name. ``sure`` are the rows by which a person stands against their ID number, ``left_out`` those
    that a person chose not to import.
    """

    schools: Mapping[str, int]
    as_of: date
    own: str = ""
    closed: frozenset[tuple[int, ClassKey]] = frozenset()
    denied: frozenset[tuple[int, str]] = frozenset()
    sure: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    own_names: frozenset[str] = frozenset()  # of the only school
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)  # code → names
    homes: HomeVillages = NO_HOMES  # by which a hukou told in words is read

    @property
    def school_year(self) -> int:
        return school_year_of(self.as_of)


def only_asks_id(problems: Collection[Note]) -> bool:
    """Whether nothing is wrong with a row but what its ID number says otherwise."""
    return bool(problems) and all(note.get("asks") == "id" for note in problems)
