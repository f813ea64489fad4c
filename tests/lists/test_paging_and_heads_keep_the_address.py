"""The paging and the heads of a list lead on with the filters and the order of the address."""

from datetime import date

import pytest
from django.test import Client

from foundation import clock
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.desk.many import open_cases

DAY = date(2025, 9, 23)


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: DAY)
    open_cases(cast, 45, DAY)
    return client_of(cast.person("county_desk"))


def test_the_pages_before_and_after_and_the_sizes_keep_filters_and_order(desk: Client) -> None:
    words = page(desk.get("/cases/?state=open&sort=name&page=2"))
    kept = "?state=open&amp;sort=name&amp;"
    assert f'<a rel="prev" href="{kept}page=1">上一页</a>' in words
    assert f'<a rel="next" href="{kept}page=3">下一页</a>' in words
    assert '<span aria-current="page">2</span>' in words
    assert '<span aria-current="true">20</span>' in words
    assert f'<a href="{kept}per_page=100">100</a>' in words
    assert "第 21–40 条" in words


def test_the_first_and_the_last_page_lead_one_way(desk: Client) -> None:
    first, last = page(desk.get("/cases/")), page(desk.get("/cases/?page=3"))
    assert 'rel="prev"' not in first
    assert 'rel="next"' in first
    assert 'rel="next"' not in last
    assert 'rel="prev"' in last


def test_a_head_turns_the_order_and_leaves_the_page(desk: Client) -> None:
    words = page(desk.get("/cases/?state=open&sort=name&page=2"))
    assert 'class="cell-name" aria-sort="ascending"><a href="?state=open&amp;sort=-name">' in words
    assert '<a href="?state=open&amp;sort=opened">' in words
    assert '<a href="?state=open&amp;sort=name">' in page(desk.get("/cases/?state=open&sort=-name"))


def test_what_a_child_is_called_is_written_as_words(desk: Client) -> None:
    Child.objects.filter(name="王0").update(name='<b>"甲"')
    words = page(desk.get("/cases/?sort=number&per_page=100"))
    assert "&lt;b&gt;&quot;甲&quot;" in words
    assert '<b>"' not in words
