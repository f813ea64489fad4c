"""Lays out a sheet: the place of every cell, with formulas, for workbook and screen alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from openpyxl.utils import get_column_letter

from foundation.workbooks.headings import headings
from foundation.workbooks.measure import text_lines
from foundation.workbooks.official import FIRST_ROW
from reporting.figures.indicators import Light, percent
from reporting.figures.months import ReturnMonth
from reporting.returns.sheets.definition import (
    Block,
    Leaf,
    ReturnSheet,
    TotalRow,
    ValueKind,
    citations,
)

LINE_HEIGHT, ROOM, LOWEST = 14.0, 7.0, 21.0  # points
FITS = 1.12  # widths count characters of 11 points, our text has 10
NOTHING = "—"


class ReturnLook(StrEnum):
    """The kinds of cell. The name is the workbook's style; the screen's class derives from it."""

    HEAD = "表头"
    CITED = "栏次"
    TEXT = "文字"
    WORD = "短语"
    COUNT = "人数"
    RATE = "比率"
    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"
    TOTAL = "合计"
    TOTAL_COUNT = "合计人数"
    TOTAL_RATE = "合计比率"
    EMPTY = "空表"


_LOOKS = {
    ValueKind.TEXT: ReturnLook.TEXT,
    ValueKind.WORD: ReturnLook.WORD,
    ValueKind.COUNT: ReturnLook.COUNT,
    ValueKind.RATE: ReturnLook.RATE,
}
_LIGHTS = {
    Light.RED: ReturnLook.RED,
    Light.YELLOW: ReturnLook.YELLOW,
    Light.GREEN: ReturnLook.GREEN,
    "不符": ReturnLook.RED,
    "相符": ReturnLook.GREEN,
}


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


Value = str | int | Ratio


@dataclass(frozen=True, slots=True)
class ReturnCell:
    """A cell at a column (from 1). ``formula`` computes its value in a workbook."""

    column: int
    value: Value
    look: ReturnLook
    colspan: int = 1
    rowspan: int = 1
    formula: str = ""

    @property
    def screen_class(self) -> str:
        """The class of the cell on screen: red for sheet-red."""
        return self.look.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A row of the sheet: its number, its cells, its height in points."""

    row: int
    cells: tuple[ReturnCell, ...]
    height: float = LOWEST


@dataclass(frozen=True, slots=True)
class LaidBlock:
    """A block with the rows it occupies."""

    title: str
    title_row: int
    head: tuple[ReturnLine, ...]
    totals: tuple[ReturnLine, ...]
    body: tuple[ReturnLine, ...]
    last_row: int


@dataclass(frozen=True, slots=True)
class Page:
    """A whole sheet, laid out. ``end`` is the row below the last block."""

    sheet: ReturnSheet
    title: str
    period: str
    info: tuple[str, str, str]
    blocks: tuple[LaidBlock, ...]
    notes: tuple[str, ...]
    end: int


Row = Mapping[str, Any]


def lay_out(sheet: ReturnSheet, content: Row, filed_on: str, *, sensitive: bool = False) -> Page:
    """Lay out a return's rows as a sheet. ``sensitive`` shows causes that not everybody may see."""
    month = ReturnMonth.of(content["month"], content["as_of"])
    blocks, row = [], FIRST_ROW
    for block in sheet.blocks:
        laid = _Placing(block, sheet, content, sensitive).lay(row)
        blocks.append(laid)
        row = laid.last_row + (2 if block is not sheet.blocks[-1] else 1)
    info = (f"填报单位：{content['unit']}（盖章）", f"单位：{sheet.unit}", f"填报时间：{filed_on}")
    title = sheet.title.format(place=content["place"])
    gaps = content.get("gaps", ())
    warned = "，数据不完整，见注" if gaps else ""
    period = f"（{month.words}，统计时点{month.as_of_words}{warned}）"
    notes = (*(f"数据不完整：{words}" for words in gaps), *sheet.notes)
    return Page(sheet, title, period, info, tuple(blocks), notes, row)


@dataclass(frozen=True, slots=True)
class _Summed:
    """A row of totals: its number, the table's rows, and which of them it counts."""

    total: TotalRow
    number: int
    rows: tuple[int, int]
    counted: Sequence[Row]
    given: Row


