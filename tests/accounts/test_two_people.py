"""Posts that reach the whole county, and their holders' passwords, take two people (design 4)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from foundation.accounts import actions
from foundation.accounts.actions import Refused, grant_post
from foundation.accounts.models import AuditEvent, PeopleDecision, PeopleRequest, Person, Post
from foundation.accounts.roles import OFFICES, ROLES
from foundation.accounts.seconding.rules import LIVES, is_lapsed, needs_two
from foundation.days import full_day_words
from tests.accounts.conftest import with_password
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, PASSWORD, Cast
from tests.staff.steps import acting, sheet

REASON = {"reason": "县委编办调整分工"}
WAITING = "/people/requests/"


@pytest.fixture
def security_officer(cast: Cast) -> Client:
    return client_of(cast.person("security_officer"))


@pytest.fixture
def desk(cast: Cast) -> Client:
    return client_of(cast.person("county_desk"))


@pytest.fixture
def second(cast: Cast) -> Person:
    """A second security_officer."""
    person = Person.objects.create_person("security_officer_b", "周二")
    grant_post(person, "security_officer", cast.county, LONG_AGO, None)
    return person


def new_desk(cast: Cast, role: str = "教育局基教股") -> dict[str, str]:
    unit = cast.supervision if "督导" in role else cast.county
    return {
        "name": "吴新",
        "login": "wuxin01",
        "role": role,
        "unit": str(unit.pk),
        "class_name": "",
        "starts_on": f"{timezone.localdate():%Y-%m-%d}",
        "reason": "县委编办调整分工",
    }


def asked_for(security_officer: Client, cast: Cast, role: str = "教育局基教股") -> PeopleRequest:
    assert security_officer.post("/staff/add/", new_desk(cast, role))["Location"] == WAITING
    return PeopleRequest.objects.get()


def decide(client: Client, asked: PeopleRequest, how: str, status: int = 302) -> str:
    answer = client.post(f"{WAITING}{asked.pk}/{how}/", REASON)
    return page(answer, status)


def verbs() -> set[str]:
    return set(AuditEvent.objects.values_list("verb", flat=True))


def test_the_county_s_posts_need_two_and_no_others() -> None:
    two = {role.code for role in ROLES if needs_two([role.code])}
    assert two == {"county_desk", "supervisor", "bureau_leader", *OFFICES}


@pytest.mark.parametrize("role", ["教育局基教股", "督导室（只读）", "安全管理员", "局领导"])
def test_one_asks_and_another_gives(
    cast: Cast, security_officer: Client, desk: Client, role: str
) -> None:
    asked = asked_for(security_officer, cast, role)
    assert not Person.objects.filter(username="wuxin01").exists()
    words = page(desk.get(WAITING))
    assert "等待确认" in words
    assert "吴新" in words
    assert "slip-password" in decide(desk, asked, "confirm", 200)
    post = Post.objects.get(person__username="wuxin01")
    assert post.granted_by == cast.post("security_officer")
    assert post.role_label == role
    assert asked.decision.decided_by == cast.post("county_desk")
    assert verbs() >= {"post_requested", "request_confirmed", "post_granted"}
    assert "已确认" in page(security_officer.get(WAITING))


def test_who_asked_cannot_confirm(cast: Cast, security_officer: Client) -> None:
    asked = asked_for(security_officer, cast)
    assert "须由另一人确认" in decide(security_officer, asked, "confirm", 422)
    assert "须由另一人确认" in decide(security_officer, asked, "refuse", 422)
    assert not Post.objects.filter(person__username="wuxin01").exists()


def test_who_is_concerned_cannot_confirm(
    cast: Cast, security_officer: Client, second: Person
) -> None:
    desk = with_password(cast.person("county_desk"))
    security_officer.post(f"/staff/{desk.pk}/grant/", new_desk(cast, "督导室（只读）"))
    asked = PeopleRequest.objects.get()
    assert "关系到您本人" in decide(client_of(desk), asked, "confirm", 422)
    decide(client_of(second), asked, "confirm")
    assert desk.posts.count() == 2


def test_a_first_password_that_others_know_does_not_open_the_post(
    cast: Cast, security_officer: Client, desk: Client
) -> None:
    clerk = cast.person("registrar")
    head = client_of(cast.person("head_teacher"))
    assert "slip-password" in page(head.post(f"/staff/{clerk.pk}/reset/", REASON))
    clerk.refresh_from_db()
    known = clerk.password
    security_officer.post(f"/staff/{clerk.pk}/grant/", new_desk(cast))
    assert "slip-password" in decide(desk, PeopleRequest.objects.get(), "confirm", 200)
    clerk.refresh_from_db()
    assert clerk.password != known


def test_no_way_leads_one_alone_to_the_post(cast: Cast, security_officer: Client) -> None:
    with pytest.raises(Refused, match="须两人办理"):
        actions.appoint(
            acting(cast, "security_officer"),
            cast.person("registrar"),
            "county_desk",
            cast.county,
            acting(cast).today,
        )
    own = cast.person("security_officer")
    words = page(security_officer.post(f"/staff/{own.pk}/grant/", new_desk(cast)), 422)
    assert "自己" in words
    assert not PeopleRequest.objects.exists()


@pytest.mark.parametrize("role", ["county_desk", "supervisor"])
def test_a_reset_changes_nothing_before_another_confirms(
    cast: Cast, security_officer: Client, second: Person, role: str
) -> None:
    holder = with_password(cast.person(role))
    answer = security_officer.post(f"/staff/{holder.pk}/reset/", REASON)
    assert answer["Location"] == WAITING
    holder.refresh_from_db()
    assert holder.check_password(PASSWORD)
    assert "slip-password" in decide(client_of(second), PeopleRequest.objects.get(), "confirm", 200)
    holder.refresh_from_db()
    assert not holder.check_password(PASSWORD)
    assert holder.must_change_password
    assert verbs() >= {"password_requested", "request_confirmed", "password_reset"}


def test_a_first_slip_of_such_a_post_is_not_printed_alone(
    cast: Cast, security_officer: Client
) -> None:
    for role in ("county_desk", "supervisor"):
        person = cast.person(role)
        assert person.name not in page(security_officer.get("/staff/slips/?per_page=100"))
        with pytest.raises(Refused, match="须两人办理"):
            actions.give_first_passwords(acting(cast, "security_officer"), [person])
        with pytest.raises(Refused, match="须两人办理"):
            actions.reset_password(acting(cast, "security_officer"), person, "试一试")


def test_a_head_still_appoints_and_resets_the_clerk_alone(cast: Cast) -> None:
    head, clerk = client_of(cast.person("head_teacher")), cast.person("registrar")
    assert "slip-password" in page(head.post(f"/staff/{clerk.pk}/reset/", REASON))
    assert not PeopleRequest.objects.exists()


@pytest.mark.parametrize("how", ["refuse", "withdraw"])
def test_what_is_refused_or_withdrawn_is_over(
    cast: Cast, security_officer: Client, desk: Client, how: str
) -> None:
    asked = asked_for(security_officer, cast)
    decide(desk if how == "refuse" else security_officer, asked, how)
    assert "已经办理" in decide(desk, asked, "confirm", 422)
    assert PeopleDecision.objects.count() == 1
    assert not Post.objects.filter(person__username="wuxin01").exists()


def test_only_who_asked_withdraws(cast: Cast, security_officer: Client, desk: Client) -> None:
    asked = asked_for(security_officer, cast)
    assert "只有提交申请的人可以撤回" in decide(desk, asked, "withdraw", 422)


def test_one_security_officer_alone_changes_nothing_about_another(
    cast: Cast, security_officer: Client, second: Person
) -> None:
    for act in ("close", "unlock", "reopen"):
        answer = security_officer.post(f"/people/{second.pk}/{act}/", {f"{act}-reason": "试一试"})
        assert answer.status_code == 422
    security_officer.post(f"/staff/{second.pk}/reset/", REASON)
    decide(client_of(cast.person("county_desk")), PeopleRequest.objects.get(), "confirm", 200)
    second.refresh_from_db()
    assert second.must_change_password


def test_the_same_is_not_asked_twice(cast: Cast, security_officer: Client) -> None:
    asked_for(security_officer, cast)
    assert "不要重复提交" in page(security_officer.post("/staff/add/", new_desk(cast)), 422)


@pytest.mark.parametrize(("seconds", "lapsed"), [(-1, False), (0, False), (1, True)])
def test_after_fifteen_days_it_lapses(seconds: int, lapsed: bool) -> None:
    now = timezone.now()
    assert is_lapsed(now - LIVES - timedelta(seconds=seconds), now) is lapsed


def test_a_lapsed_request_is_not_confirmed(
    cast: Cast, security_officer: Client, desk: Client
) -> None:
    asked = asked_for(security_officer, cast)
    with time_machine.travel(timezone.now() + LIVES + timedelta(minutes=1), tick=False):
        later = client_of(cast.person("county_desk"))
        assert "已经失效" in decide(later, asked, "confirm", 422)
        assert "已失效" in page(later.get(WAITING))


def test_a_sheet_gives_no_such_post(cast: Cast, security_officer: Client) -> None:
    rows = [
        ("吴新", "wuxin01", "教育局基教股", "甲县教育体育局", "", ""),
        ("陈二", "t2002", "学籍管理员", "东镇中学", "", ""),
    ]
    file = SimpleUploadedFile("人员.xlsx", sheet(*rows))
    shown = page(security_officer.post("/staff/sheet/", {"file": file}))
    assert "须两人办理" in shown
    assert 'name="token"' not in shown


def test_a_post_of_the_county_begins_today_at_the_earliest(
    cast: Cast, security_officer: Client, desk: Client
) -> None:
    """Before a second person confirms it, one person alone wanted it: no past day is promised."""
    early = new_desk(cast) | {"starts_on": "2020-01-01"}
    assert "任职起不能早于今天" in page(security_officer.post("/staff/add/", early), 422)
    assert not PeopleRequest.objects.exists()
    asked = asked_for(security_officer, cast)
    day = full_day_words(timezone.localdate())
    for words in (page(desk.get(WAITING)), page(desk.get(f"{WAITING}{asked.pk}/confirm/"))):
        assert f"{day}；确认晚于这一天的，从确认当天起" in words


def test_a_closed_account_of_the_county_is_opened_by_two(
    cast: Cast, security_officer: Client, second: Person
) -> None:
    who = cast.person("county_desk")
    security_officer.post(f"/people/{who.pk}/close/", {"close-reason": "调离本县"})
    words = page(security_officer.get(f"/people/{who.pk}/"))
    assert "申请恢复账号" in words
    security_officer.post(f"/people/{who.pk}/reopen/", {"reopen-reason": "返岗"})
    who.refresh_from_db()
    assert not who.is_active
    asked = PeopleRequest.objects.get()
    assert "须由另一人确认" in decide(security_officer, asked, "confirm", 422)
    decide(client_of(second), asked, "confirm")
    who.refresh_from_db()
    assert who.is_active
    assert verbs() >= {"reopen_requested", "request_confirmed", "account_reopened"}


def test_another_account_is_opened_by_one(cast: Cast, security_officer: Client) -> None:
    who = cast.person("registrar")
    security_officer.post(f"/people/{who.pk}/close/", {"close-reason": "调离本县"})
    security_officer.post(f"/people/{who.pk}/reopen/", {"reopen-reason": "返岗"})
    who.refresh_from_db()
    assert who.is_active


def test_each_reason_has_the_hint_of_its_act(
    cast: Cast, security_officer: Client, desk: Client
) -> None:
    asked = asked_for(security_officer, cast)
    for how, hint in {"confirm": "已向申请人和本人核实", "refuse": "本人未到岗"}.items():
        words = page(desk.get(f"{WAITING}{asked.pk}/{how}/"))
        assert hint in words
        assert "调离本县" not in words
    assert "填错了职务" in page(security_officer.get(f"{WAITING}{asked.pk}/withdraw/"))
    closing = page(security_officer.get(f"/people/{cast.person('registrar').pk}/"))
    assert "调离本县" in closing
    assert "本人当面申请解锁" not in closing


def test_a_unit_that_has_no_such_post_is_named(cast: Cast, security_officer: Client) -> None:
    wrong = new_desk(cast) | {"unit": str(cast.here.school.pk)}
    words = page(security_officer.post("/staff/add/", wrong), 422)
    assert "「东镇中学」不设「教育局基教股」" in words
    assert cast.here.school.code not in words


def test_who_has_to_confirm_reads_it_on_the_first_page(
    cast: Cast, security_officer: Client, desk: Client
) -> None:
    assert "项待确认" not in page(desk.get("/"))
    asked_for(security_officer, cast)
    told = page(desk.get("/"))
    assert "1 项待确认" in told
    assert 'href="/people/requests/">去复核' in told
    assert "等待您确认" not in page(security_officer.get("/people/"), 200)


def test_before_a_slip_that_is_out_ends_the_page_says_so(
    security_officer: Client, cast: Cast
) -> None:
    registrar = cast.person("registrar")
    assert security_officer.post("/staff/slips/", {"person": registrar.pk}).status_code == 200
    grant = new_desk(cast)
    at = f"/staff/{registrar.pk}/grant/"
    assert security_officer.post(at, grant)["Location"] == WAITING
    asked = PeopleRequest.objects.get()
    leader = client_of(cast.person("bureau_leader"))
    told = "登录单还没有用，确认后作废，请收回"
    assert told in page(leader.get(f"{WAITING}{asked.pk}/confirm/"))
    assert told not in page(leader.get(f"{WAITING}{asked.pk}/refuse/"))
    assert 'class="slip"' in decide(leader, asked, "confirm", 200)


def test_what_waits_stands_above_what_was_decided(
    cast: Cast, security_officer: Client, desk: Client
) -> None:
    first = asked_for(security_officer, cast)
    decide(desk, first, "refuse")
    data = new_desk(cast) | {"login": "wuxin02", "name": "吴后"}
    security_officer.post("/staff/add/", data)
    words = page(desk.get(WAITING))
    assert words.index("吴后") < words.index("吴新")
