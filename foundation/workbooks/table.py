"""A small table or a form as a workbook (forms 1.2): title, period, information, head, 合计, notes.

Text stays text, never a formula (S44); 合计 and rates are formulas, with their worked-out value
beside them. Long lists are written by foundation/workbooks/listing.py, the county's returns by
reporting/returns/workbook.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from foundation.workbooks.sealing import seal

A4 = 9
FONT = "宋体"
NOTHING = "—"
_INCH = 2.54
_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", start_color="F2F2F2", end_color="F2F2F2")
_TITLE, _PERIOD, _INFO, _HEAD = 1, 2, 3, 4
_LINE = 15.0  # points

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in digits, and the heading it shares with its neighbours.

    ``adds`` puts its sum into 合计. ``rate`` makes a formula of every row: the columns (from 0)
    whose sum is divided, and the column that divides.
    """

    heading: str
    width: float = 8
    group: str = ""
    adds: bool = False
    left: bool = False
    rate: tuple[tuple[int, ...], int] | None = None


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One table on A4 across. A rate's own value in a row is left out: it is worked out here."""

    name: str
    title: str
    period: str
    info: tuple[str, str, str]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = "无"


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form on A4 upright: rows of one or two (label, value) pairs."""

    name: str
    title: str
    period: str
    info: tuple[str, str, str]
    rows: Sequence[Sequence[tuple[str, str]]]
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    """A sheet being written, with the worked-out values of its formulas by cell."""

    sheet: Any
    widths: tuple[float, ...]
    values: dict[str, int | float | str] = field(default_factory=dict)


def write_book(sheets: Iterable[TableSheet | FormSheet], made_on: str) -> bytes:
    """The bytes of an .xlsx; ``made_on`` (2025-09-12) is all it tells of when it was made."""
    book = Workbook()
    book.remove(book.active)
    values = {}
    for number, one in enumerate(sheets, start=1):
        page = book.create_sheet(one.name)
        write = _write_table if isinstance(one, TableSheet) else _write_form
        values[f"xl/worksheets/sheet{number}.xml"] = write(page, one)
    raw = BytesIO()
    book.save(raw)
    return seal(raw.getvalue(), values, f"{made_on}T00:00:00Z")


# --- a table ----------------------------------------------------------------------------------


def _write_table(sheet: Any, table: Any) -> dict[str, int | float | str]:
    page = _Page(sheet, tuple(column.width for column in table.columns))
    _write_top(page, table)
    head = _write_head(page, table.columns)
    first = head + 1
    for number, row in enumerate(table.rows, start=first):
        _write_row(page, table.columns, number, row)
    last = head + len(table.rows)
    if not table.rows:
        last = first
        _across(page, first, (1, len(page.widths)), table.empty, size=10, box=True)
    elif any(column.adds for column in table.columns):
        last += 1
        _write_total(page, table, first, last)
    _write_bottom(page, table, last + 1)
    _set_paper(page, "landscape")
    sheet.print_title_rows = f"{_HEAD}:{head}"
    sheet.freeze_panes = f"B{first}"
    return page.values


def _write_head(page: _Page, columns: Sequence[Column]) -> int:
    """The heading in one row, or in two where columns share one above them; its last row."""
    last = _HEAD + any(column.group for column in columns)
    number = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        if group:
            _across(page, _HEAD, (number, number + len(found) - 1), group, bold=True, box=True)
        for column in found:
            row = last if group else _HEAD
            cell = page.sheet.cell(row, number)
            _put(cell, column.heading, bold=True, fill=True)
            if not group and last > _HEAD:
                _box(page, (_HEAD, last), number)
                page.sheet.merge_cells(
                    start_row=_HEAD, end_row=last, start_column=number, end_column=number
                )
            number += 1
    for row in range(_HEAD, last + 1):
        page.sheet.row_dimensions[row].height = 24
    return last


def _write_row(page: _Page, columns: Sequence[Column], number: int, row: Sequence[Cell]) -> None:
    height = 1.0
    for position, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
        cell = page.sheet.cell(number, position)
        if column.rate:
            _put_rate(page, columns, number, position, row)
        else:
            _put(cell, value, left=column.left)
            height = max(height, _lines(str(value or ""), column.width))
    page.sheet.row_dimensions[number].height = 7 + _LINE * height


def _write_total(page: _Page, table: Any, first: int, number: int) -> None:
    """合计 as formulas over the rows (forms 1.2)."""
    sums = [
        sum(row[at] for row in table.rows if isinstance(row[at], int)) if column.adds else None
        for at, column in enumerate(table.columns)
    ]
    for position, column in enumerate(table.columns, start=1):
        letter = get_column_letter(position)
        cell = page.sheet.cell(number, position)
        if column.rate:
            _put_rate(page, table.columns, number, position, sums)
        elif column.adds:
            _put(cell, None)
            cell.value = f"=SUM({letter}{first}:{letter}{number - 1})"
            page.values[cell.coordinate] = sums[position - 1] or 0
        else:
            _put(cell, "合计" if position == 1 else "")
        cell.font = Font(name=FONT, size=10, bold=True)
    page.sheet.row_dimensions[number].height = 24


def _put_rate(
    page: _Page, columns: Sequence[Column], number: int, position: int, row: Sequence[Cell]
) -> None:
    rate = columns[position - 1].rate
    assert rate is not None
    above, below = rate
    added = "+".join(f"{get_column_letter(at + 1)}{number}" for at in above)
    base = f"{get_column_letter(below + 1)}{number}"
    cell = page.sheet.cell(number, position)
    _put(cell, None)
    cell.value, cell.number_format = f'=IF({base}=0,"{NOTHING}",({added})/({base}))', "0.0%"
    whole, part = _number(row[below]), sum(_number(row[at]) for at in above)
    page.values[cell.coordinate] = part / whole if whole else NOTHING


def _number(value: Cell) -> int:
    return value if isinstance(value, int) else 0


# --- a form -----------------------------------------------------------------------------------


def _write_form(sheet: Any, form: Any) -> dict[str, int | float | str]:
    # Six columns, so that two pairs stand side by side and three signatures below them.
    page = _Page(sheet, (16, 15, 15, 16, 15, 15))
    _write_top(page, form)
    number = _HEAD - 1
    for row in form.rows:
        number += 1
        height = 1.0
        for place, (label, value) in enumerate(row):
            start = 1 + 3 * place
            end = start + 2 if len(row) > 1 else len(page.widths)
            _put(sheet.cell(number, start), label, bold=True, fill=True)
            _across(page, number, (start + 1, end), value, size=10, box=True, left=True)
            height = max(height, _lines(value, sum(page.widths[start:end])))
        sheet.row_dimensions[number].height = 13 + _LINE * height
    _write_bottom(page, form, number + 1)
    _set_paper(page, "portrait")
    return {}


# --- around both ------------------------------------------------------------------------------


def _write_top(page: _Page, one: Any) -> None:
    width = len(page.widths)
    for number, wide in enumerate(page.widths, start=1):
        page.sheet.column_dimensions[get_column_letter(number)].width = wide
    _across(page, _TITLE, (1, width), one.title, size=18, bold=True)
    _across(page, _PERIOD, (1, width), one.period, size=12)
    page.sheet.row_dimensions[_TITLE].height = 34
    page.sheet.row_dimensions[_INFO].height = page.sheet.row_dimensions[_PERIOD].height = 22
    for text, columns, across in zip(
        one.info, _runs(page.widths, 3), ("left", "center", "right"), strict=True
    ):
        _across(page, _INFO, columns, text, across=across)


def _write_bottom(page: _Page, one: Any, row: int) -> None:
    """Signatures side by side, and the notes below them."""
    if one.footer:
        runs = _runs(page.widths, len(one.footer))
        for text, columns in zip(one.footer, runs, strict=True):
            _across(page, row, columns, text, size=11, left=True)
        page.sheet.row_dimensions[row].height = 34
    for number, note in enumerate(one.notes, start=1):
        row += 1
        text = f"{'注：' if number == 1 else '　　'}{number}.{note}"
        _across(page, row, (1, len(page.widths)), text, size=9, left=True)
        page.sheet.row_dimensions[row].height = 2 + 14 * _lines(text, sum(page.widths))


def _runs(widths: Sequence[float], count: int) -> list[tuple[int, int]]:
    """``count`` runs of columns of about the same width, at least one column each."""
    count = min(count, len(widths))
    whole, so_far = sum(widths), 0.0
    ends: list[int] = []
    for number, wide in enumerate(widths[:-1], start=1):
        so_far += wide
        must = len(widths) - number <= count - 1 - len(ends)
        if len(ends) < count - 1 and (must or so_far >= whole * (len(ends) + 1) / count):
            ends.append(number)
    return list(zip([1, *(end + 1 for end in ends)], [*ends, len(widths)], strict=True))


def _across(
    page: _Page,
    row: int,
    columns: tuple[int, int],
    text: str,
    *,
    size: float = 10,
    bold: bool = False,
    box: bool = False,
    left: bool = False,
    across: str = "",
) -> None:
    first, last = columns
    cell = page.sheet.cell(row, first)
    _put(cell, text, left=left)
    cell.font = Font(name=FONT, size=size, bold=bold)
    if across:
        cell.alignment = Alignment(horizontal=across, vertical="center")
    for column in range(first, last + 1):
        page.sheet.cell(row, column).border = _BOX if box else Border()
        if box and bold:
            page.sheet.cell(row, column).fill = _GREY
    if last > first:
        page.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _box(page: _Page, rows: tuple[int, int], column: int) -> None:
    for row in range(rows[0], rows[1] + 1):
        page.sheet.cell(row, column).border = _BOX


def _put(
    cell: Any, value: Cell, *, bold: bool = False, left: bool = False, fill: bool = False
) -> None:
    cell.font, cell.border = Font(name=FONT, size=10, bold=bold), _BOX
    across = "left" if left else "center"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    if fill:
        cell.fill = _GREY
    if isinstance(value, int):
        cell.value, cell.number_format = value, "0"
    elif value is not None:
        # Text stays text: openpyxl makes a formula of anything that begins with = (S44).
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type, cell.number_format = "s", "@"


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; Chinese characters are two digits wide."""
    wide = (
        sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)
        for line in text.split("\n")
    )
    return sum(max(1, ceil(one / max(width * 1.05, 1))) for one in wide)


def _set_paper(page: _Page, orientation: str) -> None:
    """A4, one page wide, 第 X 页，共 Y 页 at the foot (forms 1.2)."""
    sheet = page.sheet
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 1.2 / _INCH
    margins.top, margins.bottom = 1.4 / _INCH, 1.6 / _INCH
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
