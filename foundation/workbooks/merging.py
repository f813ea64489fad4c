"""Merged cells: what openpyxl's ``merge_cells`` does, with its borders reckoned once a workbook.

openpyxl adds up the borders of every edge cell of every merged range; in a return of a county that
took as long as everything else. Two ranges whose corners look alike get the same looks.
"""

from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.cell_range import CellRange

Key = tuple[object, ...]
# First, middle and last row by first, middle and last column, without those that are not there.
Styles = dict[tuple[int, int], Any]

_KNOWN: WeakKeyDictionary[Workbook, dict[Key, Styles]] = WeakKeyDictionary()


def merge(sheet: Any, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Merge cells; the first cell's border is drawn around all of them."""
    if rows[1] <= rows[0] and columns[1] <= columns[0]:
        return
    known = _KNOWN.setdefault(sheet.parent, {})
    key = _key(sheet, rows, columns)
    if styles := known.get(key):
        _repeat(sheet, rows, columns, styles)
    else:
        sheet.merge_cells(None, rows[0], columns[0], rows[1], columns[1])
        known[key] = _styles(sheet, rows, columns)


def _key(sheet: Any, rows: tuple[int, int], columns: tuple[int, int]) -> Key:
    """What decides the looks: those of both corners, and which edges lie apart."""
    corners = (sheet._cells.get((row, column)) for row, column in zip(rows, columns, strict=True))
    looks = (tuple(cell._style or ()) if cell else None for cell in corners)
    return (*looks, min(rows[1] - rows[0], 2), min(columns[1] - columns[0], 2))


def _styles(sheet: Any, rows: tuple[int, int], columns: tuple[int, int]) -> Styles:
    return {
        (_third(row, rows), _third(column, columns)): copy(sheet._cells[row, column]._style)
        for row in range(rows[0], rows[1] + 1)
        for column in range(columns[0], columns[1] + 1)
    }


def _third(at: int, ends: tuple[int, int]) -> int:
    """0 at the beginning, 2 at the end, 1 between them."""
    if at == ends[0]:
        return 0
    return 2 if at == ends[1] else 1


def _repeat(sheet: Any, rows: tuple[int, int], columns: tuple[int, int], styles: Styles) -> None:
    cells = sheet._cells
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            if (row, column) != (rows[0], columns[0]):
                cells[row, column] = MergedCell(sheet, row, column)
            cells[row, column]._style = copy(styles[_third(row, rows), _third(column, columns)])
    ends = {"min_row": rows[0], "max_row": rows[1], "min_col": columns[0], "max_col": columns[1]}
    sheet.merged_cells.ranges.add(CellRange(**ends))
