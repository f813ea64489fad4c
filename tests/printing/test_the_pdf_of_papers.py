"""PDFs of papers: words, pages, equal bytes; nothing is fetched; what is missing is said."""

from io import BytesIO

import pikepdf
import pytest

from foundation.papers.printing import pdf, possible
from foundation.papers.printing.joining import joined
from foundation.papers.printing.pdf import NoPdf, as_pdf, as_pdfs
from tests.printing.examples import NUMBER, ORDERED, long_letter, order
from tests.printing.tools import require, text_of, tops


def pages(made: bytes) -> int:
    with pikepdf.open(BytesIO(made)) as opened:
        return len(opened.pages)


@pytest.fixture(scope="module")
def made() -> bytes:
    """An order, a void one, a letter of three pages; each batch holds two."""
    require("pdftotext")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "BATCH", 2)
        return as_pdf([order(), order(mark="作废", qr=None), long_letter(7)])


def test_every_paper_begins_a_page_and_counts_its_own(made: bytes):
    feet = [text_of(made, page=page)[-40:] for page in range(1, pages(made) + 1)]
    numbers = [1, 2, 1, 2, 1, 2, 3]
    assert len(feet) == len(numbers)
    assert [f"—{number}—" in foot for number, foot in zip(numbers, feet, strict=True)] == [True] * 7


def test_every_paper_begins_at_the_same_height(made: bytes):
    heights = tops(made)
    assert heights[0] == heights[2] == heights[4]


def test_the_stub_and_the_receipt_share_a_page(made: bytes):
    second = text_of(made, page=2)
    assert "（存根）" in second
    assert "送达人（两名）" in second
    assert second.count(f"（{NUMBER}）") == 2


def test_a_signature_never_stands_on_a_page_without_words_of_the_text(made: bytes):
    last = text_of(made, page=7)
    assert ORDERED[-9:] in last
    assert "2026年11月23日" in last


def test_a_mark_is_on_every_page_of_its_paper_and_on_no_other(made: bytes):
    marked = ["作废" in text_of(made, page=page) for page in range(1, 8)]
    assert marked == [False, False, True, True, False, False, False]


def test_every_page_says_that_the_sealed_sheet_counts(made: bytes):
    assert text_of(made).count("预览件，正式文件以盖章纸质件为准") == 7


def test_fonts_are_embedded(made: bytes):
    with pikepdf.open(BytesIO(made)) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        inner = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert inner
        assert all("/FontFile3" in one for one in inner)


def test_the_same_paper_gives_the_same_bytes():
    require()
    assert as_pdf([order()]) == as_pdf([order()])


def test_each_of_several_has_the_bytes_it_would_have_alone():
    require()
    first, second = as_pdfs([long_letter(2), order()])
    assert second == as_pdf([order()])
    assert first != second
    assert as_pdfs([]) == []


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/seal.png"])
def test_a_paper_opens_no_address(address: str, monkeypatch: pytest.MonkeyPatch):
    require()
    monkeypatch.setattr(pdf, "documents", lambda sheets: [f'<p>甲</p><img src="{address}">'])
    with pytest.raises(NoPdf, match="再试一次"):
        as_pdf([order()])


def test_sealed_papers_are_joined_page_by_page(made: bytes):
    assert pages(joined([made, made])) == 14
    assert joined([made, made]) == joined([made, made])
    with pytest.raises(ValueError, match="nothing"):
        joined([])
    with pytest.raises(pikepdf.PdfError):
        joined([made, b"no PDF"])


def test_without_pango_no_pdf_is_made_and_the_reason_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(possible, "_opened", lambda names: None)
    with pytest.raises(NoPdf, match="Pango"):
        as_pdf([order()])


def test_without_a_chinese_font_no_pdf_is_made_and_the_reason_is_told(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(possible, "_opened", lambda names: names)
    monkeypatch.setattr(possible, "fonts_of", lambda fontconfig, pattern: 0)
    with pytest.raises(NoPdf, match="中文字体"):
        as_pdf([order()])


def test_a_font_that_is_not_there_is_not_found():
    require()
    fontconfig = possible._opened(possible.FONTCONFIG)
    assert fontconfig is not None
    assert possible.fonts_of(fontconfig, possible.CHINESE) > 0
    assert possible.fonts_of(fontconfig, b"No Such Face Anywhere") == 0
