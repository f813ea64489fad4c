"""Writes laid out sheets: lines above, tables, signatures and notes, paper (forms 1.2).

Text stays text, never a formula (S44); formulas are stored with their results.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from foundation.workbooks.layout import BookCell, BookLine, LaidBlock, Page, Ratio
from foundation.workbooks.measure import runs, text_lines
from foundation.workbooks.merging import merge
from foundation.workbooks.page import CellLook, across, bytes_of, put, set_widths
from foundation.workbooks.paper import repeat_head
from foundation.workbooks.sealing import Value, seal

Values = dict[str, Value]


def empty_book() -> Workbook:
    """A workbook without a sheet."""
    book = Workbook()
    book.remove(book.active)
    return book


def write_book(
    pages: Iterable[Page],
    made_on: str = "",
    book: Workbook | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> bytes:
    """The bytes of an .xlsx with one sheet for each page. The same pages give the same bytes.

    ``made_on`` (2025-09-12) is its only timestamp; without it the file tells when it was
    written. ``tell`` is told the name of each sheet written.
    """
    book = book or empty_book()
    values = {}
    for number, page in enumerate(pages, start=1):
        values[f"xl/worksheets/sheet{number}.xml"] = write_page(book.create_sheet(page.name), page)
        tell(page.name)
    raw = bytes_of(book)
    return seal(raw, values, f"{made_on}T00:00:00Z") if made_on else raw


def write_page(sheet: Any, page: Page) -> Values:
    """Write a page onto an empty worksheet; returns the results of its formulas by cell."""
    set_widths(sheet, page.widths)
    for row, (texts, line) in enumerate(zip(page.top, page.dress.top, strict=True), start=1):
        _side_by_side(sheet, row, page.widths, texts, line.looks, line.height)
    values: Values = {}
    for block in page.blocks:
        _write_block(sheet, page, block, values)
    last, height = _write_bottom(sheet, page)
    page.dress.paper(sheet, page, last, height)
    if len(page.blocks) == 1 and (head := page.blocks[0].head):
        frozen = "" if page.freeze is None else get_column_letter(page.freeze + 1)
        repeat_head(sheet, head[0].row, head[-1].row, frozen)
    return values


def _side_by_side(
    sheet: Any,
    row: int,
    widths: Sequence[float],
    texts: Sequence[str],
    looks: Iterable[CellLook],
    height: float,
) -> None:
    """Write texts in one row, each over about the same share of the width."""
    places = runs(widths, len(texts)) if texts else ()
    for text, columns, look in zip(texts, places, looks, strict=True):
        across(sheet, row, columns, text, look, height)


def _write_block(sheet: Any, page: Page, block: LaidBlock, values: Values) -> None:
    if block.title:
        whole = (1, len(page.widths))
        across(sheet, block.title_row, whole, block.title, page.dress.block_title, 24)
    for line in block.lines:
        if line.height is not None:
            sheet.row_dimensions[line.row].height = line.height
        for cell in line.cells:
            _write_cell(sheet, page, line, cell, values)


def _write_cell(sheet: Any, page: Page, line: BookLine, cell: BookCell, values: Values) -> None:
    target, value = sheet.cell(line.row, cell.column), cell.value
    page.dress.look_of(cell.look, value).give(target)
    if cell.formula:
        target.value = f"={cell.formula}"
        values[target.coordinate] = value.worked_out if isinstance(value, Ratio) else value
    else:
        put(target, value if isinstance(value, int) else str(value))
    rows = (line.row, line.row + cell.rowspan - 1)
    merge(sheet, rows, (cell.column, cell.column + cell.colspan - 1))


def _write_bottom(sheet: Any, page: Page) -> tuple[int, float]:
    """Signatures side by side, notes below; returns the last row and the height in points."""
    dress, row = page.dress, page.end + page.dress.gap
    looks = [dress.signature] * len(page.footer)
    _side_by_side(sheet, row, page.widths, page.footer, looks, dress.signature_height)
    whole = dress.signature_height
    for number, note in enumerate(page.notes, start=1):
        row += 1
        text = f"{'注：' if number == 1 else '　　'}{number}.{note}"
        height = 2 + 14.0 * text_lines(text, max(sum(page.widths) * dress.fits, 1))
        across(sheet, row, (1, len(page.widths)), text, dress.note, height)
        whole += height
    return row, whole
