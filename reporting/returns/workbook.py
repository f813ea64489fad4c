"""Writes a return as a workbook, from the same layout as the screen (forms 1.2)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from foundation.workbooks.layout import Page
from foundation.workbooks.page import clean, font
from foundation.workbooks.writing import empty_book, write_book
from reporting.returns.styles import named_styles


def workbook_of(
    pages: Iterable[Page], unit: str, filed_on: str, tell: Callable[[str], None] = lambda _: None
) -> bytes:
    """The bytes of an .xlsx with one sheet for each page. The same pages give the same bytes."""
    book = empty_book()
    # The width of a column is measured in digits of this font.
    book._named_styles["Normal"].font = font(11)
    for style in named_styles():
        book.add_named_style(style)
    book.properties.creator, book.properties.title = clean(unit), "控辍保学工作月报表"
    book.properties.created = datetime.fromisoformat(filed_on)
    return write_book(pages, filed_on, book, tell)
