"""Around every page: the county, who one is, the menu of one's rights, what waits."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from foundation.accounts.actions import shift_clock
from foundation.accounts.roles import ROLES
from foundation.accounts.viewer import NOBODY
from foundation.messaging.actions import Letter, post_letters
from kongchuo.context import page as context_of
from kongchuo.navigation import menu
from tests.browsing import client_of, page
from tests.cast import Cast

DAY = date(2025, 9, 12)
EVERYBODY = {"待办", "校历"}
MENUS = {
    "class_teacher": {"点名", "个案", "预警", "名册", "异动"},
    "registrar": {"到校", "点名", "个案", "预警", "名册", "异动", "入学", "人员"},
    "head_teacher": {"到校", "点名", "个案", "预警", "名册", "异动", "入学", "人员"},
    "central_school": {"到校", "个案", "预警", "名册", "异动", "入学", "报表"},
    "village_cadre": {"个案"},
    "township_officer": {"到校", "个案", "异动", "入学", "人员"},
    "township_leader": {"到校", "个案", "异动", "入学", "人员"},
    "education_office": {"到校", "个案"},
    "county_desk": {"到校", "个案", "预警", "名册", "异动", "报表", "人员复核"},
    "supervisor": {"到校", "个案", "预警", "名册", "异动", "报表"},
    "administrator": {"人员", "人员复核", "系统状态"},
}


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2025-09-12 04:00:00+00:00", tick=False):
        yield


def test_every_role_has_its_menu() -> None:
    assert set(MENUS) == {role.code for role in ROLES}


@pytest.mark.parametrize("role", MENUS)
def test_the_menu_holds_what_the_rights_open(cast: Cast, role: str) -> None:
    labels = {item["label"] for item in menu(cast.viewer(role), "/")}
    assert labels == EVERYBODY | MENUS[role]


@pytest.mark.parametrize("role", MENUS)
def test_every_entry_of_the_menu_opens(cast: Cast, role: str) -> None:
    client = client_of(cast.person(role))
    for item in menu(cast.viewer(role), "/"):
        assert client.get(item["url"], follow=True).status_code == 200, item


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "待办"), ("/inbox/", None), ("/people/", "人员"), ("/people/7/", "人员")],
)
def test_the_entry_where_one_stands_is_marked(cast: Cast, path: str, label: str | None) -> None:
    active = [item["label"] for item in menu(cast.viewer("administrator"), path) if item["active"]]
    assert active == ([label] if label else [])


def test_nobody_has_no_menu() -> None:
    assert menu(NOBODY, "/") == []


def test_the_page_names_county_person_and_posts(cast: Cast) -> None:
    words = page(client_of(cast.person("registrar")).get("/inbox/"))
    assert f"{cast.county.region.name}控辍保学工作平台" in words
    assert "registrar甲" in words
    assert "东镇中学 · 学籍管理员" in words


def test_the_sign_in_page_names_the_only_county(client: Client, cast: Cast) -> None:
    words = page(client.get("/accounts/login/"))
    assert f"{cast.county.region.name}控辍保学工作平台" in words


def test_unread_messages_are_counted(cast: Cast) -> None:
    unit = cast.here.school.unit_id
    post_letters([Letter(f"k{n}", unit, "甲", "", "", DAY) for n in range(3)], DAY)
    words = page(client_of(cast.person("registrar")).get("/calendars/"))
    assert re.search(r'消息<span class="count">3<', words)


def test_a_missing_calendar_is_said_on_every_page(cast: Cast) -> None:
    client = client_of(cast.person("registrar"))
    assert "放假调休安排尚未登记" not in page(client.get("/inbox/"))
    with time_machine.travel("2027-03-12 04:00:00+00:00", tick=False):
        client = client_of(cast.person("registrar"))
        assert "2027年放假调休安排尚未登记" in page(client.get("/inbox/"))


def test_a_shifted_clock_is_said_on_every_page(cast: Cast) -> None:
    client = client_of(cast.person("registrar"))
    assert "演示时间" not in page(client.get("/inbox/"))
    shift_clock(timedelta(days=3))
    assert "演示时间：2025年9月15日 星期一" in page(client.get("/inbox/"))


def test_all_of_it_costs_three_queries_and_a_fragment_none(cast: Cast) -> None:
    request: Any = RequestFactory().get("/")
    request.viewer = cast.viewer("county_desk")
    with CaptureQueriesContext(connection) as seen:
        context = context_of(request)
    assert [q["sql"] for q in seen if "clockshift" not in q["sql"]] == []
    with CaptureQueriesContext(connection) as seen:
        for _ in range(3):
            str(context["county_name"]), str(context["help_phone"])
            str(context["unread"]), str(context["calendar_warning"])
    assert len(seen) == 3


@pytest.mark.parametrize("address", ["/nothing/here/", "/people/999999/"])
def test_a_page_that_is_not_there_asks_nothing_of_the_context(cast: Cast, address: str) -> None:
    words = page(client_of(cast.person("administrator")).get(address), 404)
    assert "没有找到这个页面或这条记录" in words
    assert "administrator甲" not in words
