"""Where a sheet's pages end, so that signatures never stand alone on a page of their own."""

from reporting.returns.layout import LaidBlock, Page

PAGE_WIDTH, PAGE_HEIGHT = 785.0, 505.0  # A4 across less its margins, in points
KEPT = 3  # rows of the table that go over with the signatures
TOP = 76.0  # title, period and information
SHRINKS = 1.2  # what is no more than a fifth over one page is shrunk onto it
# The width of a digit in pixels: of 宋体, and of what stands in where it is missing.
DIGITS = (8.0, 9.3)


def fits_one_page(page: Page, bottom: float) -> bool:
    """Whether the sheet is made one page high; ``bottom`` is the height of what follows the table.

    It is when the sheet asks for it, or when it would run only a little over its first page.
    """
    if page.sheet.fits_one_page:
        return True
    if len(page.blocks) != 1:
        return False
    block = page.blocks[0]
    whole = TOP + sum(line.height for line in (*block.head, *block.totals, *block.body)) + bottom
    return whole <= min(_rooms(page)) * SHRINKS


def break_before(page: Page, bottom: float) -> int | None:
    """The row before which a page must end, so that three rows go over with the signatures."""
    if len(page.blocks) != 1 or fits_one_page(page, bottom):
        return None
    block = page.blocks[0]
    if len(block.body) <= KEPT or not any(_spills(block, bottom, room) for room in _rooms(page)):
        return None
    return block.body[-KEPT].row


def _rooms(page: Page) -> list[float]:
    """How high a page is in the sheet's own points, by the width of the digits."""
    return [PAGE_HEIGHT / _scale(page.sheet.columns, digit) for digit in DIGITS]


def _spills(block: LaidBlock, bottom: float, room: float) -> bool:
    """Whether the last page that the table reaches has no room left for ``bottom``."""
    head = sum(line.height for line in block.head)
    used = TOP + head
    for line in (*block.totals, *block.body):
        if used + line.height > room:
            used = head
        used += line.height
    return used + bottom > room


def _scale(columns: tuple[float, ...], digit: float) -> float:
    """How far the sheet is shrunk to be one page wide; a column has 5 pixels besides its digits."""
    return min(1.0, PAGE_WIDTH / sum((wide * digit + 5) * 0.75 for wide in columns))
