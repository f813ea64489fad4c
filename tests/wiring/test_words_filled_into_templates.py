"""Words filled into a template that is drawn once read as the template with these words."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from foundation.filling import filled
from foundation.lists.heads import Head
from kongchuo.web import drawn

ODD = "<b>\"张'&%s\\"
HEADS = (
    Head("学生", "cell-name", "ascending", "?sort=-name&q=%3C"),
    Head("原因", "", "", ""),
    Head(ODD, "num", "", "?sort=x"),
)


@pytest.mark.parametrize("head", HEADS)
def test_each_word_is_escaped_and_asked_for_as_the_template_does(head: Head) -> None:
    words: dict[str, Any] = {
        "heading": head.heading,
        "place": head.place,
        "order": head.order,
        "sorts": head.sorts,
        "icon": drawn.sign(head.icon),
    }
    for _ in range(2):
        assert filled("tables/_head.html", **words) == render_to_string("tables/_head.html", words)


def test_a_word_is_never_another_asking_s() -> None:
    first, second = (filled("parts/_page_size.html", number=n, url=f"?p={n}") for n in "12")
    assert "?p=1" in first
    assert "?p=1" not in second
    assert filled("parts/_page_size.html", number="1", url="") != first


def test_what_is_html_already_stays() -> None:
    assert filled("parts/_filter_error.html", key="q", error=mark_safe("<i>空</i>")).count("<i>")
    assert "&lt;b&gt;" in filled("parts/_filter_error.html", key="q", error=ODD)


@pytest.mark.parametrize(
    ("number", "before", "after"), [(1, "", "?q=a&page=2"), (3, "?q=a&page=2", "")]
)
def test_the_paging_leads_on_and_back(number: int, before: str, after: str) -> None:
    page = Paginator(range(41), 20).page(number)
    told = drawn.paging(page, QueryDict("q=a&page=9"))
    assert ('rel="prev"' in told, 'rel="next"' in told) == (bool(before), bool(after))
    assert f'<span aria-current="page">{number}</span>' in told
    for address in filter(None, (before, after)):
        assert f'href="{address.replace("&", "&amp;")}"' in told
    assert "第 2 页" in told
    assert "共 <strong>41</strong> 条" in told


def test_a_list_of_one_page_has_no_numbers() -> None:
    told = drawn.paging(Paginator(range(3), 20).page(1), QueryDict(""))
    assert "共 <strong>3</strong> 条" in told
    assert "<ul>" not in told
    assert "每页" not in told
