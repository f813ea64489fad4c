"""The print page of papers: every word in order, in the places that GB/T 9704 gives them."""

import re
from html import unescape

from foundation.papers.printing.page import as_page
from foundation.papers.printing.sheets import PaperTable, Paragraph, Part, Sheet
from tests.printing.examples import ADDRESS, CHECKED, NUMBER, ORDERED, ORGAN, order


def words(page: str) -> str:
    return "".join(unescape(re.sub("<[^>]*>", "", page)).split())


def test_all_words_stand_in_the_order_of_the_parts():
    told = words(as_page([order()]))
    places = [
        told.index(words(text))
        for text in (ORGAN, NUMBER, CHECKED, ORDERED, "（存根）", "送达人（两名）")
    ]
    assert places == sorted(places)


def test_the_number_is_across_each_perforation():
    assert words(as_page([order()])).count(f"…（{NUMBER}）…") == 2


def test_a_paper_has_one_code_and_one_seal():
    page = as_page([order()])
    assert page.count("data:image/png;base64,") == page.count("扫码核验</p>") == 1
    assert page.count("（印章）") == 1


def test_a_draft_has_no_code():
    assert "<img" not in as_page([order(qr=None)])


def test_the_address_of_the_code_is_not_printed():
    assert ADDRESS not in as_page([order()])


def test_one_mark_for_all_stands_on_every_page_and_different_ones_on_their_own_paper():
    assert as_page([order(mark="作废"), order(mark="作废")]).count(">作废</p>") == 1
    both = as_page([order(mark="作废"), order()])
    assert both.count('<p class="paper-mark paper-mark-part" aria-hidden="true">作废</p>') == 3
    assert "paper-mark" not in as_page([order()])


def test_what_a_person_typed_is_text_and_no_markup():
    name = "<b>甲</b>&\n乙"
    table = PaperTable(((name, "“丙”"),))
    page = as_page([Sheet((Part(name, (Paragraph(name), table)),), number=name, mark=name)])
    assert "<b>" not in page
    assert page.count("&lt;b&gt;甲&lt;/b&gt;&amp;<br>乙") == 2


def test_the_page_needs_no_style_of_its_own():
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", as_page([order(mark="作废")]))
