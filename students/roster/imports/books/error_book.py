"""The error workbook: refused rows as uploaded, wrong cells in red, to be corrected and sent
back."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from foundation.tablefiles.cell import Cell
from foundation.workbooks.blank import note
from foundation.workbooks.page import TEXT, CellLook, box, bytes_of, put
from foundation.workbooks.paper import repeat_head, set_a4
from students.roster.imports.reading import cells
from students.roster.rules.sheet_headings import letter_of, plain_heading

SHEET = "错误表"
ROW_NO = "原行号"
WHY = "错误说明"
CHECK = "核对码（请勿改动）"  # hidden: it ties the row number to the batch
_PLAIN_CHECK = plain_heading(CHECK)
MAX_COMMENTS = 2_000  # old spreadsheet programs open a file with more comments slowly
ON_ONE_PAGE = 20  # columns; a wider sheet is not fitted to the paper's width
_WRAP = Alignment(vertical="top", wrap_text=True)
_CELL = CellLook(border=box("BFBFBF"), number_format=TEXT)
_HEAD = CellLook(Font(bold=True), _WRAP)
_OURS = CellLook(Font(bold=True), fill=PatternFill("solid", fgColor="FFF2CC"))
_WRONG = CellLook(Font(color="9C0006"), fill=PatternFill("solid", fgColor="FFC7CE"))
_WHY = CellLook(align=_WRAP)


class WrongBook(Exception):
    """The returned file is not this batch's error workbook; the message says what to do."""


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A refused row: its number in the file, its cells, and its problems by column letter."""

    number: int
    cells: Sequence[Cell]
    problems: Sequence[Mapping[str, str]]


def error_workbook(key: str, headings: Sequence[Cell], rows: Iterable[WrongRow]) -> bytes:
    """Build the workbook; ``key`` belongs to the batch, so that no other batch's row is accepted.

    Every cell is text: no cell of a sheet becomes a formula (S44). Our three columns come last, so
    that the other columns keep the letters that the messages name.
    """
    rows = list(rows)
    width = max([len(headings), *(len(row.cells) for row in rows)])
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for at in range(width):
        _put(sheet, 1, at + 1, headings[at] if at < len(headings) else None, _HEAD)
        sheet.column_dimensions[get_column_letter(at + 1)].width = _width(at, rows)
    _head(sheet, width + 1, ROW_NO, 10)
    _head(sheet, width + 2, WHY, 44)
    _head(sheet, width + 3, CHECK, 10, hidden=True)
    commented = 0
    for line, row in enumerate(rows, start=2):
        commented = _put_row(sheet, line, row, width, commented)
        _put(sheet, line, width + 1, str(row.number))
        _put(sheet, line, width + 3, check_of(key, row.number))
        why = "；".join(_sentence(problem) for problem in row.problems)
        _put(sheet, line, width + 2, why, _WHY)
    repeat_head(sheet, 1, 1)
    set_a4(sheet, fits=width <= ON_ONE_PAGE)
    return bytes_of(book)


def _width(at: int, rows: Iterable[WrongRow]) -> int:
    """Return the width of the longest cell, within bounds, so that a number is read whole."""
    words = (cells.text(row.cells[at]) for row in rows if at < len(row.cells))
    return min(max([10, *(sum(1 if sign < "⺀" else 2 for sign in one) + 3 for one in words)]), 30)


def _head(sheet: Any, column: int, title: str, width: int, *, hidden: bool = False) -> None:
    _put(sheet, 1, column, title, _OURS)
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = width
    sheet.column_dimensions[letter].hidden = hidden


def _put_row(sheet: Any, line: int, row: WrongRow, width: int, commented: int) -> int:
    said: dict[str, list[str]] = {}
    for problem in row.problems:
        said.setdefault(problem.get("column", ""), []).append(problem["message"])
    for at in range(width):
        words = said.get(letter_of(at))
        value = row.cells[at] if at < len(row.cells) else None
        cell = _put(sheet, line, at + 1, value, _WRONG if words else None)
        if words and commented < MAX_COMMENTS:
            note(cell, "；".join(words), "核对结果", height=90, width=260)
            commented += 1
    return commented


def _put(sheet: Any, line: int, column: int, value: Cell, look: CellLook | None = None) -> Any:
    cell = put(sheet.cell(line, column), cells.text(value) or None, _CELL)
    if look:
        look.give(cell)
    return cell


def _sentence(problem: Mapping[str, str]) -> str:
    label = problem.get("label", "")
    return f"{label}：{problem['message']}" if label else problem["message"]


def _said(row: Sequence[Cell], at: int, check: int | None) -> str:
    """Row number and check, such as 12-5f0a93; books of before hold both in one cell."""
    parts = [at] if check is None else [at, check]
    return "-".join(cells.text(row[one]) if one < len(row) else "" for one in parts)


def check_of(key: str, number: int) -> str:
    """Return the check that ties a row's number to the batch, such as 5f0a93."""
    return hashlib.sha256(f"{key} {number}".encode()).hexdigest()[:6]


def returned_rows(
    key: str, rows: Sequence[Sequence[Cell]], refused: Iterable[int]
) -> dict[int, list[Cell]]:
    """Return the corrected rows by their number in the file, without our three columns.

    Raises WrongBook when a row does not say which one it is, or was not refused.
    """
    plain = [plain_heading(cells.text(cell)) for cell in rows[0]] if rows else []
    if ROW_NO not in plain:
        raise WrongBook(
            f"这不是本批的错误表：没有「{ROW_NO}」列。请下载错误表，在表内改正后再上传。"
        )
    at = plain.index(ROW_NO)
    check = plain.index(_PLAIN_CHECK) if _PLAIN_CHECK in plain else None
    known = {f"{number}-{check_of(key, number)}": number for number in refused}
    found: dict[int, list[Cell]] = {}
    for line, row in enumerate(rows[1:], start=2):
        if not any(cells.text(cell) for cell in row):
            continue
        number = known.get(_said(row, at, check))
        if number is None:
            raise WrongBook(
                f"错误表第{line}行的「{ROW_NO}」不是本批待改正的行。请不要改动这一列，"
                "也不要在错误表里添加学生；新增的学生请另行上传。"
            )
        if number in found:
            raise WrongBook(
                f"错误表第{line}行与前面一行对应原表同一行（第{number}行），请只保留一行。"
            )
        found[number] = list(row[:at])
    if not found:
        raise WrongBook("错误表里没有数据行。请在下载的错误表内改正后再上传。")
    return found
