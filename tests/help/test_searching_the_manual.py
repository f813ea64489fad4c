"""The manual is searched by words in headings and text, and shows where they stand."""

import re

import pytest
from django.test import Client

from kongchuo.help.chapters import BY_SLUG
from kongchuo.help.manual import ManualSection
from kongchuo.help.searching import find
from tests.browsing import client_of, page
from tests.cast import Cast

TEACHER, VILLAGE = BY_SLUG["teacher"], BY_SLUG["village"]
SECTIONS = (
    ManualSection(VILLAGE, "个案", "打电话给家长，问清楚为什么没有点名。"),
    ManualSection(TEACHER, "点名", "来了按到校。" * 30 + "没有信号时存在手机里。"),
    ManualSection(TEACHER, "请假条", "登记假条 SLIP。"),
)


def _headings(question: str, own: frozenset[str] = frozenset()) -> list[str]:
    return [one.section.heading for one in find(question, SECTIONS, own)]


def test_a_word_in_a_heading_comes_before_one_in_the_text() -> None:
    assert _headings("点名") == ["点名", "个案"]


def test_the_reader_s_own_chapter_comes_before_the_others() -> None:
    words = (
        ManualSection(TEACHER, "甲", "忘记"),
        ManualSection(VILLAGE, "乙", "忘记"),
    )
    assert [one.section.heading for one in find("忘记", words, frozenset({"village"}))] == [
        "乙",
        "甲",
    ]


def test_all_words_must_stand_in_one_section() -> None:
    assert _headings("点名 信号") == ["点名"]
    assert _headings("点名 宇宙") == []


def test_quotation_marks_and_letters_of_any_size_are_no_hindrance() -> None:
    assert _headings("「slip」，") == ["请假条"]


@pytest.mark.parametrize("question", ["", "   ", "「」", "。"])
def test_nothing_asked_finds_nothing(question: str) -> None:
    assert find(question, SECTIONS, frozenset()) == []


def test_the_snippet_shows_the_word_with_some_text_around() -> None:
    [found] = find("信号", SECTIONS, frozenset())
    assert [part.words for part in found.snippet if part.is_hit] == ["信号"]
    whole = "".join(part.words for part in found.snippet)
    assert whole.startswith("…")
    assert len(whole) < 110


def test_the_page_leads_to_the_heading(cast: Cast) -> None:
    words = page(client_of(cast.person("village_cadre")).get("/help/?q=住址"))
    first = words.split("<article")[1]
    assert 'href="/help/village/#village-' in first.replace("%E4%B8%AA%E6%A1%88", "个案")
    assert "<mark>住址</mark>" in first


@pytest.mark.django_db
def test_what_is_typed_is_shown_as_text_and_cut(client: Client) -> None:
    words = page(client.get("/help/", {"q": "<script>x</script>" + "字" * 200}))
    assert "<script>x" not in words
    assert "字" * 61 not in words
    assert "手册里没有同时出现这些词的地方" in words


@pytest.mark.django_db
def test_without_a_question_all_chapters_are_listed(client: Client) -> None:
    words = page(client.get("/help/"))
    assert all(f">{each.title}</a>" in words for each in BY_SLUG.values())


def test_one_s_own_chapter_is_listed_first_with_its_headings(cast: Cast) -> None:
    words = page(client_of(cast.person("supervisor")).get("/help/")).split("您的职务</h2>")[1]
    assert re.findall(r'<h3><a href="/help/([a-z]+)/"', words)[0] == "supervision"
