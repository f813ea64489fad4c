"""A chapter or the whole manual on paper, for anybody, with the bureau's telephone below."""

import re

from django.test import Client

from kongchuo.help import manual
from kongchuo.help.chapters import CHAPTERS
from tests.browsing import page
from tests.cast import Cast


def test_the_whole_manual_holds_every_chapter_once_in_order(client: Client, cast: Cast) -> None:
    words = page(client.get("/help/print/"))
    found = re.findall(r'<h2 class="help-title">([^<]*)</h2>', words)
    assert found == [chapter.title for chapter in CHAPTERS]
    identities = re.findall(r' id="([^"]*)"', words)
    assert len(identities) == len(set(identities))


def test_its_links_stay_on_the_paper(client: Client, cast: Cast) -> None:
    text = page(client.get("/help/print/")).split("<ol", 1)[1]
    inner = set(re.findall(r'href="#([^"]*)"', text))
    assert {chapter.slug for chapter in CHAPTERS} <= inner
    assert inner <= set(re.findall(r' id="([^"]*)"', text))


def test_a_chapter_has_the_print_button_and_its_headings(client: Client, cast: Cast) -> None:
    words = page(client.get("/help/registrar/"))
    assert "data-print" in words
    for section in manual.sections(CHAPTERS[1]):
        if section.heading:
            assert f'<h2 id="{section.anchor}">{section.heading}</h2>' in words


def test_the_bureau_s_telephone_stands_below_the_help(client: Client, cast: Cast) -> None:
    cast.county.phone = "0883-3211234"
    cast.county.save()
    for address in ("/help/", "/help/teacher/", "/help/print/"):
        assert '<a href="tel:0883-3211234">' in page(client.get(address)).split("<footer")[1]
