"""Print set-up of a sheet: A4, margins, page numbers, repeated head (forms 1.2)."""

from typing import Any

from foundation.workbooks.page import clean

A4 = 9
PAGE_NUMBER = "第 &P 页，共 &N 页"
_INCH = 2.54  # centimetres


def set_a4(
    sheet: Any, orientation: str | None = "landscape", *, fits: bool = True, high: int = 0
) -> None:
    """A4; one page wide where it ``fits``, ``high`` pages high, 0 for as many as needed."""
    if orientation:
        sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = A4
    if fits:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, high
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def set_margins(
    sheet: Any, side: float = 1.0, *, header: float | None = None, footer: float | None = 0.8
) -> None:
    """Centre the sheet, with an official form's margins in centimetres (forms 1.2)."""
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = side / _INCH
    margins.top, margins.bottom = 1.4 / _INCH, 1.6 / _INCH
    if header:
        margins.header = header / _INCH
    if footer:
        margins.footer = footer / _INCH


def number_pages(sheet: Any, size: int | None = None, mark: str | None = None) -> None:
    """Print 第 X 页，共 Y 页 centred at every foot, or right of a ``mark``; size in points."""
    foot = sheet.oddFooter
    if mark is not None:
        foot.left.text, foot.left.size = clean(mark).replace("&", "&&")[:200], size
    place = foot.center if mark is None else foot.right
    place.text, place.size = PAGE_NUMBER, size


def repeat_head(sheet: Any, first: int, last: int, freeze: str = "A") -> None:
    """Repeat the head on every page; freeze it, and the columns left of ``freeze``, on screen."""
    sheet.print_title_rows = f"{first}:{last}"
    if freeze:
        sheet.freeze_panes = f"{freeze}{last + 1}"
