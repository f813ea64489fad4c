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
from kongchuo.web.context import page as context_of
from kongchuo.web.navigation import menu
from tests.browsing import client_of, page
from tests.cast import Cast

DAY = date(2025, 9, 12)
SCHOOL = {
    "每天": ("工作台", "点名", "到校", "消息"),
    "学生": ("名册", "异动", "入学", "特殊群体"),
    "控辍": ("个案", "发现报告", "预警", "台账", "文书"),
    "校务": ("校历与参数", "人员"),
}
TOWNSHIP = {
    "每天": ("工作台", "到校", "消息"),
    "学生": ("异动", "入学"),
    "控辍": ("个案", "发现报告", "文书"),
    "乡镇事务": ("校历与参数", "人员"),
}
MENUS: dict[str, dict[str, tuple[str, ...]]] = {
    "class_teacher": {
        "每天": ("工作台", "点名", "消息"),
        "学生": ("名册", "异动", "特殊群体"),
        "控辍": ("个案", "发现报告", "预警", "台账"),
        "校务": ("校历与参数",),
    },
    "registrar": SCHOOL,
    "head_teacher": {**SCHOOL, "校务": (*SCHOOL["校务"], "操作记录")},
    "central_school": {
        "每天": ("工作台", "到校", "消息"),
        "学生": ("名册", "异动", "入学"),
        "控辍": ("个案", "预警", "台账"),
        "校务": ("报表", "校历与参数"),
    },
    "village_cadre": {
        "每天": ("工作台", "消息"),
        "控辍": ("个案", "发现报告"),
        "村居事务": ("校历与参数",),
    },
    "township_officer": TOWNSHIP,
    "township_leader": TOWNSHIP,
    "education_office": {
        "每天": ("工作台", "到校", "消息"),
        "控辍": ("个案", "发现报告"),
        "乡镇事务": ("校历与参数",),
    },
    "county_desk": {
        "每天": ("工作台", "到校", "消息"),
        "学生": ("名册", "异动", "特殊群体"),
        "控辍": ("个案", "发现报告", "预警", "台账", "文书"),
        "县务": ("报表", "校历与参数", "人员复核", "开通", "系统"),
    },
    "supervisor": {
        "每天": ("工作台", "到校", "消息"),
        "学生": ("名册", "异动"),
        "控辍": ("个案", "预警", "台账", "文书"),
        "县务": ("报表", "校历与参数"),
    },
    "bureau_leader": {
        "每天": ("工作台", "到校", "消息"),
        "学生": ("名册", "异动"),
        "控辍": ("个案", "预警", "台账", "文书"),
        "县务": ("报表", "校历与参数", "人员复核", "导出复核", "开通"),
    },
    "administrator": {
        "每天": ("工作台", "消息"),
        "县务": ("校历与参数", "单位", "开通", "系统"),
    },
    "security_officer": {
        "每天": ("工作台", "消息"),
        "县务": ("校历与参数", "人员", "人员复核", "开通"),
    },
    "auditor": {
        "每天": ("工作台", "消息"),
        "县务": ("校历与参数", "单位变动", "操作记录", "使用超限"),
    },
}
DOCKS = {
    "class_teacher": ["工作台", "点名", "个案"],
    "registrar": ["工作台", "到校", "个案"],
    "village_cadre": ["工作台", "个案", "消息", "发现报告"],
    "county_desk": ["工作台", "到校", "个案"],
    "security_officer": ["工作台", "消息", "人员"],
}


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2025-09-12 04:00:00+00:00", tick=False):
        yield


def test_every_role_has_its_menu() -> None:
    assert set(MENUS) == {role.code for role in ROLES}


@pytest.mark.parametrize("role", MENUS)
def test_who_may_not_open_a_page_is_told_so_beside_the_own_menu(role: str, cast: Cast) -> None:
    address = "/cases/" if role == "security_officer" else "/people/"
    words = page(client_of(cast.person(role)).get(address), 403)
    assert "您的任职没有这项权限" in words
    for label in (label for group in MENUS[role].values() for label in group):
        assert label in words


@pytest.mark.parametrize("role", MENUS)
def test_the_menu_holds_what_the_rights_open(cast: Cast, role: str) -> None:
    groups = menu(cast.viewer(role), "/").groups
    assert {group.word: tuple(i.label for i in group.items) for group in groups} == MENUS[role]


@pytest.mark.parametrize("role", MENUS)
def test_every_entry_of_the_menu_opens(cast: Cast, role: str) -> None:
    client = client_of(cast.person(role))
    for item in menu(cast.viewer(role), "/").items:
        assert client.get(item.url, follow=True).status_code == 200, item


@pytest.mark.parametrize("role", DOCKS)
def test_a_phone_has_a_bar_of_four(cast: Cast, role: str) -> None:
    found = menu(cast.viewer(role), "/")
    assert [item.label for item in found.dock] == DOCKS[role]
    assert len(found.dock) + found.is_longer == 4


