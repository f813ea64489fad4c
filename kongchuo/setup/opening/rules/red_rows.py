"""The red rows of a book as the page shows them: cells to correct, with what follows from each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kongchuo.setup.opening.rules.book import BookRow, CellProblem, CheckedBook
from kongchuo.setup.opening.rules.definition import BY_CODE


@dataclass(frozen=True, slots=True)
class RedCell:
    """A cell that may be corrected here: its name in the form, its heading, what was typed."""

    name: str
    where: str
    label: str
    typed: str
    field: str


@dataclass(slots=True)
class RedRow:
    """A row with its problems and cells. ``folded`` are problems of rows that it causes."""

    sheet: str
    number: int
    words: str
    problems: list[CellProblem]
    cells: list[RedCell]
    folded: list[CellProblem] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """What names the row in the form."""
        return f"{self.sheet}-{self.number}"

    @property
    def where(self) -> str:
        """村第8行."""
        return f"{self.problems[0].tab}第{self.number}行"


def red_rows(book: CheckedBook) -> list[RedRow]:
    """The rows that are wrong by themselves, in the order of the sheets."""
    found = [_red(row) for row in book if any(one.follows is None for one in row.problems)]
    by_place = {(one.sheet, one.number): one for one in found}
    for row in book:
        for one in row.problems:
            cause = by_place.get(one.follows) if one.follows else None
            if cause is not None:
                cause.folded.append(one)
    return found


def _red(row: BookRow) -> RedRow:
    own = [one for one in row.problems if one.follows is None]
    return RedRow(row.sheet, row.number, row.words, own, list(_cells(row, own)))


def _cells(row: BookRow, problems: list[CellProblem]) -> Iterator[RedCell]:
    fields = dict.fromkeys(name for one in problems for name in (one.field, *one.also))
    for name in fields:
        letter = row.columns.get(name, "")
        yield RedCell(
            f"{row.sheet}-{row.number}-{name}",
            f"{row.tab} {letter}{row.number}" if letter else f"{row.tab}第{row.number}行",
            BY_CODE[row.sheet].column(name).heading,
            row.cells.get(name, ""),
            name,
        )
