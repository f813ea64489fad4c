"""A list as a workbook of any size: openpyxl makes head and styles, rows are streamed (stack 4).

100,000 rows take seconds and little memory this way; every cell of data is text, never a formula
(S44). Sheets with merged heads, totals and formulas are made in reporting/returns/workbook.py.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

_FONT = "宋体"
_SHEET = "xl/worksheets/sheet1.xml"
_TITLE, _INFO, _MARK, _HEAD, _FIRST = 1, 2, 3, 4, 5
_CHUNK = 400
_MODEL_ROW = re.compile(rf'<row r="{_FIRST}".*?</row>', re.DOTALL)
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A
_INCH = 2.54
_ROW, _LINE = 20, 14  # points: a row of one line, and each line where there are more
_WIDE = "\u2e80"  # from here on signs are two digits wide
_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a list: its heading, its width in digits, and whether its text stands left."""

    heading: str
    width: float = 12
    left: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list on A4 across: title, one line of information, who took it out and why, one head.

    序号 is put before the columns. ``mark`` is also printed at the foot of every page.
    """

    name: str
    title: str
    info: str
    mark: str
    columns: tuple[SheetColumn, ...]
    signatures: tuple[str, ...] = ()


def write_list(target: BinaryIO, sheet: ListSheet, rows: Iterable[Sequence[str]]) -> int:
    """Write the workbook to ``target``; returns how many rows it has."""
    model = zipfile.ZipFile(BytesIO(_model(sheet)))
    page = model.read(_SHEET).decode()
    styles = re.findall(rf'<c r="[A-Z]+{_FIRST}" s="(\d+)"', page)
    found = _MODEL_ROW.search(page)
    assert found is not None
    head = re.sub(r"<dimension [^>]*/>", "", page[: found.start()])
    counted = [0]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for member in model.infolist():
            if member.filename != _SHEET:
                book.writestr(member, model.read(member))
                continue
            with book.open(_SHEET, "w", force_zip64=True) as out:
                out.write(head.encode())
                for lines in _chunks(_lines(rows, styles, sheet.columns, counted)):
                    out.write("".join(lines).encode())
                out.write(_signatures(sheet, counted[0]).encode())
                out.write(page[found.end() :].encode())
    return counted[0]


def _lines(
    rows: Iterable[Sequence[str]],
    styles: list[str],
    columns: Sequence[SheetColumn],
    counted: list[int],
) -> Iterator[str]:
    widths = [round(column.width) for column in columns]  # in digits of 11 points, words have 10
    opened = [f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">' for style in styles[1:]]
    for row in rows:
        counted[0] += 1
        cells = "".join(
            f"{start}{_text(value)}</t></is></c>" for start, value in zip(opened, row, strict=True)
        )
        number = f'<c s="{styles[0]}"><v>{counted[0]}</v></c>'
        yield f'<row ht="{_height(row, widths)}" customHeight="1">{number}{cells}</row>'


def _height(row: Sequence[str], widths: Sequence[int]) -> int:
    """The height in points at which no word of the row is cut."""
    lines = max(map(lines_in, row, widths), default=1)
    return _ROW if lines == 1 else _LINE * lines + _LINE // 2


def lines_in(words: str, width: int) -> int:
    """How many lines words take in a column so many digits wide; a Chinese sign is two wide."""
    if 2 * len(words) <= width and "\n" not in words:
        return 1
    return sum(
        max(1, -(-sum(1 if sign < _WIDE else 2 for sign in line) // max(width, 2)))
        for line in words.split("\n")
    )


def _signatures(sheet: ListSheet, rows: int) -> str:
    """One line under the rows, each signature over its share of the columns."""
    if not sheet.signatures:
        return ""
    number = _FIRST + rows
    step = max((len(sheet.columns) + 1) // len(sheet.signatures), 1)
    cells = "".join(
        f'<c r="{get_column_letter(1 + place * step)}{number}" t="inlineStr">'
        f"<is><t>{_text(words)}</t></is></c>"
        for place, words in enumerate(sheet.signatures)
    )
    return f'<row r="{number}" ht="30" customHeight="1">{cells}</row>'


def _text(value: str) -> str:
    clean = ILLEGAL_CHARACTERS_RE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPED.sub("_x005F_", escape(clean))


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(lines, _CHUNK)):
        yield chunk


def _model(sheet: ListSheet) -> bytes:
    """The head, the paper and one row that carries the styles, as openpyxl writes them."""
    book = Workbook()
    page: Any = book.active
    page.title = sheet.name
    width = len(sheet.columns) + 1
    _across(page, _TITLE, width, sheet.title, Font(name=_FONT, size=18, bold=True), "center", 34)
    _across(page, _INFO, width, sheet.info, Font(name=_FONT, size=10), "left", 20)
    _across(page, _MARK, width, sheet.mark, Font(name=_FONT, size=9, color="7F7F7F"), "left", 18)
    for number, column in enumerate((SheetColumn("序号", 6), *sheet.columns), start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        _head(page.cell(_HEAD, number), column.heading)
        _body(page.cell(_FIRST, number), column, is_number=number == 1)
    page.row_dimensions[_HEAD].height = 24
    _set_paper(page, sheet.mark)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def _across(
    page: Any, row: int, width: int, text: str, font: Font, across: str, height: float
) -> None:
    cell = page.cell(row, 1)
    _put(cell, text)
    cell.font, cell.alignment = font, Alignment(horizontal=across, vertical="center")
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    page.row_dimensions[row].height = height


def _head(cell: Any, heading: str) -> None:
    _put(cell, heading)
    cell.font, cell.border = Font(name=_FONT, size=10, bold=True), _BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.fill = PatternFill("solid", start_color="F2F2F2", end_color="F2F2F2")


def _body(cell: Any, column: SheetColumn, *, is_number: bool) -> None:
    cell.value = 0 if is_number else "x"
    cell.font, cell.border = Font(name=_FONT, size=10), _BOX
    across = "left" if column.left else "center"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    cell.number_format = "0" if is_number else "@"


def _put(cell: Any, text: str) -> None:
    """Text stays text: openpyxl makes a formula of anything that begins with = (S44)."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"


def _set_paper(page: Any, mark: str) -> None:
    """A4 across, one page wide, the head and the mark on every page (forms 1.2, S25)."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.print_title_rows = f"{_HEAD}:{_HEAD}"
    page.freeze_panes = f"A{_FIRST}"
    margins = page.page_margins
    margins.left = margins.right = 1.0 / _INCH
    margins.top, margins.bottom = 1.4 / _INCH, 1.6 / _INCH
    margins.footer = 0.8 / _INCH
    page.oddFooter.left.text = mark.replace("&", "&&")[:200]
    page.oddFooter.left.size = 8
    page.oddFooter.right.text = "第 &P 页，共 &N 页"
    page.oddFooter.right.size = 8
