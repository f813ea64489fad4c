"""Searching the register: every filter in the address, numbers by POST, and the list on paper."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.lists import printing, rows
from foundation.lists.table import ListTable
from students.roster.imports.acts.groups import from_roster
from students.roster.rules.ids import invent
from tests.browsing import client_of, page
from tests.cast import Cast, make_child

pytestmark = pytest.mark.django_db

NUMBER = invent(date(2012, 5, 6), 1, "1")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 12))


def found(cast: Cast, query: str, role: str = "registrar") -> list[str]:
    words = page(client_of(cast.person(role)).get(f"/roster/?{query}"))
    return re.findall(r'<td role="cell" class="cell-name"[^>]*><a href="[^"]*">([^<]*)</a>', words)


@pytest.fixture
def three(cast: Cast) -> dict[str, Any]:
    return {
        "boy": make_child(cast.here, "张小明", sex="1", boards=True, id_no=NUMBER),
        "girl": make_child(cast.here, "李四光", sex="2"),
        "unknown": make_child(cast.here, "赵外来", home_village=None, home_township=None),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("sex=1", ["张小明"]),
        ("sex=2", ["李四光"]),
        ("boarding=1", ["张小明"]),
        ("boarding=0", ["李四光", "赵外来"]),
        ("home=open", ["赵外来"]),
        ("home=known", ["李四光", "张小明"]),
        ("number=none", ["李四光", "赵外来"]),
        ("number=known", ["张小明"]),
        ("q=zxm&sex=1", ["张小明"]),
        ("q=zxm&sex=2", []),
    ],
)
def test_filters_narrow_the_list_together(cast: Cast, three, query: str, names: list[str]):
    assert found(cast, query) == names


def test_township_and_village_are_of_the_home_not_of_the_school(cast: Cast, three):
    make_child(
        cast.here, "王远来", home_village=cast.there.village, home_township=cast.there.township
    )
    assert found(cast, f"township={cast.there.township.pk}") == ["王远来"]
    assert found(cast, f"village={cast.there.village.pk}") == ["王远来"]
    assert found(cast, f"village={cast.here.village.pk}") == ["李四光", "张小明"]


def test_a_village_is_chosen_among_those_of_the_township(cast: Cast, three):
    client = client_of(cast.person("registrar"))
    offered = page(client.get(f"/roster/?township={cast.here.township.pk}"))
    assert "东村村民委员会</option>" in offered
    assert "西村村民委员会</option>" not in offered


def test_the_box_for_numbers_stands_on_the_same_page_and_sends_by_post(cast: Cast, three):
    shown = page(client_of(cast.person("registrar")).get("/roster/"))
    assert 'method="post" action="/roster/find/"' in shown


@pytest.mark.parametrize("query", ["sort=-name", "sort=sex", "sort=village"])
def test_the_list_sorts_by_its_columns(cast: Cast, three, query: str):
    assert len(found(cast, query)) == 3
    if query == "sort=-name":
        assert found(cast, query) == ["赵外来", "张小明", "李四光"]


def test_printing_all_shows_every_row_with_the_filters_kept(cast: Cast):
    for number in range(25):
        make_child(cast.here, f"生{number:02d}", sex=str(number % 2 + 1))
    client = client_of(cast.person("registrar"))
    assert "?sex=1&amp;print=all" in page(client.get("/roster/?sex=1&page=1"))
    assert len(found(cast, "print=all")) == 25
    assert len(found(cast, "sex=1&print=all")) == 13
    assert "打印人" in page(client.get("/roster/?print=all"))


def test_a_list_too_long_for_one_document_is_printed_in_parts(cast, three, monkeypatch):
    monkeypatch.setattr(printing, "PRINT_MOST", 2)
    client = client_of(cast.person("registrar"))
    assert "打印全部（3人，分2份）" in page(client.get("/roster/"))
    shown = page(client.get("/roster/?print=all"))
    assert "共 3 人，分 2 份打印。本页是第 1 份：第 1–2 人" in shown
    assert 'href="/roster/?print=all&amp;page=2">第 2 份（第 3–3 人）' in shown
    assert len(found(cast, "print=all&page=2")) == 1


def test_a_long_print_says_how_many_sheets_it_fills(cast, three, monkeypatch):
    assert [part.sheets for part in printing.parts_of(8_011)] == [321]
    assert [part.sheets for part in printing.parts_of(400)] == [0]
    monkeypatch.setattr(printing, "ROWS_A_SHEET", 0.1)
    words = page(client_of(cast.person("registrar")).get("/roster/?print=all"))
    assert "约 30 页" in words


def test_a_long_print_is_sent_piece_by_piece_and_is_whole(cast, monkeypatch):
    monkeypatch.setattr(ListTable, "LONG", 10)
    monkeypatch.setattr(rows, "PIECE", 4)
    names = [f"生{number:02d}" for number in range(25)]
    for name in names:
        make_child(cast.here, name)
    answer = client_of(cast.person("registrar")).get("/roster/?print=all")
    assert answer.streaming
    words = b"".join(answer).decode()
    assert re.findall(">(生..)</a>", words) == names
    assert words.index("全部25人到此为止") > words.index("生24")
    assert words.rstrip().endswith("</html>")
    seen = AuditEvent.objects.filter(verb="list_pupils").latest("pk")
    assert seen.row_count == 25


def test_every_list_has_a_fixed_number_of_queries(cast: Cast, count_queries):
    client = client_of(cast.person("registrar"))
    paths = ("groups", "left-behind", "leavers", "unverified-homes")

    def queries() -> list[int]:
        counts = []
        for path in paths:
            with count_queries(connection) as seen:
                assert client.get(f"/roster/{path}/?per_page=100").status_code == 200
            counts.append(len(seen))
        return counts

    def enter(number: int) -> None:
        post = cast.viewer("registrar").posts[0]
        child = make_child(cast.here, f"生{number}", guardians=({"name": "甲"},))
        told = {child.pk: {"orphan": "是", "left_behind": "单亲留守儿童"}}
        from_roster(post.id, told, date(2025, 9, 1))
        make_child(cast.here, f"离{number}").enrolments.update(ends_on=date(2025, 9, 2))
        make_child(cast.here, f"外{number}", home_village=None)

    enter(0)
    queries()
    few = queries()
    for number in range(1, 8):
        enter(number)
    assert queries() == few


def test_only_grades_that_are_taught_are_offered(cast: Cast, three) -> None:
    answer = client_of(cast.person("registrar")).get("/roster/")
    grades = [label for _, label in answer.context["filter"].form.fields["grade"].choices]
    assert grades == ["全部", "八年级"]
