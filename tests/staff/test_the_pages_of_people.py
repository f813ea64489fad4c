"""The list of a unit's people, one person, somebody new, slips: one's own and nobody else's."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from foundation.accounts import actions as accounts
from foundation.accounts.models import AuditEvent, Person
from students.roster.pupils.acts.pupils import open_class
from tests.browsing import client_of, page, phone_of
from tests.cast import LONG_AGO, Cast
from tests.staff.steps import colleague


@pytest.fixture
def head(cast: Cast) -> Client:
    return client_of(cast.person("head_teacher"))


def new_person(cast: Cast, **more: Any) -> dict[str, Any]:
    usual = {
        "name": "林一新",
        "login": "13900001111",
        "role": "学籍管理员",
        "unit": cast.here.school.pk,
        "class_name": "",
        "starts_on": "2025-09-12",
        "reason": "",
    }
    return usual | more


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        ("head_teacher", "registrar甲", "village_cadre甲"),
        ("registrar", "class_teacher甲", "township_officer甲"),
        ("township_leader", "village_cadre甲", "registrar甲"),
        ("township_officer", "township_leader甲", "education_office甲"),
        ("security_officer", "county_desk甲", "nobody"),
    ],
)
def test_each_sees_the_people_of_the_own_units(
    cast: Cast, role: str, seen: str, hidden: str
) -> None:
    words = page(client_of(cast.person(role)).get("/staff/?per_page=100"))
    assert seen in words
    assert hidden not in words


@pytest.mark.parametrize(
    ("asked", "shown"), [("", True), ("?state=now", True), ("?state=past", False)]
)
def test_the_record_of_posts_is_filtered(head: Client, asked: str, shown: bool) -> None:
    assert ("class_teacher甲</a>" in page(head.get(f"/staff/grants/{asked}"))) == shown


def test_a_filter_that_is_not_offered_shows_no_post_and_says_so(head: Client) -> None:
    words = page(head.get("/staff/grants/?state=all"))
    assert "class_teacher甲</a>" not in words
    assert "有内容需要修改" in words


def test_the_next_school_s_people_are_not_there(cast: Cast, head: Client) -> None:
    stranger = cast.post("registrar", there=True)
    assert "西镇" not in page(head.get("/staff/"))
    assert "西镇" not in page(head.get("/staff/grants/"))
    nothing = page(head.get("/staff/999999999/"), 404)
    assert page(head.get(f"/staff/{stranger.person_id}/"), 404) == nothing
    for act in ("reset", "unlock", "end-phones", "leave", "grant"):
        page(head.post(f"/staff/{stranger.person_id}/{act}/", {"reason": "试一试"}), 404)
    page(head.post(f"/staff/posts/{stranger.pk}/end/", {"reason": "试一试"}), 404)


def test_what_somebody_does_elsewhere_is_not_shown(cast: Cast, head: Client) -> None:
    teacher = cast.person("class_teacher")
    accounts.grant_post(teacher, "registrar", cast.there.school.unit, LONG_AGO, None)
    assert "西镇" not in page(head.get(f"/staff/{teacher.pk}/"))
    assert "西镇" not in page(head.get("/staff/"))


def test_totals_lead_to_their_lists(cast: Cast, head: Client) -> None:
    words = page(head.get("/staff/"))
    assert "现任人员" in words
    assert "还没有登录单" in words
    for state in ("locked", "soon", "sealed"):
        page(head.get(f"/staff/?state={state}"))


def test_the_number_of_queries_does_not_grow_with_the_people(
    cast: Cast, head: Client, count_queries: Any
) -> None:
    def asked(address: str) -> int:
        with count_queries(connection) as seen:
            page(head.get(address))
        return len(seen)

    pages = ("/staff/?per_page=100", "/staff/grants/?per_page=100", "/staff/slips/")
    before = [asked(address) for address in pages]
    for n in range(15):
        colleague(cast, f"teacher_{n}")
    assert [asked(address) for address in pages] == before


def test_somebody_new_gets_a_slip_once(cast: Cast, head: Client) -> None:
    words = page(head.post("/staff/add/", new_person(cast)))
    person = Person.objects.get(username="13900001111")
    assert person.must_change_password
    password = words.split('slip-password">')[1].split("<")[0]
    assert person.check_password(password)
    for piece in ("林一新", "13900001111", "http://testserver/", "有效至", "改好以后首次密码作废"):
        assert piece in words
    assert password not in page(head.get(f"/staff/{person.pk}/"))
    again = page(head.post("/staff/add/", new_person(cast)), 422)
    assert "无需再次登记" in again
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs >= {"account_made", "post_granted", "first_password_given"}


def test_a_class_teacher_is_taken_on_with_a_class(cast: Cast, head: Client) -> None:
    open_class(cast.here.school, "2", 2025, 1)
    data = new_person(cast, role="班主任")
    assert "班主任须填写所带班级" in page(head.post("/staff/add/", data), 422)
    assert not Person.objects.filter(username="13900001111").exists()
    assert "slip-password" in page(head.post("/staff/add/", data | {"class_name": "七年级1班"}))
    assert Person.objects.get(username="13900001111").posts.get().classes.count() == 1


def test_an_account_of_another_name_is_taken(cast: Cast, head: Client) -> None:
    words = page(head.post("/staff/add/", new_person(cast, login="registrar")), 422)
    assert "已经登记在另一个姓名下" in words
    assert "registrar甲" not in words


def test_a_namesake_is_asked_about_and_needs_a_tick(cast: Cast, head: Client) -> None:
    data = new_person(cast, name="class_teacher甲")
    namesakes = Person.objects.filter(name="class_teacher甲")
    before = namesakes.count()
    words = page(head.post("/staff/add/", data), 422)
    assert "是否同一人" in words
    assert 'name="are_others"' in words
    assert namesakes.count() == before
    page(head.post("/staff/add/", data | {"are_others": "on"}))
    assert namesakes.count() == before + 1


@pytest.mark.parametrize("role", ["校长", "安全管理员"])
def test_a_role_one_may_not_grant_is_no_choice(cast: Cast, head: Client, role: str) -> None:
    assert f'value="{role}"' not in page(head.get("/staff/add/"))
    page(head.post("/staff/add/", new_person(cast, role=role)), 422)
    assert not Person.objects.filter(username="13900001111").exists()


def test_a_class_that_has_its_teacher_is_no_choice(cast: Cast, head: Client) -> None:
    open_class(cast.here.school, "2", 2024, 3)
    words = page(head.get("/staff/add/"))
    assert 'value="八年级3班"' in words
    assert 'value="八年级2班"' not in words


def test_another_school_s_unit_is_no_choice(cast: Cast, head: Client) -> None:
    page(head.post("/staff/add/", new_person(cast, unit=cast.there.school.pk)), 422)
    assert not Person.objects.filter(username="13900001111").exists()


def test_one_more_post_for_somebody_known(cast: Cast, head: Client) -> None:
    teacher = cast.person("class_teacher")
    teacher.set_password("an-own-password")
    teacher.save()
    data = new_person(cast, role="学籍管理员")
    assert head.post(f"/staff/{teacher.pk}/grant/", data)["Location"] == f"/staff/{teacher.pk}/"
    teacher.refresh_from_db()
    assert teacher.check_password("an-own-password")
    assert "学籍管理员" in page(head.get(f"/staff/{teacher.pk}/"))


def test_a_reset_shows_the_slip_and_needs_a_reason(cast: Cast, head: Client) -> None:
    address = f"/staff/{cast.person('registrar').pk}/reset/"
    assert "原密码马上失效" in page(head.get(address))
    assert "请填写理由" in page(head.post(address, {"reason": ""}), 422)
    words = page(head.post(address, {"reason": "本人当面申请"}))
    assert "slip-password" in words
    assert words.count("slip-password") == 1


def test_the_school_s_own_security_officer_frees_a_locked_account(cast: Cast) -> None:
    teacher, client = cast.person("class_teacher"), client_of(cast.person("registrar"))
    for n in range(10):
        Client().post("/accounts/login/", {"login": teacher.username, "password": f"no-{n}"})
    assert "解除登录锁定" in page(client.get(f"/staff/{teacher.pk}/"))
    answer = client.post(f"/staff/{teacher.pk}/unlock/", {"reason": "本人当面申请"})
    assert answer.status_code == 302
    assert "解除登录锁定" not in page(client.get(f"/staff/{teacher.pk}/"))
    assert AuditEvent.objects.get(verb="account_unlocked").object_id == teacher.pk


def test_the_school_s_desk_ends_the_phones_of_who_lost_one(cast: Cast) -> None:
    teacher, client = cast.person("class_teacher"), client_of(cast.person("registrar"))
    address, roll = f"/staff/{teacher.pk}/end-phones/", f"/roll/{cast.here.school_class.pk}/"
    assert address not in page(client.get(f"/staff/{teacher.pk}/"))
    phone = phone_of(teacher)
    assert address in page(client.get(f"/staff/{teacher.pk}/"))
    assert "再点名要输入密码" in page(client.get(address))
    page(client.post(address, {"reason": ""}), 422)
    page(phone.get(roll))
    assert client.post(address, {"reason": "手机遗失"})["Location"] == f"/staff/{teacher.pk}/"
    assert phone.get(roll).status_code == 302
    assert AuditEvent.objects.get(verb="phone_ended").reason == "手机遗失"


def test_nothing_is_offered_for_oneself(cast: Cast, head: Client) -> None:
    own = cast.person("head_teacher")
    words = page(head.get(f"/staff/{own.pk}/"))
    assert "这是您自己的账号" in words
    assert "重置密码" not in words
    answer = head.post(f"/staff/{own.pk}/reset/", {"reason": "自己办理"})
    assert "不能办理自己的账号" in page(answer, 422)


def test_slips_are_printed_for_who_has_none(cast: Cast, head: Client) -> None:
    first, second = colleague(cast, "teacher_b"), colleague(cast, "teacher_c")
    words = page(head.post("/staff/slips/", {"person": [first.person_id, second.person_id]}))
    assert words.count('class="slip"') == 2
    left = page(head.get("/staff/slips/"))
    assert "teacher_b的姓名" not in left
    assert head.post("/staff/slips/", {"person": first.person_id}).status_code == 302


@pytest.mark.parametrize("asked", ["", "x", "9" * 30, "999999999"])
def test_nobody_chosen_is_said(cast: Cast, head: Client, asked: str) -> None:
    assert head.post("/staff/slips/", {"person": asked})["Location"] == "/staff/slips/"
    assert "请先勾选" in page(head.get("/staff/slips/"))


def test_the_next_school_s_slips_cannot_be_had(cast: Cast, head: Client) -> None:
    stranger = cast.person("registrar", there=True)
    head.post("/staff/slips/", {"person": stranger.pk})
    stranger.refresh_from_db()
    assert not stranger.has_usable_password()


def test_the_menu_leads_each_to_the_own_list(cast: Cast, head: Client) -> None:
    assert 'href="/staff/"' in page(head.get("/inbox/"))
    words = page(client_of(cast.person("security_officer")).get("/people/"))
    assert 'href="/staff/"' in words
    assert 'href="/staff/"' not in page(client_of(cast.person("class_teacher")).get("/inbox/"))


def test_two_of_one_name_are_each_told_by_their_own_state_and_posts(
    cast: Cast, head: Client
) -> None:
    Person.objects.filter(pk=cast.person("class_teacher").pk).update(name="王芳", is_active=False)
    Person.objects.filter(pk=cast.person("registrar").pk).update(name="王芳")
    words = page(head.get("/staff/"))
    rows = [row for row in words.split("data-row") if "王芳" in row]
    assert len(rows) == 2
    assert ["已停用" in row for row in rows].count(True) == 1
    assert ["班主任" in row for row in rows].count(True) == 1