@dataclass(frozen=True)
class _Placing:
    """Places one block in the sheet."""

    block: Block
    sheet: ReturnSheet
    content: Row
    sensitive: bool

    def lay(self, top: int) -> LaidBlock:
        """Place title, header, totals and rows from row ``top`` on."""
        title_row = top if self.block.title else 0
        head = self._head(top + bool(self.block.title))
        after_head = head[-1].row + 1
        rows: Sequence[Row] = self.content["blocks"][self.block.code]
        totals_at = after_head + (len(rows) if self.block.totals_last else 0)
        first = after_head + (0 if self.block.totals_last else len(self.block.totals))
        last = first + len(rows) - 1
        totals = tuple(
            self._total(total, totals_at + n, (first, last), rows)
            for n, total in enumerate(self.block.totals)
        )
        body = tuple(self._line(row, first + n) for n, row in enumerate(rows))
        if not rows:
            body = (self._nothing(first),)
        last_row = max(line.row for line in (*totals, *body))
        return LaidBlock(self.block.title, title_row, head, totals, body, last_row)

    # --- header -----------------------------------------------------------------------------

    def _head(self, top: int) -> tuple[ReturnLine, ...]:
        depth = self.block.depth
        rows: list[list[ReturnCell]] = [[] for _ in range(depth)]
        for one in headings(self.block.tree, depth):
            cell = ReturnCell(one.column, one.label, ReturnLook.HEAD, one.columns, one.rows)
            rows[one.level].append(cell)
        heights = [self._head_height(cells, n, depth) for n, cells in enumerate(rows)]
        lines = [ReturnLine(top + n, tuple(rows[n]), heights[n]) for n in range(depth)]
        if self.block.has_numbers:
            lines.append(ReturnLine(top + depth, self._citations(), 16.0))
        return tuple(lines)

    def _head_height(self, cells: Sequence[ReturnCell], level: int, depth: int) -> float:
        """Rows of merged headings are low. The last row has the height of its longest label."""
        if level < depth - 1:
            return LOWEST
        room = LOWEST * (depth - 1)
        lines = max((self._lines(cell) for cell in cells if cell.rowspan == 1), default=1)
        return max(LOWEST, lines * LINE_HEIGHT + ROOM, self._tallest() - room)

    def _tallest(self) -> float:
        labels = ((leaf, column) for leaf, column in self._leaves())
        return max(
            self._lines(ReturnCell(column, leaf.label, ReturnLook.HEAD, leaf.span)) * LINE_HEIGHT
            + ROOM
            for leaf, column in labels
        )

    def _citations(self) -> tuple[ReturnCell, ...]:
        cited = citations(self.block)
        return tuple(
            ReturnCell(column, cited[leaf.field], ReturnLook.CITED, leaf.span)
            for leaf, column in self._leaves()
        )

    # --- rows -------------------------------------------------------------------------------

    def _line(self, row: Row, number: int) -> ReturnLine:
        cells = tuple(self._cell(leaf, column, row, number) for leaf, column in self._leaves())
        lines = max(self._lines(cell) for cell in cells)
        return ReturnLine(number, cells, max(LOWEST, lines * LINE_HEIGHT + ROOM))

    def _cell(self, leaf: Leaf, column: int, row: Row, number: int) -> ReturnCell:
        if leaf.kind is ValueKind.RATE:
            return self._rate(leaf, column, number, _ratio(leaf, row), ReturnLook.RATE)
        if leaf.adds:
            value = sum(row[field] for field in leaf.adds)
            formula = "+".join(self._at(field, number) for field in leaf.adds)
            return ReturnCell(column, value, ReturnLook.COUNT, leaf.span, formula=formula)
        value = self._value(leaf, row)
        look = (
            _LIGHTS.get(value, ReturnLook.WORD)
            if leaf.kind is ValueKind.LIGHT
            else _LOOKS[leaf.kind]
        )
        return ReturnCell(column, value, look, leaf.span)

    def _value(self, leaf: Leaf, row: Row) -> Any:
        if self.sensitive and leaf.full_field in row:
            return row[leaf.full_field]
        value = row.get(leaf.field)
        return NOTHING if value is None else value

    def _nothing(self, number: int) -> ReturnLine:
        width = len(self.sheet.columns)
        words = self.block.if_empty or "无"
        return ReturnLine(number, (ReturnCell(1, words, ReturnLook.EMPTY, width),), 30.0)

    # --- totals -----------------------------------------------------------------------------

    def _total(
        self, total: TotalRow, number: int, rows: tuple[int, int], body: Sequence[Row]
    ) -> ReturnLine:
        counted = [row for row in body if not total.field or row[total.field] == total.equals]
        given = self.content["totals"].get(total.given, {})
        summed = _Summed(total, number, rows, counted, given)
        label = ReturnCell(1, total.label, ReturnLook.TOTAL, self.block.label_columns)
        cells = [
            self._total_cell(leaf, column, summed)
            for leaf, column in self._leaves()
            if column > self.block.label_columns
        ]
        return ReturnLine(number, (label, *cells))

    def _total_cell(self, leaf: Leaf, column: int, summed: _Summed) -> ReturnCell:
        if leaf.kind is ValueKind.RATE:
            ratio = _ratio(leaf, *summed.counted)
            return self._rate(leaf, column, summed.number, ratio, ReturnLook.TOTAL_RATE)
        if leaf.total:
            value = sum(row[leaf.field] for row in summed.counted)
            formula = self._sum(leaf.field, summed)
            return ReturnCell(column, value, ReturnLook.TOTAL_COUNT, leaf.span, formula=formula)
        words = summed.given.get(leaf.field, NOTHING)
        return ReturnCell(column, words, _LIGHTS.get(words, ReturnLook.TOTAL), leaf.span)

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

    def _rate(
        self, leaf: Leaf, column: int, number: int, ratio: Ratio, look: ReturnLook
    ) -> ReturnCell:
        top = "+".join(self._at(field, number) for field in leaf.numerator)
        base = "+".join(self._at(field, number) for field in leaf.base)
        formula = f'IF({base}=0,"{NOTHING}",({top})/({base}))'
        return ReturnCell(column, ratio, look, leaf.span, formula=formula)

    def _leaves(self) -> Iterator[tuple[Leaf, int]]:
        column = 1
        for leaf in self.block.leaves:
            yield leaf, column
            column += leaf.span

    def _column(self, field: str) -> int:
        return next(column for leaf, column in self._leaves() if leaf.field == field)

    def _at(self, field: str, row: int) -> str:
        return f"{get_column_letter(self._column(field))}{row}"

    def _lines(self, cell: ReturnCell) -> int:
        """How many lines the text needs in the width of its columns."""
        start = cell.column - 1
        room = sum(self.sheet.columns[start : start + cell.colspan]) * FITS - 1
        return text_lines(str(cell.value), room)


def _ratio(leaf: Leaf, *rows: Row) -> Ratio:
    top = sum(row[field] for row in rows for field in leaf.numerator)
    return Ratio(top, sum(row[field] for row in rows for field in leaf.base))
