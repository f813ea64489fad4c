"""The DOCX of a paper, for WPS: the same words, parts and pages as its print page."""

from io import BytesIO

from docx import Document
from docx.document import Document as Book
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from foundation.papers.printing import looks, word
from foundation.papers.printing.parts import PartWriter
from foundation.papers.printing.sheets import Sheet

TALL = (210, 297, 37, 26, 35, 28)  # mm: width, height, then the margins from the top clockwise
WIDE = (297, 210, 28, 37, 26, 35)
ON_ONE = (210, 297, 15, 26, 12, 28)
NUMBER_SIZE = 14.0


def as_docx(sheet: Sheet) -> bytes:
    """The paper as a DOCX that can be changed by hand. Signs that XML cannot hold are left out."""
    book = Document()
    _dress(book, sheet)
    _lay_out(book, sheet)
    room = looks.WIDE_ROOM if sheet.landscape else looks.ROOM
    writer = PartWriter(book, room, looks.ON_ONE if sheet.on_one else looks.USUAL)
    writer.write(sheet)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _dress(book: Book, sheet: Sheet) -> None:
    normal = book.styles["Normal"]
    word.dress(normal.element.get_or_add_rPr(), looks.FANGSONG)
    properties = book.core_properties
    properties.title, properties.author, properties.comments = sheet.number, "", ""
    properties.language = "zh-CN"


def _lay_out(book: Book, sheet: Sheet) -> None:
    """A4 by GB/T 9704; page numbers at the outer edge, but for a paper on one page; what is printed
    across on every page."""
    section = book.sections[0]
    width, height, top, right, bottom, left = _edges(sheet)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance, section.footer_distance = Mm(min(15, top)), Mm(max(5, bottom - 14))
    book.settings.odd_and_even_pages_header_footer = True
    for foot, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        foot.paragraphs[0].alignment = align
        if not sheet.on_one:
            word.page_number(foot.paragraphs[0], looks.SONG, NUMBER_SIZE)
    if sheet.mark:
        for head in (section.header, section.even_page_header):
            word.mark(head.paragraphs[0], sheet.mark, looks.HEITI)


def _edges(sheet: Sheet) -> tuple[int, ...]:
    if sheet.on_one:
        return ON_ONE
    return WIDE if sheet.landscape else TALL
