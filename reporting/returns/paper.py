"""Sets a return's print up, and chooses page ends so that signatures never stand alone."""

from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from foundation.workbooks.layout import BookLine, LaidBlock, Page
from foundation.workbooks.paper import number_pages, set_a4, set_margins

PAGE_WIDTH, PAGE_HEIGHT = 785.0, 505.0  # A4 landscape without margins, in points
KEPT = 3  # rows of the table that move to the next page with the signatures
TOP = 76.0  # title, period and information
SHRINKS = 1.2  # a sheet at most a fifth longer than one page is shrunk onto it
# Width of a digit in pixels: in 宋体, and in the font used where 宋体 is missing.
DIGITS = (8.0, 9.3)


def set_paper(sheet: Any, page: Page, last: int, bottom: float) -> None:
    """A4 landscape, one page wide, 第 X 页，共 Y 页 at the foot."""
    sheet.print_area = f"A1:{get_column_letter(len(page.widths))}{last}"
    set_a4(sheet, high=1 if fits_one_page(page, bottom) else 0)
    set_margins(sheet, header=0.8)
    number_pages(sheet)
    ends = break_before(page, bottom)
    if ends:
        sheet.row_breaks.append(Break(id=ends - 1))
    sheet.freeze_panes = f"A{len(page.top) + 1}"


def fits_one_page(page: Page, bottom: float) -> bool:
    """Whether the sheet is shrunk to one page. ``bottom`` is the height below the table, in points.

    It is if the sheet asks for it, or if it is only a little longer than one page.
    """
    if page.fits_one_page:
        return True
    if len(page.blocks) != 1:
        return False
    block = page.blocks[0]
    whole = TOP + _height(block.lines) + bottom
    return whole <= min(_rooms(page)) * SHRINKS


def break_before(page: Page, bottom: float) -> int | None:
    """The row before which a page must end, so that three rows move with the signatures."""
    if len(page.blocks) != 1 or fits_one_page(page, bottom):
        return None
    block = page.blocks[0]
    if len(block.body) <= KEPT or not any(_spills(block, bottom, room) for room in _rooms(page)):
        return None
    return block.body[-KEPT].row


def _height(lines: Iterable[BookLine]) -> float:
    return sum(line.height or 0 for line in lines)


def _rooms(page: Page) -> list[float]:
    """The height of a page in the sheet's own points, for each width of digits."""
    return [PAGE_HEIGHT / _scale(page.widths, digit) for digit in DIGITS]


def _spills(block: LaidBlock, bottom: float, room: float) -> bool:
    """Whether the last page that the table reaches has no room for ``bottom``."""
    head = _height(block.head)
    used = TOP + head
    for line in (*block.totals, *block.body):
        height = _height([line])
        if used + height > room:
            used = head
        used += height
    return used + bottom > room


def _scale(columns: tuple[float, ...], digit: float) -> float:
    """The factor that makes the sheet one page wide. A column is 5 pixels wider than its digits."""
    return min(1.0, PAGE_WIDTH / sum((wide * digit + 5) * 0.75 for wide in columns))
