"""The manual cannot rot: each button it names is in the product, each link leads somewhere."""

import re

import pytest

from kongchuo.help import manual
from kongchuo.help.chapters import CHAPTERS, Chapter
from tests.help.quoted import quotes, shown, texts_of

NAMES = {chapter.file for chapter in CHAPTERS}
HREF = re.compile(r'href="([^"]*)"')


def test_every_button_that_the_manual_names_is_in_the_product() -> None:
    found = shown()
    assert [(chapter, words) for chapter, words in quotes() if words not in found] == []


def test_the_manual_names_many_buttons_in_the_chapter_of_each_role() -> None:
    named = {chapter.title: 0 for chapter in CHAPTERS if chapter.roles}
    for title, _ in quotes():
        if title in named:
            named[title] += 1
    assert min(named.values()) >= 3, named


def test_a_part_of_a_text_is_no_button() -> None:
    texts = set(texts_of('<a href="/x/">提交点名</a>{% if a %}今天{% endif %}<!-- -->'))
    assert {"提交点名", "今天"} <= texts
    assert "点名" not in texts
    assert "点名册不存在" not in shown()


def test_what_a_template_only_says_to_its_writers_is_no_button() -> None:
    assert "写给自己" not in set(texts_of("{# 写给自己 #}{% comment %}写给自己{% endcomment %}"))


def test_every_link_of_a_chapter_leads_to_a_heading_of_a_chapter() -> None:
    led: list[tuple[str, str]] = []

    def leads(chapter: Chapter, heading: str) -> str:
        led.append((chapter.slug, heading))
        return "/there/"

    for chapter in CHAPTERS:
        assert set(HREF.findall(manual.html(chapter, leads))) <= {"/there/"}, chapter.title
    assert [one for one in led if one[1] and one not in manual.told()] == []
    assert ("signin", "手机免登录") in led


def test_the_folder_holds_the_chapters_and_nothing_else() -> None:
    assert {file.name for file in manual.FOLDER.iterdir()} == NAMES


def test_no_chapter_has_two_headings_of_one_name() -> None:
    for chapter in CHAPTERS:
        headings = [section.heading for section in manual.sections(chapter)]
        assert len(headings) == len(set(headings)), chapter.title


def test_raw_html_of_a_chapter_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<b>粗</b><script>x()</script>\n\n[点](javascript:x())\n\n![图](/a.png)\n"
    monkeypatch.setattr(manual, "source", lambda chapter: text)
    made = manual.html(CHAPTERS[0], lambda chapter, heading: "")
    assert "&lt;script&gt;" in made
    assert set(re.findall(r"<[^>]*>", made)) == {"<p>", "</p>", '<a href="/a.png">', "</a>"}
