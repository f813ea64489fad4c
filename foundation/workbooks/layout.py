"""Lays out a sheet: the place of every cell, with formulas, for workbook and screen alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from foundation.workbooks.definition import (
    NOTHING,
    Block,
    Branch,
    Leaf,
    Node,
    Row,
    TotalRow,
    ValueKind,
)
from foundation.workbooks.dress import BookLook, Dress

_LOOKS = {
    ValueKind.TEXT: BookLook.TEXT,
    ValueKind.WORD: BookLook.WORD,
    ValueKind.COUNT: BookLook.COUNT,
    ValueKind.LIGHT: BookLook.WORD,
}


def percent(numerator: int, base: int) -> str:
    """The rate in words with two decimals, half rounded up, e.g. 1.80%. — for a base of 0."""
    if not base:
        return NOTHING
    hundredths = (numerator * 20_000 + base) // (base * 2)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate as two integers."""

    numerator: int
    base: int

    @property
    def worked_out(self) -> float | str:
        """The value that a spreadsheet computes from the formula."""
        return self.numerator / self.base if self.base else NOTHING

    def __str__(self) -> str:
        return percent(self.numerator, self.base)


@dataclass(frozen=True, slots=True)
class BookCell:
    """A cell at a column (from 1). ``formula`` computes its value in a workbook; on the screen its
    value leads to ``url``.
    """

    column: int
    value: str | int | Ratio
    look: BookLook
    colspan: int = 1
    rowspan: int = 1
    formula: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class BookLine:
    """A row of the sheet: its number, its cells, its height in points."""

    row: int
    cells: tuple[BookCell, ...]
    height: float | None


@dataclass(frozen=True, slots=True)
class LaidBlock:
    """A block with the rows it occupies."""

    title: str
    title_row: int
    head: tuple[BookLine, ...]
    totals: tuple[BookLine, ...]
    body: tuple[BookLine, ...]

    @property
    def lines(self) -> tuple[BookLine, ...]:
        """All its rows but the title."""
        return (*self.head, *self.totals, *self.body)

    @property
    def last_row(self) -> int:
        return max(line.row for line in self.lines)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole sheet, laid out.

    ``top`` holds the texts above the tables, line by line. On screen the head and so many columns
    stay in place as ``freeze`` says; None lets the head scroll too.
    """

    name: str
    dress: Dress
    widths: tuple[float, ...]
    top: tuple[tuple[str, ...], ...]
    blocks: tuple[LaidBlock, ...]
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    freeze: int | None = None
    fits_one_page: bool = False

    @property
    def title(self) -> str:
        """The text of the first line."""
        return self.top[0][0]

    @property
    def end(self) -> int:
        """The row below the last block."""
        return self.blocks[-1].last_row + 1


@dataclass(frozen=True, slots=True)
class _Summed:
    """A row of totals: its number, the table's rows, and which of them it counts."""

    total: TotalRow
    number: int
    rows: tuple[int, int]
    counted: Sequence[Row]
    given: Row


