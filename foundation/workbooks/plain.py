"""Writes a plain sheet, A4 landscape: lines above, a head of one row, rows, a line below (forms
1.2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.workbooks.measure import lines_in
from foundation.workbooks.page import CellLook, across, put, set_widths
from foundation.workbooks.paper import number_pages, repeat_head, set_a4, set_margins


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A text over all columns; its height is in points."""

    text: str
    look: CellLook
    height: float


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """A column: its heading, its width in digits, the look of its cells."""

    heading: str
    width: float
    look: CellLook


@dataclass(frozen=True, slots=True)
class PlainHead:
    """The look of the headings; ``height`` in points, computed from their lines if omitted."""

    look: CellLook
    height: float | None = None


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """The content of the sheet.

    A row is ``line_height`` points high for each line of its longest text, plus 8; a column holds
    ``spare`` digits less than its width. The ``below`` line stands after an empty row. ``freeze``
    is the first column that scrolls; empty, the head scrolls too. ``mark`` and the page number are
    printed at the foot, in ``foot_size`` points.
    """

    top: Sequence[PlainLine]
    head: PlainHead
    columns: Sequence[PlainColumn]
    rows: Iterable[Sequence[Any]]
    line_height: float = 14
    spare: int = 0
    below: PlainLine | None = None
    freeze: str = ""
    mark: str | None = None
    foot_size: int | None = None

    @property
    def head_row(self) -> int:
        return len(self.top) + 1


def write_plain(page: Any, sheet: PlainSheet) -> None:
    """Write the sheet onto an empty worksheet."""
    for row, line in enumerate(sheet.top, start=1):
        _line(page, sheet, row, line)
    set_widths(page, (column.width for column in sheet.columns))
    headings = [column.heading for column in sheet.columns]
    _row(page, sheet, sheet.head_row, headings, sheet.head.look)
    if sheet.head.height:
        page.row_dimensions[sheet.head_row].height = sheet.head.height
    last = sheet.head_row
    for last, values in enumerate(sheet.rows, start=sheet.head_row + 1):
        _row(page, sheet, last, values)
    if sheet.below:
        _line(page, sheet, last + 2, sheet.below)
    set_a4(page)
    set_margins(page)
    number_pages(page, sheet.foot_size, sheet.mark)
    repeat_head(page, sheet.head_row, sheet.head_row, sheet.freeze)


def _line(page: Any, sheet: PlainSheet, row: int, line: PlainLine) -> None:
    across(page, row, (1, len(sheet.columns)), line.text, line.look, line.height)


def _row(
    page: Any, sheet: PlainSheet, row: int, values: Sequence[Any], look: CellLook | None = None
) -> None:
    lines = 1
    for number, (value, column) in enumerate(zip(values, sheet.columns, strict=True), start=1):
        put(page.cell(row, number), value, look or column.look)
        words = "" if value is None else str(value)
        lines = max(lines, lines_in(words, round(column.width) - sheet.spare))
    page.row_dimensions[row].height = 8 + sheet.line_height * lines
