"""Writes the parts of a paper into a DOCX, piece by piece."""

from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

from docx.document import Document as Book
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as MIDDLE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as Written

from foundation.papers.printing import layout, looks, word
from foundation.papers.printing.codes import picture
from foundation.papers.printing.layout import Piece, Signature
from foundation.papers.printing.looks import Look
from foundation.papers.printing.sheets import (
    JPEG,
    Gap,
    PaperTable,
    Paragraph,
    Part,
    Pictures,
    Sheet,
    Style,
)
from foundation.workbooks.measure import text_width

SEAL = 119.0  # points: 42 mm across
SEAL_ABOVE = 47.0  # its top above the line of the signature
PICTURE = 60  # mm: the height of a photo
CODE, CODE_WORDS = 22, 9.0  # mm of the code, points of the words under it
CUT = Look(looks.FANGSONG, 13, looks.PITCH, ALIGN.CENTER, after=8, keeps=True)


class PartWriter:
    """Writes into one document; ``room`` is the width between its margins in points."""

    def __init__(self, book: Book, room: float, looks_of_parts: looks.Looks = looks.USUAL) -> None:
        self._book, self._room, self._looks = book, room, looks_of_parts
        self._is_small = False

    def _look(self, style: Style) -> Look:
        return (self._looks.small if self._is_small else self._looks.full)[style]

    def write(self, sheet: Sheet) -> None:
        """All parts in order."""
        bearer = layout.code_part(sheet)
        for index, part in enumerate(sheet.parts):
            self._is_small = part.small
            if index:
                self._cut(sheet, index)
            self._part(part, sheet.qr if part is bearer else None)
        if self._book.element.body[-2].tag == qn("w:tbl"):  # the last one is the section
            word.lines(self._book.add_paragraph(), 1)  # a document ends in a paragraph

    def _cut(self, sheet: Sheet, index: int) -> None:
        look = replace(CUT, line=looks.CLOSE_CUT) if sheet.on_one else CUT
        paragraph = self._paragraph(layout.cut(sheet.number), look, spacing=0)
        if layout.opens_page(sheet, index):
            paragraph.paragraph_format.page_break_before = True
        else:
            paragraph.paragraph_format.space_before = Pt(8 if sheet.on_one else 14)

    def _part(self, part: Part, qr: str | None) -> None:
        run = list(layout.pieces(part, qr))
        for piece, following in pairwise([*run, None]):
            if piece is not None:
                self._piece(piece, self._holds(piece, following))

    def _holds(self, piece: Piece, following: Piece | None) -> bool:
        """Whether a piece stays on the page of the next: in a small part, before a signature."""
        if following is None:
            return False
        return self._is_small or isinstance(piece, Gap) or isinstance(following, Gap | Signature)

    def _piece(self, piece: Piece, holds: bool) -> None:
        if isinstance(piece, Paragraph):
            self._paragraph(piece.text, self._look(piece.style), holds=holds)
        elif isinstance(piece, Gap):
            for _ in range(piece.lines):
                self._paragraph("", self._look(Style.BODY), holds=holds)
        elif isinstance(piece, PaperTable):
            self._table(piece, holds)
        elif isinstance(piece, Pictures):
            self._pictures(piece)
        else:
            self._signature(piece)

    def _paragraph(
        self, text: str, look: Look, *, holds: bool = False, spacing: float = looks.SPACING
    ) -> Written:
        paragraph = self._book.add_paragraph()
        paragraph.alignment = look.align
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(0), Pt(look.after)
        shape.first_line_indent = Pt(look.indent * look.sign)
        shape.keep_with_next = holds or look.keeps
        shape.widow_control = True
        word.lines(paragraph, look.line)
        word.write(paragraph, text, look.face, look.size, spacing)
        return paragraph

    def _signature(self, signature: Signature) -> None:
        """署名 and date centred on each other; the seal's place and the code lie behind them."""
        look = self._look(Style.SIGNED)
        right = signature.indent / 2 * look.sign
        widest = max(text_width(line) for line in signature.lines) / 2 * look.sign
        middle = self._room - right - widest / 2
        for _ in range(2 if signature.is_sealed else 1):
            self._paragraph("", look, holds=True)
        for number, line in enumerate(signature.lines):
            paragraph = self._paragraph(line, look, holds=number < len(signature.lines) - 1)
            # Centred on the middle, with as much room to the left of it as to the right.
            paragraph.paragraph_format.left_indent = Pt(max(0, 2 * middle - self._room))
            if number == 0:
                self._behind(paragraph, signature, middle)

    def _behind(self, anchor: Written, signature: Signature, middle: float) -> None:
        if signature.is_sealed:
            seal = word.shape(anchor, "oval", middle - SEAL / 2, -SEAL_ABOVE, (SEAL, SEAL))
            seal.alignment = ALIGN.CENTER
            seal.paragraph_format.space_before = Pt(14)
            word.write(seal, layout.SEAL, looks.FANGSONG, looks.CELL)
        if signature.qr:
            wide = Mm(CODE).pt + 4
            code = word.shape(anchor, "rect", 0, -20, (wide, wide + 2 * CODE_WORDS))
            code.alignment = ALIGN.CENTER
            code.add_run().add_picture(BytesIO(picture(signature.qr)), width=Mm(CODE))
            code.add_run().add_break()
            word.write(code, layout.SCANNED, looks.FANGSONG, CODE_WORDS)

    def _pictures(self, pictures: Pictures) -> None:
        """Each picture on a line of its own, small, with its words under it."""
        look = replace(self._look(Style.BODY), indent=0, align=ALIGN.CENTER)
        for address, words in pictures.shown:
            line = self._paragraph("", look, holds=True)
            line.paragraph_format.line_spacing = 1.0
            photo = BytesIO(b64decode(address.removeprefix(JPEG)))
            drawn = line.add_run().add_picture(photo, height=Mm(PICTURE))
            widest = Pt(self._room / 2)
            if drawn.width > widest:
                drawn.height, drawn.width = Length(drawn.height * widest // drawn.width), widest
            self._paragraph(words, look)

    def _table(self, table: PaperTable, holds: bool) -> None:
        made = self._book.add_table(len(table.rows), len(table.shares), "Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _edges(made)
        widths = [Pt(share * self._room) for share in table.shares]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for number, texts in enumerate(table.rows):
            row, is_head = made.rows[number], number < table.heads
            row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Pt(25)
            _whole(row._tr, is_head)
            together = self._is_small or table.whole
            keeps = is_head or holds or (together and number < len(table.rows) - 1)
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = width
                _fill(cell, text, is_head, keeps)


def _fill(cell: _Cell, text: str, is_head: bool, keeps: bool) -> None:
    cell.vertical_alignment = MIDDLE.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER if is_head else ALIGN.LEFT
    paragraph.paragraph_format.keep_with_next = keeps
    word.lines(paragraph, looks.CELL_LINE)
    word.write(paragraph, text, looks.SONG, looks.CELL)


def _edges(table: Table) -> None:
    """Room above and below the words of a cell."""
    margins = OxmlElement("w:tblCellMar")
    for side, points in (("top", 3), ("left", 5), ("bottom", 3), ("right", 5)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(points * 20))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _whole(row: Any, is_head: bool) -> None:
    """A row stays on one page; that of a head is repeated on every page."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
