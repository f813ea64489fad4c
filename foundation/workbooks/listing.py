"""Writes a list of any size: openpyxl makes head and styles, rows are streamed (stack 4).

100,000 rows take seconds and little memory. Every data cell is text, never a formula (S44). Sheets
with merged heads, totals and formulas are written by foundation/workbooks/writing.py.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from foundation.workbooks.definition import Block, Leaf, keyed
from foundation.workbooks.dress import BookLook, TopLine
from foundation.workbooks.layout import one_table
from foundation.workbooks.measure import lines_in
from foundation.workbooks.page import CellLook, boxed, bytes_of, clean, font, middle
from foundation.workbooks.plain import plain_dress
from foundation.workbooks.writing import write_page

_SHEET = "xl/worksheets/sheet1.xml"
_FIRST = 5  # row of the list, below title, information, mark and head
_CHUNK = 400
_MODEL_ROW = re.compile(rf'<row r="{_FIRST}".*?</row>', re.DOTALL)
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A
_ROW, _LINE = 20, 14  # points: a row of one line, and each line where there are more
_DRESS = plain_dress(
    top=(
        TopLine((CellLook(font(18, bold=True), middle(wrap=False)),), 34),
        TopLine((CellLook(font(10), middle("left", wrap=False)),), 20),
        TopLine((CellLook(font(9, colour="7F7F7F"), middle("left", wrap=False)),), 18),
    ),
    looks={
        BookLook.HEAD: boxed(bold=True, fill="F2F2F2", number_format=""),
        BookLook.WORD: boxed(),
        BookLook.TEXT: boxed(across="left"),
    },
    numbers={BookLook.WORD: boxed(number_format="0")},
    head_height=24,
    foot_size=8,
)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list on A4 landscape: title, a line of information, who exported it and why, one head.

    序号 is put before the columns, which show the texts of a row in their order.
    ``mark`` is also printed at the foot of every page.
    """

    name: str
    title: str
    info: str
    mark: str
    columns: tuple[Leaf, ...]
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
    columns: Sequence[Leaf],
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
    """The height of a row in points at which no word is cut."""
    lines = max(map(lines_in, row, widths), default=1)
    return _ROW if lines == 1 else _LINE * lines + _LINE // 2


def _signatures(sheet: ListSheet, rows: int) -> str:
    """One line below the rows, each signature over its share of the columns."""
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
    words = clean(value.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPED.sub("_x005F_", escape(words))


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(lines, _CHUNK)):
        yield chunk


def _model(sheet: ListSheet) -> bytes:
    """Head, page set-up and one styled row, as openpyxl writes them."""
    block = Block("", (Leaf("no", "序号"), *sheet.columns))
    top = ((sheet.title,), (sheet.info,), (sheet.mark,))
    model = keyed(block.tree, [[0, *"x" * len(sheet.columns)]])
    book = Workbook()
    page = one_table(clean(sheet.name), _DRESS, top, block, model, freeze=0)
    book.active.title = page.name
    write_page(book.active, page)
    return bytes_of(book)
