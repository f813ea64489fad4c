"""Writes a small table or a form (forms 1.2): title, period, information, head, 合计, notes.

Text stays text, never a formula (S44). 合计 and rates are formulas stored with their results. Long
lists are written by foundation/workbooks/listing.py, the county's returns by
reporting/returns/workbook.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from foundation.workbooks.headings import Branch, depth_of, headings
from foundation.workbooks.measure import text_lines
from foundation.workbooks.official import FIRST_ROW, Dress, write_bottom, write_top
from foundation.workbooks.page import (
    NO_BOX,
    TEXT,
    CellLook,
    across,
    box,
    bytes_of,
    filled,
    font,
    merge,
    middle,
    put,
)
from foundation.workbooks.paper import number_pages, repeat_head, set_a4, set_margins
from foundation.workbooks.sealing import seal

NOTHING = "—"
_SIDE = 1.2  # centimetres
# For a form: two pairs side by side, three signatures below them.
_FORM_WIDTHS = (16, 15, 15, 16, 15, 15)
_LINE = 15.0  # points
_FITS = 1.05  # half-width characters in a digit of width
_WORDS = CellLook(font(10), middle(), box(), number_format=TEXT)
_LEFT = replace(_WORDS, align=middle("left"))
_HEAD = CellLook(font(10, bold=True), middle(), box(), filled("F2F2F2"), TEXT)
_TOTAL = replace(_WORDS, font=font(10, bold=True))
_DRESS = Dress(
    title=CellLook(font(18, bold=True), middle(), NO_BOX, number_format=TEXT),
    period=CellLook(font(12), middle(), NO_BOX, number_format=TEXT),
    info=(
        CellLook(font(10), middle("left", wrap=False), NO_BOX, number_format=TEXT),
        CellLook(font(10), middle("center", wrap=False), NO_BOX, number_format=TEXT),
        CellLook(font(10), middle("right", wrap=False), NO_BOX, number_format=TEXT),
    ),
    signature=CellLook(font(11), middle("left"), NO_BOX, number_format=TEXT),
    note=CellLook(font(9), middle("left"), NO_BOX, number_format=TEXT),
    period_height=22,
    signature_height=34,
    fits=_FITS,
)
# The looks of cells with a number, a rate, or nothing.
_NUMBERS = {look: replace(look, number_format="0") for look in (_WORDS, _LEFT, _TOTAL)}
_RATES = {look: replace(look, number_format="0.0%") for look in (_WORDS, _TOTAL)}
_EMPTY = {look: replace(look, number_format="") for look in (_WORDS, _LEFT, _TOTAL)}

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: heading, width in digits, and the heading it shares with its neighbours.

    ``adds`` puts its sum into 合计. ``rate`` makes each cell a formula: the columns (from 0) whose
    sum is divided, and the column that divides.
    """

    heading: str
    width: float = 8
    group: str = ""
    adds: bool = False
    left: bool = False
    rate: tuple[tuple[int, ...], int] | None = None

    @property
    def label(self) -> str:
        """The column's own heading, without the shared one."""
        return self.heading

    @property
    def span(self) -> int:
        """Always one column."""
        return 1


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One table on A4 landscape. A rate's own value in a row is ignored: it is computed here."""

    name: str
    title: str
    period: str
    info: tuple[str, str, str]
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[Cell]]
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = "无"


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form on A4 portrait: rows of one or two (label, value) pairs."""

    name: str
    title: str
    period: str
    info: tuple[str, str, str]
    rows: Sequence[Sequence[tuple[str, str]]]
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    """A sheet being written, with the results of its formulas by cell."""

    sheet: Any
    columns: tuple[TableColumn, ...]
    values: dict[str, int | float | str] = field(default_factory=dict)

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of its columns in digits."""
        return tuple(column.width for column in self.columns)


def write_book(sheets: Iterable[TableSheet | FormSheet], made_on: str) -> bytes:
    """The bytes of an .xlsx file. ``made_on`` (2025-09-12) is its only timestamp."""
    book = Workbook()
    book.remove(book.active)
    values = {}
    for number, one in enumerate(sheets, start=1):
        page = book.create_sheet(one.name)
        write = _write_table if isinstance(one, TableSheet) else _write_form
        values[f"xl/worksheets/sheet{number}.xml"] = write(page, one)
    return seal(bytes_of(book), values, f"{made_on}T00:00:00Z")


# --- a table ----------------------------------------------------------------------------------


