"""A return as a workbook, from the same layout as the screen (forms 1.2)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from foundation.workbooks.sealing import seal
from reporting.returns import styles
from reporting.returns.layout import FIRST_ROW, FITS, Cell, LaidBlock, Line, Page, Ratio, text_width
from reporting.returns.paper import break_before, fits_one_page
from reporting.returns.sheets.definition import FOOTER

A4 = 9
INCH = 2.54  # centimetres
SIGNATURE_HEIGHT = 30.0


def workbook_of(
    pages: Iterable[Page], unit: str, filed_on: str, tell: Callable[[str], None] = lambda _: None
) -> bytes:
    """The bytes of an .xlsx with one sheet a page; the same pages give the same bytes."""
    book = Workbook()
    book.remove(book.active)
    # The width of a column is measured in digits of this font.
    book._named_styles["Normal"].font = Font(name=styles.FONT, size=11)
    for style in styles.named_styles():
        book.add_named_style(style)
    values = {}
    for number, page in enumerate(pages, start=1):
        values[f"xl/worksheets/sheet{number}.xml"] = _write(book, page)
        tell(page.sheet.name)
    book.properties.creator, book.properties.title = unit, "控辍保学工作月报表"
    book.properties.created = datetime.fromisoformat(filed_on)
    raw = BytesIO()
    book.save(raw)
    return seal(raw.getvalue(), values, f"{filed_on}T00:00:00Z")


def _write(book: Workbook, page: Page) -> dict[str, int | float | str]:
    sheet = book.create_sheet(page.sheet.name)
    width = len(page.sheet.columns)
    for number, wide in enumerate(page.sheet.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = wide
    _write_top(sheet, page, width)
    values: dict[str, int | float | str] = {}
    for block in page.blocks:
        _write_block(sheet, block, width, values)
    last, height = _write_bottom(sheet, page, width)
    _set_paper(sheet, page, last, height)
    return values


def _write_top(sheet: Worksheet, page: Page, width: int) -> None:
    _across(sheet, 1, (1, width), page.title, styles.TITLE, 34)
    _across(sheet, 2, (1, width), page.period, styles.PERIOD, 20)
    left, right = _thirds(page.sheet.columns)
    _across(sheet, 3, (1, left), page.info[0], styles.INFO_LEFT, 22)
    _across(sheet, 3, (left + 1, right - 1), page.info[1], styles.INFO_MIDDLE)
    _across(sheet, 3, (right, width), page.info[2], styles.INFO_RIGHT)


def _thirds(columns: tuple[float, ...]) -> tuple[int, int]:
    """The last column of the first third of the width, and the first of the last third."""
    whole, so_far = sum(columns), 0.0
    left = right = 0
    for number, wide in enumerate(columns, start=1):
        so_far += wide
        if not left and so_far >= whole / 3:
            left = number
        if not right and so_far >= whole * 2 / 3:
            right = number + 1
    return left, max(min(right, len(columns)), left + 2)


def _write_block(
    sheet: Worksheet, block: LaidBlock, width: int, values: dict[str, int | float | str]
) -> None:
    if block.title:
        _across(sheet, block.title_row, (1, width), block.title, styles.BLOCK_TITLE, 24)
    for line in (*block.head, *block.totals, *block.body):
        sheet.row_dimensions[line.row].height = line.height
        for cell in line.cells:
            _put(sheet, line, cell)
            if cell.formula:
                value = cell.value
                at = f"{get_column_letter(cell.column)}{line.row}"
                values[at] = value.worked_out if isinstance(value, Ratio) else value


def _put(sheet: Worksheet, line: Line, cell: Cell) -> None:
    target: Any = sheet.cell(line.row, cell.column)
    target.style = cell.look.value
    if cell.formula:
        target.value = f"={cell.formula}"
    elif isinstance(cell.value, int):
        target.value = cell.value
    else:
        _put_text(target, str(cell.value))
    if cell.colspan > 1 or cell.rowspan > 1:
        sheet.merge_cells(
            start_row=line.row,
            start_column=cell.column,
            end_row=line.row + cell.rowspan - 1,
            end_column=cell.column + cell.colspan - 1,
        )


def _put_text(target: Any, text: str) -> None:
    """Text stays text: openpyxl makes a formula of anything that begins with = (M16, S44)."""
    target.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    target.data_type = "s"


def _across(
    sheet: Worksheet,
    row: int,
    columns: tuple[int, int],
    text: str,
    style: str,
    height: float | None = None,
) -> None:
    target: Any = sheet.cell(row, columns[0])
    target.style = style
    _put_text(target, text)
    if columns[1] > columns[0]:
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=columns[0], end_column=columns[1]
        )
    if height:
        sheet.row_dimensions[row].height = height


def _write_bottom(sheet: Worksheet, page: Page, width: int) -> tuple[int, float]:
    """Signatures and notes; returns the last row, and how high they are together."""
    row = page.end
    footer = FOOTER if page.sheet.is_signed else ()
    for text, columns in zip(footer, _quarters(page.sheet.columns), strict=False):
        _across(sheet, row, columns, text, styles.SIGNATURE, SIGNATURE_HEIGHT)
    heights = SIGNATURE_HEIGHT
    for number, note in enumerate(page.notes, start=1):
        row += 1
        text = f"{'注：' if number == 1 else '　　'}{number}.{note}"
        height = _note_height(text, page.sheet.columns)
        _across(sheet, row, (1, width), text, styles.NOTE, height)
        heights += height
    return row, heights


def _note_height(text: str, columns: tuple[float, ...]) -> float:
    return 14.0 * ceil(text_width(text) / (sum(columns) * FITS)) + 2


def _quarters(columns: tuple[float, ...]) -> list[tuple[int, int]]:
    """Four runs of columns of about the same width, at least one column each."""
    whole, so_far = sum(columns), 0.0
    ends: list[int] = []
    for number, wide in enumerate(columns, start=1):
        so_far += wide
        left = len(columns) - number
        if len(ends) < 3 and (so_far >= whole * (len(ends) + 1) / 4 or left <= 3 - len(ends)):
            ends.append(number)
    starts = [1, *(end + 1 for end in ends)]
    return list(zip(starts, [*ends, len(columns)], strict=True))


def _set_paper(sheet: Any, page: Page, last: int, bottom: float) -> None:
    """A4 across, one page wide, the header on every page, 第 X 页，共 Y 页 at the foot."""
    letter = get_column_letter(len(page.sheet.columns))
    sheet.print_area = f"A1:{letter}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if fits_one_page(page, bottom) else 0
    ends = break_before(page, bottom)
    if ends:
        sheet.row_breaks.append(Break(id=ends - 1))
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 1.0 / INCH
    margins.top, margins.bottom = 1.4 / INCH, 1.6 / INCH
    margins.header = margins.footer = 0.8 / INCH
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.freeze_panes = f"A{FIRST_ROW}"
    if len(page.blocks) == 1:
        head = page.blocks[0].head
        sheet.print_title_rows = f"{head[0].row}:{head[-1].row}"
        column = get_column_letter(page.sheet.freeze_columns + 1)
        sheet.freeze_panes = f"{column}{head[-1].row + 1}"
