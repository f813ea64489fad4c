"""Writes a return as a workbook, from the same layout as the screen (forms 1.2)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from foundation.workbooks.official import FIRST_ROW, write_bottom, write_top
from foundation.workbooks.page import across, bytes_of, clean, font, merge, put
from foundation.workbooks.paper import number_pages, repeat_head, set_a4, set_margins
from foundation.workbooks.sealing import seal
from reporting.returns.layout import LaidBlock, Page, Ratio, ReturnCell, ReturnLine
from reporting.returns.paper import break_before, fits_one_page
from reporting.returns.sheets.definition import FOOTER
from reporting.returns.styles import BLOCK_TITLE, CELLS, DRESS, named_styles


def workbook_of(
    pages: Iterable[Page], unit: str, filed_on: str, tell: Callable[[str], None] = lambda _: None
) -> bytes:
    """The bytes of an .xlsx with one sheet for each page. The same pages give the same bytes."""
    book = Workbook()
    book.remove(book.active)
    # The width of a column is measured in digits of this font.
    book._named_styles["Normal"].font = font(11)
    for style in named_styles():
        book.add_named_style(style)
    values = {}
    for number, page in enumerate(pages, start=1):
        values[f"xl/worksheets/sheet{number}.xml"] = _write(book, page)
        tell(page.sheet.name)
    book.properties.creator, book.properties.title = clean(unit), "控辍保学工作月报表"
    book.properties.created = datetime.fromisoformat(filed_on)
    return seal(bytes_of(book), values, f"{filed_on}T00:00:00Z")


def _write(book: Workbook, page: Page) -> dict[str, int | float | str]:
    sheet = book.create_sheet(page.sheet.name)
    widths = page.sheet.columns
    write_top(sheet, page, widths, DRESS)
    values: dict[str, int | float | str] = {}
    for block in page.blocks:
        _write_block(sheet, block, len(widths), values)
    footer = FOOTER if page.sheet.is_signed else ()
    last, height = write_bottom(sheet, page.end, widths, footer, page.notes, DRESS)
    _set_paper(sheet, page, last, height)
    return values


def _write_block(
    sheet: Worksheet, block: LaidBlock, width: int, values: dict[str, int | float | str]
) -> None:
    if block.title:
        across(sheet, block.title_row, (1, width), block.title, BLOCK_TITLE, 24)
    for line in (*block.head, *block.totals, *block.body):
        sheet.row_dimensions[line.row].height = line.height
        for cell in line.cells:
            _put(sheet, line, cell)
            if cell.formula:
                value = cell.value
                at = f"{get_column_letter(cell.column)}{line.row}"
                values[at] = value.worked_out if isinstance(value, Ratio) else value


def _put(sheet: Worksheet, line: ReturnLine, cell: ReturnCell) -> None:
    target: Any = sheet.cell(line.row, cell.column)
    CELLS[cell.look].give(target)
    if cell.formula:
        target.value = f"={cell.formula}"
    else:
        put(target, cell.value if isinstance(cell.value, int) else str(cell.value))
    rows = (line.row, line.row + cell.rowspan - 1)
    merge(sheet, rows, (cell.column, cell.column + cell.colspan - 1))


def _set_paper(sheet: Any, page: Page, last: int, bottom: float) -> None:
    """A4 landscape, one page wide, the header on every page, 第 X 页，共 Y 页 at the foot."""
    letter = get_column_letter(len(page.sheet.columns))
    sheet.print_area = f"A1:{letter}{last}"
    set_a4(sheet, high=1 if fits_one_page(page, bottom) else 0)
    set_margins(sheet, header=0.8)
    number_pages(sheet)
    ends = break_before(page, bottom)
    if ends:
        sheet.row_breaks.append(Break(id=ends - 1))
    sheet.freeze_panes = f"A{FIRST_ROW}"
    if len(page.blocks) == 1:
        head = page.blocks[0].head
        column = get_column_letter(page.sheet.freeze_columns + 1)
        repeat_head(sheet, head[0].row, head[-1].row, column)
