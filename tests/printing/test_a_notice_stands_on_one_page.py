"""T01: 存根, the text and 回执 on one A4 page, in PDF, DOCX and on the print page."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf

from foundation.papers.composing import PaperHead, compose, frozen, thawed
from foundation.papers.kinds import KINDS
from foundation.papers.printing.document import as_docx
from foundation.papers.printing.page import as_page
from foundation.papers.printing.pdf import as_pdf
from foundation.papers.printing.sheets import Sheet
from tests.printing.examples import order
from tests.printing.tools import opened_in_an_office, require, text_of

NUMBER, ADDRESS = "东入通字〔2026〕第12号", "https://kongchuo.example.gov.cn/papers/check/x/"


def notice(mark: str = "", qr: str | None = ADDRESS) -> Sheet:
    kind = KINDS["entry_notice"]
    head = PaperHead("云县东镇人民政府", NUMBER, "李某某", date(2026, 6, 15))
    values = {one.name: one.example for one in kind.fields}
    return thawed(frozen(compose(kind, kind.words, values, head)), qr, mark)


def pages(made: bytes) -> int:
    with pikepdf.open(BytesIO(made)) as opened:
        return len(opened.pages)


def test_each_notice_is_one_page_of_the_pdf_without_a_number_of_the_page() -> None:
    require("pdftotext")
    made = as_pdf([notice(), notice("作废", None), notice()])
    assert pages(made) == 3
    for page in (1, 2, 3):
        told = text_of(made, page=page)
        assert told.count(NUMBER) == 6  # three parts, the receipt's words, two perforations
        assert "—1—" not in told
        assert "—2—" not in told
    assert "作废" in text_of(made, page=2)
    assert "作废" not in text_of(made, page=3)


def test_an_order_among_notices_keeps_its_pages_and_their_numbers() -> None:
    require("pdftotext")
    made = as_pdf([notice(), order()])
    assert pages(made) == 3
    assert "—1—" in text_of(made, page=2)


def test_an_office_opens_the_notice_on_one_page(tmp_path: Path) -> None:
    require("soffice", "pdftotext")
    [made] = opened_in_an_office(tmp_path, as_docx(notice()))
    assert pages(made) == 1
    told = text_of(made)
    assert [title in told for title in ("（存根）", "（监护人）：", "回执", "与儿童关系")] == [
        True
    ] * 4


def test_the_print_page_opens_no_page_within_a_notice() -> None:
    page = as_page([notice()])
    assert "paper-one" in page
    assert "paper-opens" not in page
    assert "paper-opens" in as_page([order()])


def test_other_papers_are_frozen_as_before() -> None:
    """A new word in the frozen form would give every signed paper another hash."""
    assert "on_one" not in frozen(order())
    assert '"on_one":true' in frozen(notice())
