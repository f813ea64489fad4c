"""Pages, perforation, signature and seal of a paper, decided once for all its outputs."""

from foundation.papers.printing import layout
from foundation.papers.printing.layout import Signature
from foundation.papers.printing.sheets import Paragraph, Part, Sheet, Style
from foundation.workbooks.measure import text_width
from tests.printing.examples import DATE, MAIN, NUMBER, ORGAN, RECEIPT, STUB, order


def signed(*lines: str) -> Signature:
    *organs, date = lines
    blocks = [Paragraph(organ, Style.SIGNED) for organ in organs]
    part = Part("正文", (*blocks, Paragraph(date, Style.DATED)))
    (found,) = layout.pieces(part)
    assert isinstance(found, Signature)
    return found


def test_signature_and_date_are_one_piece_with_a_seal_and_the_code():
    *_, last = layout.pieces(MAIN, "https://example.cn/x")
    assert last == Signature((ORGAN, DATE), True, 7, "https://example.cn/x")


def test_the_date_keeps_four_signs_to_the_right_and_a_longer_organ_reaches_beyond_it():
    assert signed("甲县政府", DATE).indent == 8  # half signs
    assert signed("云县东镇人民政府", "2026年1月3日").indent == 6  # one sign beyond on each side
    assert signed("云县教育体育和科学技术与文化广播电视旅游局", DATE).indent == 0


def test_a_date_alone_has_no_seal():
    assert not signed(DATE).is_sealed


def test_a_small_part_shares_the_page_of_a_small_one_only():
    parts = (MAIN, STUB, RECEIPT)
    assert [layout.opens_page(Sheet(parts), index) for index in range(3)] == [False, True, False]
    turned = (STUB, MAIN, RECEIPT)
    assert [layout.opens_page(Sheet(turned), index) for index in range(3)] == [False, True, True]


def test_the_perforation_bears_the_number_in_the_middle_of_one_line():
    line = layout.cut(NUMBER)
    left, right = line.split(f"（{NUMBER}）")
    assert left == right
    assert set(left) == {"…"}
    assert text_width(line) <= 2 * layout.CUT_ROOM
    assert set(layout.cut("")) == {"…"}


def test_the_code_stands_in_the_first_part_with_a_seal():
    assert layout.code_part(order()) is MAIN
    assert layout.code_part(Sheet((RECEIPT,))) is None