@pytest.mark.parametrize(
    ("role", "path", "label"),
    [
        ("administrator", "/", "工作台"),
        ("administrator", "/inbox/", "消息"),
        ("security_officer", "/people/", "人员"),
        ("security_officer", "/people/7/", "人员"),
        ("security_officer", "/people/limits/", "人员复核"),
        ("auditor", "/people/limits/", "使用超限"),
        ("security_officer", "/people/requests/", "人员复核"),
        ("administrator", "/accounts/password/change/", None),
        ("class_teacher", "/pupils/7/", "名册"),
        ("class_teacher", "/mornings/absences/7/", "点名"),
        ("registrar", "/roll/7/", "点名"),
        ("registrar", "/mornings/absences/7/", "到校"),
        ("registrar", "/roster/left-behind/", "特殊群体"),
        ("registrar", "/watch/ledger/", "台账"),
        ("registrar", "/watch/entries/7/support/", "台账"),
        ("registrar", "/watch/pupils/7/", "预警"),
        ("registrar", "/changes/months/", "异动"),
        ("township_officer", "/pupils/7/", "个案"),
        ("village_cadre", "/pupils/7/", "个案"),
        ("county_desk", "/parameters/", "校历与参数"),
    ],
)
def test_the_entry_of_the_page_is_marked(
    cast: Cast, role: str, path: str, label: str | None
) -> None:
    here = menu(cast.viewer(role), path).here
    assert (here.label if here else None) == label


def test_nobody_has_no_menu() -> None:
    assert not menu(NOBODY, "/")


def test_the_marked_entry_is_so_on_the_page(cast: Cast) -> None:
    words = page(client_of(cast.person("registrar")).get("/roster/"))
    assert set(re.findall(r'href="([^"]+)" aria-current="page"', words)) == {"/roster/"}


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
    assert re.search(r'消息</span><span class="count">3<', words)


def test_unread_messages_are_counted_to_99(cast: Cast) -> None:
    unit = cast.here.school.unit_id
    post_letters([Letter(f"k{n}", unit, "甲", "", "", DAY) for n in range(100)], DAY)
    words = page(client_of(cast.person("registrar")).get("/calendars/"))
    assert '<span class="count">99+<' in words


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


def test_all_of_it_costs_one_query_and_a_fragment_none(cast: Cast) -> None:
    request: Any = RequestFactory().get("/")
    request.viewer = cast.viewer("county_desk")
    with CaptureQueriesContext(connection) as seen:
        context = context_of(request)
    assert [q["sql"] for q in seen if "clockshift" not in q["sql"]] == []
    with CaptureQueriesContext(connection) as seen:
        for _ in range(2):
            str(context["county_name"]), str(context["help_phone"])
            str(context["unread"]), str(context["calendar_warning"])
    assert len(seen) == 1


def test_a_page_asks_four_times_before_its_own_questions(cast: Cast) -> None:
    """Session, person, posts, and once what stands around the page; a real county has no clock to
    be moved."""
    client = client_of(cast.person("registrar"))
    client.get("/accounts/logout/")
    with CaptureQueriesContext(connection) as seen:
        page(client.get("/accounts/logout/"))
    asked = [q["sql"] for q in seen if not re.match(r"BEGIN|COMMIT|SAVEPOINT|RELEASE", q["sql"])]
    asked = [sql for sql in asked if "clockshift" not in sql]
    tables = [re.findall(r'FROM "(\w+)"', sql)[-1] for sql in asked]
    assert len(asked) == 4, tables


def test_readers_of_one_menu_do_not_see_each_other_s_messages(cast: Cast) -> None:
    unit = cast.here.school.unit_id
    post_letters([Letter("k", unit, "甲", "", "", DAY)], DAY)
    theirs = page(client_of(cast.person("registrar")).get("/calendars/"))
    others = page(client_of(cast.person("registrar", there=True)).get("/calendars/"))
    assert '<span class="count">1<' in theirs
    assert '<span class="count">' not in others


@pytest.mark.parametrize("address", ["/nothing/here/", "/people/999999/"])
def test_a_page_that_is_not_there_asks_nothing_of_the_context(cast: Cast, address: str) -> None:
    words = page(client_of(cast.person("security_officer")).get(address), 404)
    assert "没有找到这个页面或这条记录" in words
    assert "security_officer甲" not in words


def test_what_a_short_bar_leaves_out_stands_under_mine(cast: Cast) -> None:
    shown = page(client_of(cast.person("village_cadre")).get("/"))
    start = shown.index('<div class="menu-panel')
    panel = shown[start : shown.index("退出登录", start)]
    assert "校历与参数" in panel
    assert "帮助" in panel
