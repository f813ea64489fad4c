"""Cells merged by our own short way look as openpyxl would have made them, to the byte."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from foundation.workbooks.merging import merge
from foundation.workbooks.page import CellLook, boxed, bytes_of, free, put
from foundation.workbooks.sealing import seal

Merge = Callable[[Any, tuple[int, int], tuple[int, int]], None]
SOME_SIDES = Border(left=Side("thick"), bottom=Side("thin", color="FF0000"))
LOOKS = (boxed(), free(), boxed(fill="F2F2F2"), CellLook(border=SOME_SIDES), CellLook())
SHAPES = tuple(product((0, 1, 3), (0, 1, 3)))  # rows and columns beyond the first


def by_openpyxl(sheet: Any, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    if rows[0] < rows[1] or columns[0] < columns[1]:
        sheet.merge_cells(None, rows[0], columns[0], rows[1], columns[1])


def every_shape(merge_by: Merge, last: CellLook | None) -> bytes:
    """A workbook with every shape in every look, twice; ``last`` is the last cell's look."""
    book = Workbook()
    book.properties.created = datetime(2025, 9, 12, tzinfo=UTC)
    sheet, row = book.active, 1
    for look, (down, right) in product(LOOKS * 2, SHAPES):
        put(sheet.cell(row, 2), "甲", look)
        if last and down + right:
            last.give(sheet.cell(row + down, 2 + right))
        merge_by(sheet, (row, row + down), (2, 2 + right))
        row += down + 2
    return seal(bytes_of(book), {}, "2025-09-12T00:00:00Z")


@pytest.mark.parametrize("last", [None, LOOKS[1], LOOKS[3]])
def test_every_shape_has_the_bytes_that_openpyxl_would_write(last):
    assert every_shape(merge, last) == every_shape(by_openpyxl, last)
