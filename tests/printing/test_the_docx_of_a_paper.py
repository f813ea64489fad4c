"""The DOCX of a paper: fonts, measures, and the words and pages of its PDF, read by an office."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
from docx.oxml.ns import qn
from docx.shared import Pt

from foundation.papers.printing.document import as_docx
from foundation.papers.printing.layout import PREVIEW
from foundation.papers.printing.pdf import as_pdf
from foundation.papers.printing.sheets import Gap, PaperTable, Paragraph, Part, Sheet
from tests.printing.examples import CHECKED, NUMBER, long_letter, order
from tests.printing.tools import opened_in_an_office, require, text_of

BOX = "□"  # an office draws it apart, from another font
FOOT = re.compile(f"—[0-9]+—|{PREVIEW}|{BOX}")  # what stands between two pages, too


def opened(sheet: Sheet) -> docx.document.Document:
    return docx.Document(BytesIO(as_docx(sheet)))


def texts(sheet: Sheet) -> list[str]:
    """The words of a paper in order, without spaces."""
    found: list[str] = []
    for part in sheet.parts:
        for block in part.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            elif isinstance(block, PaperTable):
                found += [cell for row in block.rows for cell in row]
    return [words for text in found if (words := "".join(text.replace(BOX, "").split()))]


def test_every_run_names_its_face_in_all_four_slots():
    runs = list(opened(order(mark="作废")).element.body.iter(qn("w:r")))
    fonts = [run.rPr.rFonts for run in runs if run.findall(qn("w:t"))]
    assert fonts
    for slot in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        assert all(font.get(qn(slot)) for font in fonts)


def test_the_measures_are_those_of_the_standard():
    book = opened(order())
    section = book.sections[0]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins if margin] == [37, 26, 35, 28]
    (body,) = [paragraph for paragraph in book.paragraphs if paragraph.text == CHECKED]
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert body.runs[0].font.size == Pt(16)
    assert body.paragraph_format.first_line_indent == Pt(31.5)


def test_a_wide_table_lies_across_the_sheet():
    rows = (("序号", "姓名"), ("1", "王小明"))
    sheet = Sheet((Part("名单", (PaperTable(rows, heads=1, widths=(1, 4)),)),), landscape=True)
    book = opened(sheet)
    section, head = book.sections[0], book.tables[0].rows[0]._tr.trPr
    assert section.page_width is not None
    assert round(section.page_width.mm) == 297
    widths = [cell.width for cell in book.tables[0].rows[1].cells]
    assert [round(width.mm) for width in widths if width] == [45, 180]
    assert head is not None
    assert head.find(qn("w:tblHeader")) is not None
    assert book.element.body[-2].tag == qn("w:p")  # Word wants a paragraph after the last table


def test_signs_that_a_document_cannot_hold_are_left_out():
    book = opened(
        Sheet((Part("正文", (Paragraph("甲\x00\x0b\ud800乙"), Gap(2))),), mark="\x01作废")
    )
    assert book.paragraphs[0].text == "甲乙"


def test_an_office_reads_the_words_and_pages_of_the_pdf(tmp_path: Path):
    require("soffice", "pdftotext")
    sheets = [order(), long_letter(4)]
    for sheet, office in zip(
        sheets, opened_in_an_office(tmp_path, *map(as_docx, sheets)), strict=True
    ):
        ours = as_pdf([sheet])
        assert len(pikepdf.open(BytesIO(office)).pages) == len(pikepdf.open(BytesIO(ours)).pages)
        for made in (office, ours):
            assert in_order(texts(sheet), FOOT.sub("", text_of(made)))
    assert text_of(office).count("扫码核验") == 0
    assert f"（{NUMBER}）" not in text_of(office)


def in_order(wanted: list[str], told: str) -> bool:
    """Whether all words stand in a text, one after the other."""
    place = 0
    for words in wanted:
        place = told.find(words, place)
        if place < 0:
            raise AssertionError(f"not there, or not in its place: {words}")
        place += len(words)
    return True
