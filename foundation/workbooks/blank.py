"""Writes an empty sheet to be filled in: headings with hints, text columns, drop-down lists.

The choices of a column stand on a hidden sheet, under the same column letter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from foundation.workbooks.page import TEXT, CellLook, clean, put

HINTS_BY = "填写说明"
_MUST = PatternFill("solid", fgColor="FFF2CC")


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """A column to be filled in, coloured if it must be; width in digits, choices, hint."""

    heading: str
    must: bool
    width: float
    choices: Sequence[str] = ()
    hint: str = ""


def blank_book(
    name: str, lists_name: str, look: CellLook, columns: Iterable[BlankColumn], last_row: int
) -> Workbook:
    """The workbook with its one sheet active. Drop-downs reach down to ``last_row``.

    ``look`` is that of the headings, without the colour.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = name
    lists = book.create_sheet(lists_name)
    lists.sheet_state = "hidden"
    coloured = replace(look, fill=_MUST)
    for position, column in enumerate(columns, start=1):
        _head(sheet, position, column, coloured if column.must else look)
        if column.choices:
            _drop_down(sheet, lists, position, column.choices, last_row)
    return book


def note(cell: Any, words: str, author: str = HINTS_BY, **size: float) -> None:
    """Attach a comment to a cell; its size is in points."""
    cell.comment = Comment(clean(words), author, **size)


def _head(sheet: Any, position: int, column: BlankColumn, look: CellLook) -> None:
    cell = put(sheet.cell(1, position), column.heading, look)
    if column.hint:
        note(cell, column.hint)
    dimension = sheet.column_dimensions[get_column_letter(position)]
    dimension.width = column.width
    # The whole column is text, so that Excel does not change long numbers.
    dimension.number_format = TEXT


def _drop_down(
    sheet: Any, lists: Any, position: int, choices: Sequence[str], last_row: int
) -> None:
    letter = get_column_letter(position)
    for line, choice in enumerate(choices, start=1):
        put(lists.cell(line, position), choice)
    rule = DataValidation(
        type="list",
        formula1=f"'{lists.title}'!${letter}$1:${letter}${len(choices)}",
        allow_blank=True,
        showErrorMessage=False,  # a code is as good as its name
    )
    rule.add(f"{letter}2:{letter}{last_row}")
    sheet.add_data_validation(rule)
