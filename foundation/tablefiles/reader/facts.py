"""What is reported of a sheet beside its cells: hidden rows, merged cells, missing values."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.tablefiles.reader.limits import Limits, TableRefused

TOLD = 5  # first places of each kind
LISTED = 20  # sheets and columns
HEAD_CELLS = 3  # a row with so many filled cells is the header, or a pupil

Cells = list[Any]
Numbered = tuple[int, Cells]  # row number from 1, cells from column A


@dataclass(slots=True)
class Found:
    """The places of one finding: their number and the first of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, where: str) -> None:
        """Count one more place."""
        self.count += 1
        if len(self.first) < TOLD:
            self.first.append(where)


@dataclass(slots=True)
class SheetFacts:
    """The findings that the uploader is told (S48)."""

    others: list[str] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    hidden_rows: Found = field(default_factory=Found)
    hidden_columns: set[int] = field(default_factory=set)  # from 0
    merges: list[tuple[int, str]] = field(default_factory=list)  # top row, range
    merged: Found = field(default_factory=Found)
    uncached: Found = field(default_factory=Found)  # formulas without a value
    head: int = 0  # the first row that looks like a header
    width: int = 0  # of the filled cells

    def merge(self, top: int, left: int, bottom: int, right: int, limits: Limits) -> None:
        """Count a merged range (from 1); raises TableRefused for one beyond a sheet's size."""
        where = f"{letters(left - 1)}{top}:{letters(right - 1)}{bottom}"
        if bottom > limits.rows or right > limits.columns:
            raise TableRefused("merged", where)
        if len(self.merges) <= limits.rows:
            self.merges.append((top, where))

    def told(self) -> dict[str, Any]:
        """The findings as JSON, for the last line of the output."""
        for top, where in self.merges:
            if self.head and top > self.head:
                self.merged.add(where)
        columns = sorted(column for column in self.hidden_columns if column < self.width)
        return {
            "others": self.others[:LISTED],
            "hidden_sheets": self.hidden_sheets[:LISTED],
            "hidden_rows": [self.hidden_rows.count, self.hidden_rows.first],
            "hidden_columns": [len(columns), [letters(column) for column in columns[:LISTED]]],
            "merged": [self.merged.count, self.merged.first],
            "uncached": [self.uncached.count, self.uncached.first],
        }


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet being read. ``facts`` are complete once all rows were taken."""

    name: str
    rows: Iterator[Numbered]
    facts: SheetFacts


def laid_out(table: Table, limits: Limits) -> Iterator[Cells]:
    """Every row from the first to the last filled one. Raises TableRefused beyond the limits."""
    last = 0
    for number, cells in table.rows:
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if number > limits.rows or len(cells) > limits.columns:
            raise TableRefused("too_wide", f"{letters(len(cells) - 1)}{number}")
        if number <= last:
            raise TableRefused("damaged")
        yield from ([] for _ in range(last + 1, number))
        last = number
        _measure(table.facts, number, cells)
        yield cells
    if not last:
        raise TableRefused("empty")


def _measure(facts: SheetFacts, number: int, cells: Cells) -> None:
    facts.width = max(facts.width, len(cells))
    if not facts.head and len(cells) - cells.count(None) >= HEAD_CELLS:
        facts.head = number


def one_filled(rows: Iterable[Numbered]) -> bool:
    """Whether any cell is filled."""
    return any(cell is not None for _, cells in rows for cell in cells)


def chosen(names: Sequence[str], wanted: str) -> tuple[int, list[str]]:
    """Which visible sheet is read, and the names of those that are not; raises TableRefused."""
    if not names or (wanted and wanted not in names):
        raise TableRefused("empty")
    at = names.index(wanted) if wanted else 0
    return at, [name for place, name in enumerate(names) if place != at]


def letters(column: int) -> str:
    """0 → A, 26 → AA."""
    name, left = "", column + 1
    while left > 0:
        left, digit = divmod(left - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
