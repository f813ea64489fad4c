"""The dress of plain sheets, A4 landscape: lines above, a head of one row, rows (forms 1.2)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from foundation.workbooks.dress import BookLook, Dress, TopLine
from foundation.workbooks.layout import Page
from foundation.workbooks.measure import lines_in
from foundation.workbooks.page import CellLook
from foundation.workbooks.paper import number_pages, set_a4, set_margins


def plain_dress(
    top: tuple[TopLine, ...],
    looks: Mapping[BookLook, CellLook],
    *,
    line: float = 14,
    spare: int = 0,
    foot_size: int | None = None,
    **more: Any,
) -> Dress:
    """A dress whose columns hold ``spare`` digits less than their width.

    The page number is printed at the foot, in ``foot_size`` points, and with it what stands in a
    third line above the table. ``more`` are further parts of the dress.
    """

    def lines(text: str, width: float) -> int:
        return lines_in(text, round(width) - spare)

    return Dress(top, looks, lines, line, 8, partial(_set_paper, foot_size), **more)


def _set_paper(foot_size: int | None, sheet: Any, page: Page, *_: object) -> None:
    set_a4(sheet)
    set_margins(sheet)
    number_pages(sheet, foot_size, *(text for (text,) in page.top[2:]))
