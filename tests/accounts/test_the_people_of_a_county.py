"""The security_officer sees who holds what in the own county, and keeps its accounts."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.accounts.actions import add_unit, end_post, grant_post
from foundation.accounts.models import AuditEvent, Person, Region, UnitKind
from tests.accounts.conftest import is_signed_in, sign_in, with_password
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, Cast

YESTERYEAR = date(2025, 1, 31)
REASON = "调离本县"


@pytest.fixture
def security_officer(cast: Cast) -> Client:
    return client_of(cast.person("security_officer"))


@pytest.fixture
def next_county(cast: Cast) -> Person:
    """A head teacher of another county in the same installation."""
    region = Region.objects.create(code="530998", name="乙县", valid_from=LONG_AGO)
    county = add_unit(UnitKind.COUNTY, "乙县教育体育局", region, None)
    school = add_unit(UnitKind.SCHOOL, "乙县中学", region, county)
    person = Person.objects.create_person("other_county", "钱乙")
    grant_post(person, "head_teacher", school, LONG_AGO, None)
    return person


def act(client: Client, person: Person, name: str, reason: str = REASON, status: int = 302):
    answer = client.post(f"/people/{person.pk}/{name}/", {f"{name}-reason": reason})
    assert answer.status_code == status
    return answer


def test_the_list_shows_post_days_and_who_granted_it(cast: Cast, security_officer: Client) -> None:
    person = Person.objects.create_person("newcomer", "孙丙")
    grant_post(
        person,
        "registrar",
        cast.here.school.unit,
        date(2025, 9, 1),
        cast.post("security_officer"),
        reason="云教任〔2025〕3号",
    )
    words = page(security_officer.get("/people/?q=newcomer"))
    assert "孙丙" in words
    assert "东镇中学 · 学籍管理员" in words
    assert "2025年9月1日" in words
    assert "security_officer甲（甲县教育体育局 · 安全管理员）授予" in words
    assert "云教任〔2025〕3号" in words
    assert "共 <strong>1</strong> 条" in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 22),
        ("?q=village_cadre", 2),
        ("?role=head_teacher", 2),
        ("?unit=东镇", 7),
        ("?kind=supervision", 1),
        ("?role=head_teacher&unit=西", 1),
        ("?state=open", 22),
        ("?state=closed", 0),
        ("?state=locked", 0),
        ("?state=idle", 0),
        ("?role=no_such_role", 22),
        ("?page=99", 22),
    ],
)
def test_filters_stand_in_the_address(security_officer: Client, query: str, found: int) -> None:
    words = page(security_officer.get(f"/people/{query}"))
    told = f"共 <strong>{found}</strong> 条" if found else "没有符合条件的人员。"
    assert told in words


def test_who_left_is_found_and_marked(cast: Cast, security_officer: Client) -> None:
    end_post(cast.post("registrar"), YESTERYEAR)
    words = page(security_officer.get("/people/?state=idle"))
    assert "registrar" in words
    assert "已卸任" in words
    assert "没有符合条件的人员。" in page(security_officer.get("/people/?role=registrar&unit=东"))


def test_another_county_s_people_are_not_there(
    cast: Cast, security_officer: Client, next_county: Person
) -> None:
    assert "钱乙" not in page(security_officer.get("/people/?q=other_county"))
    nothing = page(security_officer.get("/people/999999999/"), 404)
    assert page(security_officer.get(f"/people/{next_county.pk}/"), 404) == nothing
    for name in ("close", "reopen", "unlock"):
        act(security_officer, next_county, name, status=404)
    next_county.refresh_from_db()
    assert next_county.is_active


@pytest.mark.parametrize("role", ["head_teacher", "county_desk", "supervisor", "class_teacher"])
def test_nobody_but_the_security_officer_opens_it(cast: Cast, role: str) -> None:
    client = client_of(cast.person(role))
    page(client.get("/people/"), 403)
    act(client, cast.person("registrar"), "close", status=403)
    assert cast.person("registrar").is_active


def test_closing_an_account_ends_its_sessions_and_is_noted(
    cast: Cast, security_officer: Client
) -> None:
    person = cast.person("registrar")
    theirs = client_of(person)
    assert is_signed_in(theirs)
    act(security_officer, person, "close")
    assert not is_signed_in(theirs)
    row = AuditEvent.objects.get(verb="account_closed")
    assert (row.person_id, row.object_id) == (cast.person("security_officer").pk, person.pk)
    assert (row.post_id, row.reason) == (cast.post("security_officer").pk, REASON)
    assert "已停用" in page(security_officer.get(f"/people/{person.pk}/"))


def test_a_reopened_account_signs_in_again(cast: Cast, security_officer: Client) -> None:
    person = with_password(cast.person("registrar"))
    act(security_officer, person, "close")
    act(security_officer, person, "reopen", "返岗")
    client = Client()
    sign_in(client, person.username)
    assert is_signed_in(client)
    assert AuditEvent.objects.get(verb="account_reopened").reason == "返岗"


def test_unlocking_lets_the_person_in_at_once(cast: Cast, security_officer: Client) -> None:
    person = with_password(cast.person("registrar"))
    client = Client()
    for n in range(10):
        sign_in(client, person.username, f"wrong-{n}")
    assert "登录锁定" in page(security_officer.get("/people/?state=locked"))
    act(security_officer, person, "unlock", "本人当面申请")
    sign_in(client, person.username)
    assert is_signed_in(client)
    assert AuditEvent.objects.filter(verb="account_unlocked", object_id=person.pk).count() == 1
    assert "没有符合条件的人员。" in page(security_officer.get("/people/?state=locked"))


@pytest.mark.parametrize("reason", ["", " ", "x", "长" * 301])
def test_without_a_reason_nothing_happens_and_the_page_says_so(
    cast: Cast, security_officer: Client, reason: str
) -> None:
    person = cast.person("registrar")
    words = page(act(security_officer, person, "close", reason, 422), 422)
    assert "有内容需要修改" in words
    person.refresh_from_db()
    assert person.is_active


def test_nobody_closes_the_own_account(cast: Cast, security_officer: Client) -> None:
    own = cast.person("security_officer")
    assert "不能办理自己的账号" in page(act(security_officer, own, "close", status=422), 422)
    own.refresh_from_db()
    assert own.is_active
    assert "这是您自己的账号" in page(security_officer.get(f"/people/{own.pk}/"))


def test_an_account_whose_post_one_may_not_grant_is_not_one_s_own_to_close(
    cast: Cast, security_officer: Client
) -> None:
    other = Person.objects.create_person("second_security_officer", "赵丁")
    grant_post(other, "security_officer", cast.county, LONG_AGO, None)
    words = page(act(security_officer, other, "close", status=422), 422)
    assert "「安全管理员」的账号不由您管理" in words
    assert REASON in words
    other.refresh_from_db()
    assert other.is_active


@pytest.mark.parametrize(
    ("name", "words"),
    [("reopen", "该账号正在使用，无需恢复"), ("unlock", "该账号没有登录失败记录，无需解锁")],
)
def test_an_act_that_does_not_fit_says_so(
    cast: Cast, security_officer: Client, name: str, words: str
) -> None:
    person = cast.person("registrar")
    assert words in page(act(security_officer, person, name, status=422), 422)


def test_two_who_close_one_account_leave_one_row(cast: Cast, security_officer: Client) -> None:
    person = cast.person("registrar")
    act(security_officer, person, "close")
    assert "该账号已经停用" in page(act(security_officer, person, "close", status=422), 422)
    assert AuditEvent.objects.filter(verb="account_closed").count() == 1


def test_the_number_of_queries_does_not_grow_with_the_people(
    cast: Cast, security_officer: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(security_officer.get("/people/?per_page=100"))
        return len(seen)

    asked()
    few = asked()
    for n in range(30):
        person = Person.objects.create_person(f"teacher{n}", "李戊")
        grant_post(person, "class_teacher", cast.here.school.unit, LONG_AGO, cast.post("registrar"))
    assert asked() == few
