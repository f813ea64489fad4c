"""Small tables and forms (forms 1.2): title, period, information, table, signatures, notes.

Long lists are written by foundation/workbooks/listing.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from foundation.workbooks.definition import Block, Row, TotalRow
from foundation.workbooks.dress import BookLook, Dress, TopLine
from foundation.workbooks.layout import BookCell, BookLine, LaidBlock, Page, one_table
from foundation.workbooks.measure import text_lines
from foundation.workbooks.page import boxed, free
from foundation.workbooks.paper import number_pages, set_a4, set_margins

_SIDE = 1.2  # centimetres
# For a form: two pairs side by side, three signatures below them.
_FORM_WIDTHS = (16, 15, 15, 16, 15, 15)
_FITS = 1.05  # half-width characters in a digit of width


def _set_paper(orientation: str, sheet: Any, *_: object) -> None:
    set_a4(sheet, orientation)
    set_margins(sheet, _SIDE, footer=None)
    number_pages(sheet)


_NUMBER = boxed(number_format="0")
TABLE = Dress(
    top=(
        TopLine((free(18, bold=True),), 34),
        TopLine((free(12),), 22),
        TopLine(tuple(free(10, at, wrap=False) for at in ("left", "center", "right")), 22),
    ),
    looks={
        BookLook.WORD: boxed(),
        BookLook.TEXT: boxed(across="left"),
        BookLook.HEAD: boxed(bold=True, fill="F2F2F2"),
        BookLook.RATE: boxed(number_format="0.0%"),
        BookLook.TOTAL: boxed(bold=True),
        BookLook.TOTAL_COUNT: boxed(bold=True, number_format=""),
        BookLook.TOTAL_RATE: boxed(bold=True, number_format="0.0%"),
    },
    numbers={BookLook.WORD: _NUMBER, BookLook.COUNT: _NUMBER},
    lines=lambda text, width: text_lines(text, max(width * _FITS, 1)),
    line=15,
    room=7,
    paper=partial(_set_paper, "landscape"),
    head_height=24,
    total_height=24,
    signature=free(11, "left"),
    signature_height=34,
    note=free(9, "left"),
    fits=_FITS,
)
_FORM = replace(TABLE, room=13, paper=partial(_set_paper, "portrait"))


def table_page(
    name: str,
    top: tuple[str, str, tuple[str, str, str]],
    tree: Iterable[Any],
    rows: Sequence[Row],
    footer: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    empty: str = "无",
) -> Page:
    """A table on A4 landscape; ``top`` is title, period and the three infos, ``rows`` by field.

    The last row is 合计 where a column has a total.
    """
    block = Block("", tuple(tree), totals_last=True, label_columns=1, if_empty=empty)
    if any(leaf.total for leaf in block.leaves):
        block = replace(block, totals=(TotalRow("合计"),))
    return one_table(name, TABLE, _top(*top), block, rows, footer=footer, notes=notes, freeze=1)


def form_page(
    name: str,
    top: tuple[str, str, tuple[str, str, str]],
    rows: Iterable[Sequence[tuple[str, str]]],
    footer: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Page:
    """A form on A4 portrait: rows of one or two (label, value) pairs."""
    body = tuple(_pairs(number, row) for number, row in enumerate(rows, start=len(_FORM.top) + 1))
    block = LaidBlock("", 0, (), (), body)
    return Page(name, _FORM, _FORM_WIDTHS, _top(*top), (block,), footer, notes)


def _pairs(number: int, row: Sequence[tuple[str, str]]) -> BookLine:
    cells: list[BookCell] = []
    lines = 1
    wide = 2 if len(row) > 1 else len(_FORM_WIDTHS) - 1
    for place, (label, value) in enumerate(row):
        start = 1 + 3 * place
        cells.append(BookCell(start, label, BookLook.HEAD))
        cells.append(BookCell(start + 1, value, BookLook.TEXT, wide))
        lines = max(lines, _FORM.lines(value, sum(_FORM_WIDTHS[start : start + wide])))
    return BookLine(number, tuple(cells), _FORM.height_of(lines))


def _top(title: str, period: str, info: tuple[str, str, str]) -> tuple[tuple[str, ...], ...]:
    return (title,), (period,), info
