"""Where a sheet's pages end, so that signatures never stand alone on a page of their own."""

from reporting.returns.layout import Page

# A4 across less its margins, in points; a column of n characters is about 7n + 5 pixels wide.
PAGE_WIDTH, PAGE_HEIGHT = 785.0, 505.0
KEPT = 3  # rows of the table that go over with the signatures
TOP = 76.0  # title, period and information


def break_before(page: Page, bottom: float) -> int | None:
    """The row before which a page must end, or None; ``bottom`` is the height of what follows."""
    if len(page.blocks) != 1 or page.sheet.fits_one_page:
        return None
    block = page.blocks[0]
    head = sum(line.height for line in block.head)
    room = PAGE_HEIGHT / _scale(page.sheet.columns)
    used = TOP + head
    for line in (*block.totals, *block.body):
        if used + line.height > room:
            used = head
        used += line.height
    if used + bottom <= room or len(block.body) <= KEPT:
        return None
    return block.body[-KEPT].row


def _scale(columns: tuple[float, ...]) -> float:
    """How far the sheet is shrunk to be one page wide."""
    return min(1.0, PAGE_WIDTH / sum((wide * 7 + 5) * 0.75 for wide in columns))
