"""The lists of cases and of duties: keys first, filters, columns, print, telephone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from foundation import clock
from foundation.accounts.models import Person
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, OPENED, at, call_roll, the_case
from tests.cast import Cast, make_child

LATER = OPENED + timedelta(days=20)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def stand(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day))

    return stand


@pytest.fixture
def near(cast: Cast, on: Callable[[date], None]) -> Child:
    on(OPENED)
    guardians = ({"name": "张大山", "relation": "父亲", "phone": "13900001234"},)
    return opened(cast, make_child(cast.here, "张小明", guardians=guardians))


@pytest.fixture
def far(cast: Cast, near: Child) -> Child:
    return opened(cast, make_child(cast.there, "李小红"), there=True)


def opened(cast: Cast, child: Child, there: bool = False) -> Child:
    for day in (FIRST_MISSED, OPENED):
        call_roll(cast, day, child, there=there)
    return child


def read(person: Person, path: str) -> str:
    return page(client_of(person).get(path))


def shown(person: Person, path: str) -> list[str]:
    """The names of the rows of a list."""
    answer: Any = client_of(person).get(path)
    assert answer.status_code == 200
    return sorted(record.name for record in answer.context["table"].records)


def test_only_the_rows_of_the_page_are_joined(cast: Cast, near: Child) -> None:
    client = client_of(cast.person("county_desk"))
    for path, table in (("/cases/", "cases_case"), ("/duties/?of=area", "cases_deadline")):
        with CaptureQueriesContext(connection) as seen:
            page(client.get(path))
        told = [query["sql"] for query in seen if f'FROM "{table}"' in query["sql"]]
        sorted_ones = [sql for sql in told if "ORDER BY" in sql and "LIMIT" in sql]
        assert sorted_ones, path
        assert not [sql for sql in sorted_ones if "roster_child" in sql], path
        assert [sql for sql in told if "roster_child" in sql and " = ANY(" in sql], path


def test_the_county_filters_by_township_school_month_and_cause(
    cast: Cast, near: Child, far: Child
) -> None:
    desk = cast.person("county_desk")
    assert shown(desk, "/cases/") == ["张小明", "李小红"]
    assert shown(desk, f"/cases/?township={cast.here.township.pk}") == ["张小明"]
    assert shown(desk, f"/cases/?school={cast.there.school.pk}") == ["李小红"]
    assert shown(desk, "/cases/?month=2025-09") == ["张小明", "李小红"]
    assert shown(desk, "/cases/?month=2025-08") == []
    Case.objects.filter(child=near).update(cause="03")
    assert shown(desk, "/cases/?cause=03") == ["张小明"]
    assert shown(desk, f"/duties/?of=area&township={cast.there.township.pk}") == ["李小红"]


def test_a_school_of_the_chosen_township_is_offered_and_no_other(
    cast: Cast, near: Child, far: Child
) -> None:
    words = read(cast.person("county_desk"), f"/cases/?township={cast.here.township.pk}")
    assert "东镇中学</option>" in words
    assert "西镇中学</option>" not in words


def test_a_sensitive_cause_is_found_by_county_and_head_alone(cast: Cast, near: Child) -> None:
    Case.objects.filter(child=near).update(cause="15")
    for role in ("county_desk", "head_teacher"):
        assert "怀孕</option>" in read(cast.person(role), "/cases/")
        assert shown(cast.person(role), "/cases/?cause=15") == ["张小明"]
        assert shown(cast.person(role), "/cases/?cause=99") == []
    for role in ("registrar", "township_officer"):
        words = read(cast.person(role), "/cases/?cols=cause&cols=stage")
        assert "怀孕" not in words
        assert shown(cast.person(role), "/cases/?cause=15&state=open") == []
        assert shown(cast.person(role), "/cases/?cause=99") == ["张小明"]


def test_an_offence_is_printed_for_the_county_alone(cast: Cast, near: Child) -> None:
    Case.objects.filter(child=near).update(cause="16")
    head, desk = cast.person("head_teacher"), cast.person("county_desk")
    seen = {
        (person, path): "涉案/收押" in read(person, path).split("<table", 1)[1]
        for person in (head, desk)
        for path in ("/cases/?cols=cause", "/cases/?cols=cause&print=all")
    }
    assert list(seen.values()) == [True, False, True, True]


def test_duties_are_listed_by_their_due_state(cast: Cast, near: Child, on: Any) -> None:
    desk, teacher = cast.person("county_desk"), cast.person("class_teacher")
    assert shown(teacher, "/duties/?due=today") == ["张小明"]
    assert shown(teacher, "/duties/?due=overdue") == []
    assert shown(teacher, "/duties/?due=week") == ["张小明"]
    on(LATER)
    assert "张小明" in shown(desk, "/duties/?of=area&due=overdue")
    assert shown(desk, "/duties/?of=area&due=today") == []


def test_duties_of_another_township_are_not_listed(cast: Cast, near: Child, far: Child) -> None:
    for role in ("township_leader", "education_office", "central_school", "head_teacher"):
        assert set(shown(cast.person(role), "/duties/?of=area")) == {"张小明"}, role


def test_the_telephone_stands_where_the_duty_is_and_nowhere_else(cast: Cast, near: Child) -> None:
    case = the_case(near)
    call = f"/cases/{case.number}/call/{near.guardians.get().pk}/"
    assert f'formaction="{call}"' in read(cast.person("class_teacher"), "/duties/")
    assert call not in read(cast.person("county_desk"), "/duties/?of=area")
    client = client_of(cast.person("class_teacher"))
    assert "13900001234" in page(client.post(call))


def test_the_list_of_cases_rings_for_whoever_may_call_in_the_case(cast: Cast, near: Child) -> None:
    call = f"/cases/{the_case(near).number}/call/{near.guardians.get().pk}/"
    words = read(cast.person("class_teacher"), "/cases/")
    assert f'form="dial" formaction="{call}"' in words
    assert '<form id="dial" method="post">' in words
    assert call not in read(cast.person("county_desk"), "/cases/")
    assert call not in read(cast.person("village_cadre"), "/cases/")


def test_a_teacher_of_another_class_rings_nobody(cast: Cast, near: Child) -> None:
    cast.post("class_teacher").classes.update(ends_on=FIRST_MISSED, ended_at=at(FIRST_MISSED))
    assert "/call/" not in read(cast.person("class_teacher"), "/duties/")


def test_all_rows_print_with_unit_title_and_day(cast: Cast, on: Callable[[date], None]) -> None:
    on(OPENED)
    children = [make_child(cast.here, f"生{number:02d}") for number in range(22)]
    for day in (FIRST_MISSED, OPENED):
        call_roll(cast, day, *children)
    desk = cast.person("county_desk")
    assert len(shown(desk, "/cases/")) == 20
    words = read(desk, "/cases/?print=all")
    assert words.count("<tr") - 1 == len(children)
    for told in ("<h1>个案</h1>", "甲县教育体育局", "2025年9月12日", "打印人："):
        assert told in words
    assert "print-landscape.css" in words


def test_an_empty_list_says_why_and_what_next(cast: Cast, on: Callable[[date], None]) -> None:
    on(OPENED)
    desk = cast.person("county_desk")
    assert "还没有个案" in read(desk, "/cases/?state=")
    filtered = read(desk, "/cases/?stage=D4")
    assert "没有符合条件的记录" in filtered
    assert "清除筛选" in filtered


def test_the_category_of_nobody_lost_is_an_empty_list(cast: Cast, near: Child) -> None:
    assert shown(cast.person("county_desk"), "/cases/?state=open&category=lost") == []


def test_a_list_without_open_cases_says_that_it_leaves_out_the_closed(
    cast: Cast, on: Callable[[date], None]
) -> None:
    on(OPENED)
    words = read(cast.person("registrar"), "/cases/")
    assert "没有未销号的个案" in words
    assert 'href="?state=closed"' in words
    assert "没有未销号的个案" not in read(cast.person("registrar"), "/cases/?state=")


def test_the_list_of_cases_says_what_is_due_and_sorts_by_it(
    cast: Cast, near: Child, on: Callable[[date], None]
) -> None:
    on(LATER)
    make = make_child(cast.here, "陈晚")
    opened(cast, make)
    desk = client_of(cast.person("county_desk"))
    answer: Any = desk.get("/cases/?sort=due")
    lines = answer.context["table"].records
    days = [line.due_on for line in lines]
    assert days == sorted(days)
    for line in lines:
        assert line.due_on == line.case.deadlines.owed().earliest("due_on").due_on
    assert 'data-label="到期">' in page(answer)
    assert "逾期" in page(answer)
