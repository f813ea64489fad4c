"""导入回执: a one-page workbook that says what was imported, by whom, when and from which file."""

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from foundation.workbooks.page import TEXT, CellLook, across, box, bytes_of, middle, put, set_widths
from foundation.workbooks.paper import set_a4

TITLE = "学生名册导入回执"
SIGNED = ("经办人（签字）：", "单位（盖章）：")
_TITLE = CellLook(Font(bold=True, size=16), middle(wrap=False))
_FACT = CellLook(
    align=Alignment(vertical="center", wrap_text=True), border=box(), number_format=TEXT
)


def receipt_workbook(facts: Iterable[tuple[str, str]]) -> bytes:
    """Build labels and values one below the other, with room for signatures. Every cell is text."""
    book = Workbook()
    sheet = book.active
    sheet.title = "导入回执"
    across(sheet, 1, (1, 2), TITLE, _TITLE, 36)
    set_widths(sheet, (22, 66))
    line = 2
    for line, fact in enumerate(facts, start=2):
        for column, words in enumerate(fact, start=1):
            put(sheet.cell(line, column), words, _FACT)
    for column, words in enumerate(SIGNED, start=1):
        put(sheet.cell(line + 2, column), words)
    set_a4(sheet, None)
    return bytes_of(book)
