"""The common parts of all our workbooks: looks, text cells, merged lines (forms 1.2)."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from foundation.workbooks.merging import merge

FONT = "宋体"
BLACK = "000000"
TEXT = "@"
NO_BOX = Border()


@dataclass(frozen=True, slots=True, eq=False)
class CellLook:
    """The look of a cell; an omitted part keeps a new workbook's default.

    ``style`` names a style of the workbook to be used instead of all other parts.
    """

    font: Font | None = None
    align: Alignment | None = None
    border: Border | None = None
    fill: PatternFill | None = None
    number_format: str = ""
    style: str = ""

    def give(self, cell: Any) -> None:
        """Give a cell this look. Each look is built once for a workbook, since openpyxl is slow."""
        known = _KNOWN.setdefault(cell.parent.parent, {})
        if self in known and not cell.has_style:
            cell._style = copy(known[self])
            return
        is_new = not cell.has_style
        self.set_on(cell)
        if is_new:
            known[self] = copy(cell._style)

    def set_on(self, cell: Any) -> None:
        """Set the given parts on a cell, or on a named style."""
        if self.style:
            cell.style = self.style
        if self.font:
            cell.font = self.font
        if self.align:
            cell.alignment = self.align
        if self.border:
            cell.border = self.border
        if self.fill:
            cell.fill = self.fill
        if self.number_format:
            cell.number_format = self.number_format


_KNOWN: WeakKeyDictionary[Workbook, dict[CellLook, Any]] = WeakKeyDictionary()


def font(size: float | None = None, *, bold: bool = False, colour: str | None = None) -> Font:
    """宋体 of a size in points."""
    return Font(name=FONT, size=size, bold=bold, color=colour)


def box(colour: str | None = BLACK) -> Border:
    """Thin borders around a cell; without a colour the reader's program chooses one."""
    thin = Side(style="thin", color=colour)
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def filled(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def middle(across: str = "center", *, wrap: bool = True) -> Alignment:
    """Vertically centred; ``across`` is the horizontal alignment."""
    return Alignment(horizontal=across, vertical="center", wrap_text=wrap or None)


def free(
    size: float = 10,
    across: str = "center",
    *,
    bold: bool = False,
    wrap: bool = True,
    colour: str | None = None,
) -> CellLook:
    """The look of a text outside a table; size in points."""
    face = font(size, bold=bold, colour=colour)
    return CellLook(face, middle(across, wrap=wrap), NO_BOX, number_format=TEXT)


def boxed(
    size: float = 10,
    across: str = "center",
    *,
    bold: bool = False,
    fill: str = "",
    colour: str | None = None,
    border: Border | None = None,
    number_format: str = TEXT,
) -> CellLook:
    """The look of a cell of a table; size in points. Without a border it has the black one."""
    face = font(size, bold=bold, colour=colour)
    ground = filled(fill) if fill else None
    return CellLook(face, middle(across), border or box(), ground, number_format)


def clean(text: str) -> str:
    """The text without control characters, which a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def put(cell: Any, value: str | float | None, look: CellLook | None = None) -> Any:
    """Write a number as a number and text as text; returns the cell.

    openpyxl makes a formula of any text that begins with =; this keeps it text (S44).
    """
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    if look:
        look.give(cell)
    return cell


def across(
    sheet: Any,
    row: int,
    columns: tuple[int, int],
    text: str,
    look: CellLook,
    height: float | None = None,
) -> None:
    """Write a text over the columns from the first to the last; ``height`` in points."""
    put(sheet.cell(row, columns[0]), text, look)
    merge(sheet, (row, row), columns)
    if height:
        sheet.row_dimensions[row].height = height


def set_widths(sheet: Any, widths: Iterable[float]) -> None:
    """Set the widths of the columns from the first on, in digits."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def bytes_of(book: Workbook) -> bytes:
    """The workbook as bytes of a file."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()
