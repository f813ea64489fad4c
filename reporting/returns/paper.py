"""Where a sheet's pages end, so that signatures never stand alone on a page of their own."""

from reporting.returns.layout import LaidBlock, Page

PAGE_WIDTH, PAGE_HEIGHT = 785.0, 505.0  # A4 across less its margins, in points
KEPT = 3  # rows of the table that go over with the signatures
TOP = 76.0  # title, period and information
# The width of a digit in pixels: of 宋体, and of what stands in where it is missing.
DIGITS = (8.0, 9.3)


def break_before(page: Page, bottom: float) -> int | None:
    """The row before which a page must end, or None; ``bottom`` is the height of what follows."""
    if len(page.blocks) != 1 or page.sheet.fits_one_page:
        return None
    block = page.blocks[0]
    rooms = (PAGE_HEIGHT / _scale(page.sheet.columns, digit) for digit in DIGITS)
    if len(block.body) <= KEPT or not any(_spills(block, bottom, room) for room in rooms):
        return None
    return block.body[-KEPT].row


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