@dataclass(frozen=True)
class Placing:
    """Places one block with its rows in a sheet whose columns have these widths.

    ``given`` holds, by name, the values of rows of totals that are no sums. ``sensitive`` shows
    what a leaf names as its ``full_field``.
    """

    block: Block
    dress: Dress
    widths: Sequence[float]
    rows: Sequence[Row]
    given: Mapping[str, Row]
    sensitive: bool = False

    def lay(self, top: int) -> LaidBlock:
        """Place title, header, totals and rows from row ``top`` on."""
        block, count = self.block, len(self.rows)
        head = self._head(top + bool(block.title))
        after_head = head[-1].row + 1
        totals = block.totals if count or not block.totals_last else ()
        totals_at = after_head + (count if block.totals_last else 0)
        first = after_head + (0 if block.totals_last else len(totals))
        summed = tuple(
            self._total(total, totals_at + n, (first, first + count - 1))
            for n, total in enumerate(totals)
        )
        body = tuple(self._line(row, first + n) for n, row in enumerate(self.rows))
        if not body and block.if_empty:
            body = (self._nothing(first),)
        return LaidBlock(block.title, top if block.title else 0, head, summed, body)

    # --- header -----------------------------------------------------------------------------

    def _head(self, top: int) -> tuple[BookLine, ...]:
        depth = self.block.depth
        rows: list[list[BookCell]] = [[] for _ in range(depth)]
        for level, cell in _headings(self.block.tree, depth):
            rows[level].append(cell)
        heights = [self._head_height(cells, n, depth) for n, cells in enumerate(rows)]
        lines = [BookLine(top + n, tuple(rows[n]), heights[n]) for n in range(depth)]
        if self.block.has_numbers:
            lines.append(BookLine(top + depth, self._citations(), 16.0))
        return tuple(lines)

    def _head_height(self, cells: Sequence[BookCell], level: int, depth: int) -> float:
        """Rows of merged headings are low. The last row has the height of its longest label."""
        dress = self.dress
        if dress.head_height is not None:
            return dress.head_height
        if level < depth - 1:
            return dress.lowest
        room = dress.lowest * (depth - 1)
        lines = max((self._lines(cell) for cell in cells if cell.rowspan == 1), default=1)
        return max(dress.lowest, dress.height_of(lines), dress.height_of(self._most()) - room)

    def _most(self) -> int:
        """The lines of the longest label of a leaf."""
        return max(
            self._lines(BookCell(column, leaf.label, BookLook.HEAD, leaf.span))
            for leaf, column in self._leaves()
        )

    def _citations(self) -> tuple[BookCell, ...]:
        cited = self.block.citations
        return tuple(
            BookCell(column, cited[leaf.field], BookLook.CITED, leaf.span)
            for leaf, column in self._leaves()
        )

    # --- rows -------------------------------------------------------------------------------

    def _line(self, row: Row, number: int) -> BookLine:
        cells = tuple(self._cell(leaf, column, row, number) for leaf, column in self._leaves())
        return BookLine(number, cells, self.dress.height_of(max(map(self._lines, cells))))

    def _cell(self, leaf: Leaf, column: int, row: Row, number: int) -> BookCell:
        if leaf.kind is ValueKind.RATE:
            return self._rate(leaf, column, number, _ratio(leaf, row), BookLook.RATE)
        if leaf.adds:
            value = sum(row[field] for field in leaf.adds)
            formula = "+".join(self._at(field, number) for field in leaf.adds)
            return BookCell(column, value, BookLook.COUNT, leaf.span, formula=formula)
        value, look = self._value(leaf, row), _LOOKS[leaf.kind]
        if leaf.kind is ValueKind.LIGHT:
            look = self.dress.colours.get(value, look)
        return BookCell(column, value, look, leaf.span)

    def _value(self, leaf: Leaf, row: Row) -> Any:
        if self.sensitive and leaf.full_field in row:
            return row[leaf.full_field]
        value = row.get(leaf.field)
        return NOTHING if value is None else value

    def _nothing(self, number: int) -> BookLine:
        cell = BookCell(1, self.block.if_empty, BookLook.EMPTY, len(self.widths))
        return BookLine(number, (cell,), self.dress.empty_height)

    # --- totals -----------------------------------------------------------------------------

    def _total(self, total: TotalRow, number: int, rows: tuple[int, int]) -> BookLine:
        counted = [row for row in self.rows if not total.field or row[total.field] == total.equals]
        summed = _Summed(total, number, rows, counted, self.given.get(total.given, {}))
        label = BookCell(1, total.label, BookLook.TOTAL, self.block.label_columns)
        cells = [
            self._total_cell(leaf, column, summed)
            for leaf, column in self._leaves()
            if column > self.block.label_columns
        ]
        return BookLine(number, (label, *cells), self.dress.total_height)

    def _total_cell(self, leaf: Leaf, column: int, summed: _Summed) -> BookCell:
        if leaf.kind is ValueKind.RATE:
            ratio = _ratio(leaf, *summed.counted)
            return self._rate(leaf, column, summed.number, ratio, BookLook.TOTAL_RATE)
        if leaf.total:
            value = sum(_number(row[leaf.field]) for row in summed.counted)
            formula = self._sum(leaf.field, summed)
            return BookCell(column, value, BookLook.TOTAL_COUNT, leaf.span, formula=formula)
        words = summed.given.get(leaf.field, self.dress.untold)
        return BookCell(column, words, self.dress.colours.get(words, BookLook.TOTAL), leaf.span)

    def _sum(self, field: str, summed: _Summed) -> str:
        first, last = summed.rows
        if last < first:
            return ""  # a sum of no rows is the plain value 0
        added = f"{self._at(field, first)}:{self._at(field, last)}"
        if not summed.total.field:
            return f"SUM({added})"
        letter = get_column_letter(self._column(summed.total.field))
        names = f"${letter}${first}:${letter}${last}"
        return f'SUMIF({names},"{summed.total.equals}",{added})'

    # --- cells ------------------------------------------------------------------------------

    def _rate(self, leaf: Leaf, column: int, number: int, ratio: Ratio, look: BookLook) -> BookCell:
        top = "+".join(self._at(field, number) for field in leaf.numerator)
        base = "+".join(self._at(field, number) for field in leaf.base)
        formula = f'IF({base}=0,"{NOTHING}",({top})/({base}))'
        return BookCell(column, ratio, look, leaf.span, formula=formula)

    def _leaves(self) -> Iterator[tuple[Leaf, int]]:
        column = 1
        for leaf in self.block.leaves:
            yield leaf, column
            column += leaf.span

    def _column(self, field: str) -> int:
        return next(column for leaf, column in self._leaves() if leaf.field == field)

    def _at(self, field: str, row: int) -> str:
        return f"{get_column_letter(self._column(field))}{row}"

    def _lines(self, cell: BookCell) -> int:
        """How many lines the text needs in the width of its columns."""
        start = cell.column - 1
        width = sum(self.widths[start : start + cell.colspan])
        return self.dress.lines(str(cell.value), width)


def _headings(
    nodes: Iterable[Node], depth: int, level: int = 0, column: int = 1
) -> Iterator[tuple[int, BookCell]]:
    """The cells of a head ``depth`` rows high with their level, each branch before its leaves."""
    for node in nodes:
        rows = 1 if isinstance(node, Branch) else depth - level
        yield level, BookCell(column, node.label, BookLook.HEAD, node.span, rows)
        if isinstance(node, Branch):
            yield from _headings(node.children, depth, level + 1, column)
        column += node.span


def one_table(
    name: str,
    dress: Dress,
    top: tuple[tuple[str, ...], ...],
    block: Block,
    rows: Sequence[Row],
    **more: Any,
) -> Page:
    """A sheet of one table, which decides the widths. ``more`` are further parts of the page."""
    laid = Placing(block, dress, block.widths, rows, {}).lay(len(top) + 1)
    return Page(name, dress, block.widths, top, (laid,), **more)


def _ratio(leaf: Leaf, *rows: Row) -> Ratio:
    top = sum(_number(row[field]) for row in rows for field in leaf.numerator)
    return Ratio(top, sum(_number(row[field]) for row in rows for field in leaf.base))


def _number(value: Any) -> int:
    """A count in a row; one that is not known counts nothing."""
    return 0 if value == NOTHING else int(value)
