"""A row of the opening workbook as it is checked, and what the county already holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kongchuo.setup.opening.rules.definition import BY_CODE, SHEETS, OpeningColumn

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
LABELS = {REFUSED: "须改正", NEW: "新增", CHANGED: "更改", UNCHANGED: "不变"}
Key = tuple[str, ...]
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in a cell: the sheet's tab, column and row, the heading, what to do."""

    tab: str
    column: str
    number: int
    label: str
    message: str
    sheet: str
    field: str
    cell: str  # as it was typed
    also: tuple[str, ...] = ()  # other cells of the row that may be the wrong ones
    follows: tuple[str, int] | None = None  # the row (sheet, number) that is the cause

    @property
    def where(self) -> str:
        """The place as Excel names it: 村 B12."""
        return f"{self.tab} {self.column}{self.number}" if self.column else f"第{self.number}行"


@dataclass(slots=True)
class BookRow:
    """A row: its typed cells, its parsed values, what it would do."""

    sheet: str
    tab: str
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    values: dict[str, str] = field(default_factory=dict)
    kind: str = NEW
    problems: list[CellProblem] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)  # field, before, after

    @property
    def key(self) -> Key:
        """What tells the row from others of its sheet."""
        return tuple(self.values.get(name, "") for name in BY_CODE[self.sheet].key)

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return LABELS[self.kind]

    @property
    def words(self) -> str:
        """The typed cells by which a person knows the row."""
        names = dict.fromkeys((*BY_CODE[self.sheet].key, "name"))
        return " ".join(filter(None, (self.cells.get(name, "") for name in names)))

    def refuse(
        self,
        name: str,
        message: str,
        also: tuple[str, ...] = (),
        follows: tuple[str, int] | None = None,
    ) -> None:
        """Add a reason why the row cannot be written."""
        column: OpeningColumn = BY_CODE[self.sheet].column(name)
        self.problems.append(
            CellProblem(
                self.tab, self.columns.get(name, ""), self.number, column.heading, message,
                self.sheet, name, self.cells.get(name, ""), also, follows,
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit that a row may name: its kind, token (kind:code), names, and its township's code.

    ``also`` is the second kind of a unit that is both 中心校 and 镇教管办.
    """

    kind: str
    token: str
    name: str
    names: frozenset[str]
    town: str = ""
    also: str = ""

    def may_hold(self, unit_kind: str) -> bool:
        """Whether roles of this kind of unit are held here."""
        return unit_kind in (self.kind, self.also)


@dataclass(frozen=True, slots=True)
class KnownCounty:
    """What the county holds already, written as the rows of the workbook.

    ``may_change``: until the county is opened a row may correct what an earlier one wrote.
    ``may_sleep``: until then posts of the county are given asleep, and a second person confirms.
    """

    code: str = ""
    rows: Mapping[str, Mapping[Key, Values]] = field(default_factory=dict)
    units: tuple[UnitRef, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of accounts, by login
    own: str = ""  # the account of who writes
    may_change: bool = True
    may_sleep: bool = True

    def of(self, sheet: str) -> Mapping[Key, Values]:
        """The rows of a sheet by their key."""
        return self.rows.get(sheet, {})


@dataclass(slots=True)
class CheckedBook:
    """All rows by sheet, warnings, and what is missing of the whole."""

    known: KnownCounty
    today: date
    rows: dict[str, list[BookRow]] = field(default_factory=lambda: {s.code: [] for s in SHEETS})
    warnings: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left: list[BookRow] = field(default_factory=list)  # left out on the page

    def __iter__(self) -> Iterator[BookRow]:
        for sheet in SHEETS:
            yield from self.rows[sheet.code]

    @property
    def problems(self) -> list[CellProblem]:
        """Every problem, in the order of the sheets."""
        return [problem for row in self for problem in row.problems]

    @property
    def may_be_written(self) -> bool:
        """Whether nothing is wrong."""
        return not self.missing and not self.problems

    def good(self, sheet: str) -> list[BookRow]:
        """The rows of a sheet that nothing is wrong with."""
        return [row for row in self.rows[sheet] if not row.problems]

    def merged(self, sheet: str) -> dict[Key, dict[str, str]]:
        """What the county would hold of a sheet after the book: by key."""
        found = {key: dict(values) for key, values in self.known.of(sheet).items()}
        for row in self.good(sheet):
            typed = {name: value for name, value in row.values.items() if value}
            found[row.key] = {**found.get(row.key, {}), **typed}
        return found

    def count(self, sheet: str, kind: str) -> int:
        """How many rows of the sheet are of the kind."""
        return sum(row.kind == kind for row in self.rows[sheet])
