"""Who calls the roll of a class may have the own phone trusted for it when signing in (ux 5.2)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import set_parameter
from foundation.accounts.door.cookies import drop_phone, keep_phone
from foundation.accounts.door.phones import label_of
from foundation.accounts.models import AuditEvent, Person, TrustedPhone
from tests.accounts.conftest import LOGIN, is_signed_in, sign_in, with_password
from tests.browsing import page
from tests.cast import LONG_AGO, PASSWORD, Cast

BOX = 'name="trust"'
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; V2049A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/116.0.0.0 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.42 NetType/4G"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/119.0.0.0 Safari/537.36 Edg/119.0.0.0"
)


def trust(person: Person, client: Client | None = None, agent: str = "", **more: Any) -> Client:
    """Sign in with the box ticked."""
    client = client or Client(HTTP_USER_AGENT=agent)
    sign_in(client, person.username, trust="on", **more)
    return client


def told(client: Client) -> str:
    """What the next page says."""
    return page(client.get("/inbox/"))


def test_the_box_is_offered_and_not_ticked(cast: Cast) -> None:
    words = page(Client().get(LOGIN))
    assert "这是我本人的手机，30天内点名免登录" in words
    assert BOX in words
    assert "checked" not in words


def test_without_the_box_nothing_is_trusted(teacher: Person) -> None:
    client = Client()
    sign_in(client, teacher.username)
    assert settings.PHONE_COOKIE_NAME not in client.cookies
    assert not TrustedPhone.objects.exists()


def test_with_the_box_the_phone_is_trusted_for_thirty_days(teacher: Person) -> None:
    client = trust(teacher, agent=WECHAT)
    assert "本机已设为点名免登录" in told(client)
    phone, today = TrustedPhone.objects.get(), timezone.localdate()
    assert (phone.person, phone.label) == (teacher, "微信 · 安卓手机")
    assert (phone.last_used_on, phone.expires_on) == (today, today + timedelta(days=30))


def test_the_secret_stands_in_the_phone_alone(teacher: Person) -> None:
    token = trust(teacher).cookies[settings.PHONE_COOKIE_NAME].value
    assert len(token) >= 43  # 32 random bytes
    assert token not in str(TrustedPhone.objects.values().get())
    assert token not in str(list(AuditEvent.objects.values()))


def test_the_cookie_is_for_no_script_and_no_other_site(teacher: Person) -> None:
    cookie = trust(teacher).cookies[settings.PHONE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert bool(cookie["secure"]) is settings.SESSION_COOKIE_SECURE
    assert cookie["max-age"] == 31 * 24 * 60 * 60


def test_behind_https_it_is_bound_to_this_host(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE, settings.PHONE_COOKIE_NAME = True, "__Host-phone"
    for write in (lambda answer: keep_phone(answer, "x", 30), drop_phone):
        answer = HttpResponse()
        write(answer)
        cookie = answer.cookies["__Host-phone"]
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_it_is_noted(teacher: Person) -> None:
    trust(teacher, address="10.1.2.3")
    row = AuditEvent.objects.get(verb="phone_trusted")
    assert (row.person_id, row.kind, row.address) == (teacher.pk, "trusted_phone", "10.1.2.3")
    assert row.object_id == TrustedPhone.objects.get().pk


@pytest.mark.parametrize("role", ["registrar", "head_teacher", "county_desk", "administrator"])
def test_who_has_no_class_is_signed_in_as_usual_and_told_why(cast: Cast, role: str) -> None:
    client = trust(with_password(cast.person(role)))
    assert is_signed_in(client)
    assert settings.PHONE_COOKIE_NAME not in client.cookies
    assert not TrustedPhone.objects.exists()


def test_why_not_is_said_in_words(colleague: Person) -> None:
    assert "免登录只用于班主任给本班点名" in told(trust(colleague))


def test_a_password_given_by_others_makes_no_phone_trusted(teacher: Person) -> None:
    Person.objects.filter(pk=teacher.pk).update(must_change_password=True)
    client = trust(teacher)
    assert settings.PHONE_COOKIE_NAME not in client.cookies
    assert not TrustedPhone.objects.exists()


def test_the_tick_beside_a_first_password_holds_once_the_own_one_is_chosen(teacher: Person) -> None:
    Person.objects.filter(pk=teacher.pk).update(must_change_password=True)
    client = trust(teacher)
    own = "three-quiet-herons"
    data = {"oldpassword": PASSWORD, "password1": own, "password2": own}
    answer = client.post("/accounts/password/change/", data)
    assert settings.PHONE_COOKIE_NAME in answer.cookies
    teacher.refresh_from_db()
    phone = TrustedPhone.objects.get()
    assert (phone.person, phone.stamp) == (teacher, teacher.get_session_auth_hash())
    assert "本机已设为点名免登录" in told(client)


def test_without_the_tick_the_choice_of_a_password_trusts_nothing(teacher: Person) -> None:
    Person.objects.filter(pk=teacher.pk).update(must_change_password=True)
    client = Client()
    sign_in(client, teacher.username)
    own = "three-quiet-herons"
    data = {"oldpassword": PASSWORD, "password1": own, "password2": own}
    assert client.post("/accounts/password/change/", data)["Location"] == "/"
    assert not TrustedPhone.objects.exists()


def test_a_wrong_password_makes_no_phone_trusted(teacher: Person) -> None:
    client = trust(teacher, password="not-the-password")
    assert settings.PHONE_COOKIE_NAME not in client.cookies
    assert not TrustedPhone.objects.exists()


def test_a_county_that_lets_no_phone_be_trusted_offers_no_box(cast: Cast, teacher: Person) -> None:
    set_parameter(cast.county, "S58", 0, LONG_AGO, "等级保护测评意见")
    assert BOX not in page(Client().get(LOGIN))
    client = trust(teacher)
    assert is_signed_in(client)
    assert not TrustedPhone.objects.exists()


def test_a_county_may_allow_less(cast: Cast, teacher: Person) -> None:
    set_parameter(cast.county, "S58", 7, LONG_AGO, "等级保护测评意见")
    assert "7天内点名免登录" in page(Client().get(LOGIN))
    trust(teacher)
    assert TrustedPhone.objects.get().expires_on == timezone.localdate() + timedelta(days=7)


def test_a_county_s_value_counts_from_its_day_on(cast: Cast, teacher: Person) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    set_parameter(cast.county, "S58", 0, tomorrow, "等级保护测评意见")
    assert BOX in page(Client().get(LOGIN))


def test_a_third_phone_ends_the_oldest_and_says_so(teacher: Person) -> None:
    trust(teacher, agent=WECHAT)
    trust(teacher, agent=SAFARI)
    third = trust(teacher, agent=EDGE)
    assert "最早设定的“微信 · 安卓手机”已取消免登录" in told(third)
    living = TrustedPhone.objects.filter(ended_at__isnull=True)
    assert [phone.label for phone in living] == ["微软浏览器 · 电脑", "苹果浏览器 · 苹果手机"]
    gone = AuditEvent.objects.get(verb="phone_ended")
    assert (gone.person_id, gone.reason) == (teacher.pk, "换用新手机，超过2部")


def test_phones_that_lapsed_do_not_count(teacher: Person) -> None:
    trust(teacher)
    trust(teacher)
    TrustedPhone.objects.update(expires_on=date(2020, 1, 1))
    trust(teacher)
    assert not AuditEvent.objects.filter(verb="phone_ended").exists()


def test_the_same_phone_again_is_one_phone(teacher: Person) -> None:
    client = trust(teacher)
    trust(teacher, Client())
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    trust(teacher, client)
    assert TrustedPhone.objects.filter(ended_at__isnull=True).count() == 2
    assert TrustedPhone.objects.get(ended_at__isnull=False).end_reason == "本机重新登录"


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (WECHAT, "微信 · 安卓手机"),
        (SAFARI, "苹果浏览器 · 苹果手机"),
        (EDGE, "微软浏览器 · 电脑"),
        (f"{WECHAT} wxwork/4.1", "企业微信 · 安卓手机"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114 ArkWeb/4.1", "谷歌浏览器 · 鸿蒙手机"),
        ("Mozilla/5.0 (Linux; Android 10) Chrome/86 DingTalk/7.0", "钉钉 · 安卓手机"),
        ("", "浏览器 · 其他设备"),
        ("x" * 5000, "浏览器 · 其他设备"),
    ],
)
def test_its_owner_knows_it_by_program_and_machine(agent: str, label: str) -> None:
    assert label_of(agent) == label