def _write_table(sheet: Any, table: Any) -> dict[str, int | float | str]:
    page = _Page(sheet, table.columns)
    write_top(sheet, table, page.widths, _DRESS)
    head = _write_head(page)
    first = head + 1
    for number, row in enumerate(table.rows, start=first):
        _write_row(page, number, row)
    last = head + len(table.rows)
    if not table.rows:
        last = first
        across(sheet, first, (1, len(page.widths)), table.empty, _WORDS)
    elif any(column.adds for column in table.columns):
        last += 1
        _write_total(page, table.rows, first, last)
    write_bottom(sheet, last + 1, page.widths, table.footer, table.notes, _DRESS)
    _set_paper(sheet, "landscape")
    repeat_head(sheet, FIRST_ROW, head, freeze="B")
    return page.values


def _write_head(page: _Page) -> int:
    """The head in one row, or in two where columns share a heading; returns its last row."""
    tree: list[Branch | TableColumn] = []
    for group, members in groupby(page.columns, key=lambda column: column.group):
        found = tuple(members)
        tree += [Branch(group, found)] if group else found
    depth = depth_of(tree)
    for one in headings(tree, depth):
        row, column = FIRST_ROW + one.level, one.column
        put(page.sheet.cell(row, column), one.label, _HEAD)
        merge(page.sheet, (row, row + one.rows - 1), (column, column + one.columns - 1))
    for row in range(FIRST_ROW, FIRST_ROW + depth):
        page.sheet.row_dimensions[row].height = 24
    return FIRST_ROW + depth - 1


def _write_row(page: _Page, number: int, row: Sequence[Cell]) -> None:
    height = 1
    for position, (column, value) in enumerate(zip(page.columns, row, strict=True), start=1):
        if column.rate:
            _put_rate(page, number, position, row, _WORDS)
        else:
            _put(page.sheet.cell(number, position), value, _LEFT if column.left else _WORDS)
            height = max(height, _lines(str(value or ""), column.width))
    page.sheet.row_dimensions[number].height = 7 + _LINE * height


def _write_total(page: _Page, rows: Sequence[Sequence[Cell]], first: int, number: int) -> None:
    """合计 as formulas over the rows (forms 1.2)."""
    sums = [
        sum(_number(row[at]) for row in rows) if column.adds else None
        for at, column in enumerate(page.columns)
    ]
    for position, column in enumerate(page.columns, start=1):
        letter = get_column_letter(position)
        cell = page.sheet.cell(number, position)
        if column.rate:
            _put_rate(page, number, position, sums, _TOTAL)
        elif column.adds:
            _EMPTY[_TOTAL].give(cell)
            cell.value = f"=SUM({letter}{first}:{letter}{number - 1})"
            page.values[cell.coordinate] = sums[position - 1] or 0
        else:
            _put(cell, "合计" if position == 1 else "", _TOTAL)
    page.sheet.row_dimensions[number].height = 24


def _put_rate(page: _Page, number: int, position: int, row: Sequence[Cell], look: CellLook) -> None:
    rate = page.columns[position - 1].rate
    assert rate is not None
    above, below = rate
    added = "+".join(f"{get_column_letter(at + 1)}{number}" for at in above)
    base = f"{get_column_letter(below + 1)}{number}"
    cell = page.sheet.cell(number, position)
    cell.value = f'=IF({base}=0,"{NOTHING}",({added})/({base}))'
    _RATES[look].give(cell)
    whole, part = _number(row[below]), sum(_number(row[at]) for at in above)
    page.values[cell.coordinate] = part / whole if whole else NOTHING


def _put(cell: Any, value: Cell, look: CellLook) -> None:
    if value is None:
        look = _EMPTY[look]
    elif isinstance(value, int):
        look = _NUMBERS[look]
    put(cell, value, look)


def _number(value: Cell) -> int:
    return value if isinstance(value, int) else 0


# --- a form -----------------------------------------------------------------------------------


def _write_form(sheet: Any, form: Any) -> dict[str, int | float | str]:
    write_top(sheet, form, _FORM_WIDTHS, _DRESS)
    number = FIRST_ROW - 1
    for row in form.rows:
        number += 1
        height = 1
        for place, (label, value) in enumerate(row):
            start = 1 + 3 * place
            end = start + 2 if len(row) > 1 else len(_FORM_WIDTHS)
            put(sheet.cell(number, start), label, _HEAD)
            across(sheet, number, (start + 1, end), value, _LEFT)
            height = max(height, _lines(value, sum(_FORM_WIDTHS[start:end])))
        sheet.row_dimensions[number].height = 13 + _LINE * height
    write_bottom(sheet, number + 1, _FORM_WIDTHS, form.footer, form.notes, _DRESS)
    _set_paper(sheet, "portrait")
    return {}


# --- both -------------------------------------------------------------------------------------


def _lines(text: str, width: float) -> int:
    return text_lines(text, max(width * _FITS, 1))


def _set_paper(sheet: Any, orientation: str) -> None:
    set_a4(sheet, orientation)
    set_margins(sheet, _SIDE, footer=None)
    number_pages(sheet)
