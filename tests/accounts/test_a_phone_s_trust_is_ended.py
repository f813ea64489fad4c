"""A phone's trust is ended on the phone, from the list of one's own phones, or by who manages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Person, TrustedPhone
from tests.accounts.conftest import LOGIN, is_signed_in, sign_in
from tests.browsing import client_of, page, phone_of
from tests.cast import Cast

PHONES = "/accounts/phones/"
LOGOUT = "/accounts/logout/"


@pytest.fixture
def own(cast: Cast) -> str:
    """The roll of the teacher's class."""
    return f"/roll/{cast.here.school_class.pk}/"


def opens(phone: Client, own: str) -> bool:
    """Whether the class opens on the phone."""
    return bool(phone.get(own).status_code == 200)


def ended() -> list[tuple[int | None, str]]:
    """By whom phones were ended, and why."""
    rows = AuditEvent.objects.filter(verb="phone_ended", kind="trusted_phone").order_by("id")
    return [(row.person_id, row.reason) for row in rows]


# --- on the phone -------------------------------------------------------------------------------


def test_signing_out_without_a_session_leaves_the_phone(teacher: Person, own: str) -> None:
    phone = phone_of(teacher)
    answer = phone.post(LOGOUT)
    assert answer["Location"] == LOGIN
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.PHONE_COOKIE_NAME].value == ""
    assert not TrustedPhone.objects.filter(ended_at__isnull=True).exists()
    assert "本机的点名免登录也已取消" in page(phone.get(LOGIN))
    assert ended() == [(teacher.pk, "在本机退出登录")]
    assert AuditEvent.objects.filter(verb="signed_out", person=teacher).count() == 1


def test_the_token_opens_nothing_afterwards_even_if_somebody_kept_it(
    teacher: Person, own: str
) -> None:
    phone = phone_of(teacher)
    kept = phone.cookies[settings.PHONE_COOKIE_NAME].value
    phone.post(LOGOUT)
    thief = Client()
    thief.cookies[settings.PHONE_COOKIE_NAME] = kept
    assert not opens(thief, own)


def test_signing_out_with_a_session_leaves_the_phone_too(teacher: Person, own: str) -> None:
    phone = phone_of(teacher)
    sign_in(phone, teacher.username)
    phone.post(LOGOUT)
    assert not is_signed_in(phone)
    assert not opens(phone, own)


def test_whoever_signs_out_leaves_the_phone(teacher: Person, colleague: Person, own: str) -> None:
    phone = phone_of(teacher)
    sign_in(phone, colleague.username)
    phone.post(LOGOUT)
    assert not opens(phone, own)
    assert ended() == [(colleague.pk, "在本机退出登录")]


def test_the_page_before_signing_out_opens_on_the_phone(teacher: Person, own: str) -> None:
    phone = phone_of(teacher)
    assert "确定退出登录吗" in page(phone.get(LOGOUT))
    assert opens(phone, own)


def test_signing_out_elsewhere_leaves_the_phone_alone(teacher: Person, own: str) -> None:
    phone = phone_of(teacher)
    client_of(teacher).post(LOGOUT)
    assert opens(phone, own)


# --- by oneself ---------------------------------------------------------------------------------


def test_the_list_tells_since_when_and_until_when(teacher: Person) -> None:
    phone_of(teacher)
    until = timezone.localdate() + timedelta(days=30)
    browser = client_of(teacher)
    assert PHONES in page(browser.get("/accounts/password/change/"))
    words = page(browser.get(PHONES))
    assert "微信 · 安卓手机" in words
    assert f"{until.year}年{until.month}月{until.day}日" in words


def test_the_list_needs_a_password(teacher: Person) -> None:
    assert phone_of(teacher).get(PHONES)["Location"] == f"{LOGIN}?next={PHONES}"


def test_without_a_phone_it_says_how_one_is_trusted(teacher: Person) -> None:
    assert "没有设为免登录的手机" in page(client_of(teacher).get(PHONES))


def test_one_is_ended_and_the_other_stays(teacher: Person, own: str) -> None:
    first, second = phone_of(teacher), phone_of(teacher)
    oldest = TrustedPhone.objects.order_by("id")[0]
    answer = client_of(teacher).post(f"{PHONES}{oldest.pk}/end/")
    assert answer["Location"] == PHONES
    assert (opens(first, own), opens(second, own)) == (False, True)
    assert ended() == [(teacher.pk, "本人取消")]
    oldest.refresh_from_db()
    assert oldest.ended_by == teacher
    assert oldest.ended_at == AuditEvent.objects.get(verb="phone_ended").at


def test_all_are_ended_at_once(teacher: Person, own: str) -> None:
    phones = [phone_of(teacher), phone_of(teacher)]
    client_of(teacher).post(f"{PHONES}end/")
    assert not any(opens(phone, own) for phone in phones)
    assert ended() == [(teacher.pk, "本人取消")] * 2


def test_a_phone_ended_twice_is_ended_once(teacher: Person) -> None:
    phone_of(teacher)
    address = f"{PHONES}{TrustedPhone.objects.get().pk}/end/"
    browser = client_of(teacher)
    browser.post(address)
    page(browser.post(address), 404)
    assert len(ended()) == 1


def test_nobody_ends_a_colleague_s_phone(teacher: Person, colleague: Person, own: str) -> None:
    phone = phone_of(teacher)
    page(client_of(colleague).post(f"{PHONES}{TrustedPhone.objects.get().pk}/end/"), 404)
    client_of(colleague).post(f"{PHONES}end/")
    assert opens(phone, own)


# --- by who manages the account -----------------------------------------------------------------


def test_the_security_officer_ends_all_with_a_reason(cast: Cast, teacher: Person, own: str) -> None:
    phones = [phone_of(teacher), phone_of(teacher)]
    security_officer = client_of(cast.person("security_officer"))
    assert "取消其所有手机的免登录" in page(security_officer.get(f"/people/{teacher.pk}/"))
    address = f"/people/{teacher.pk}/end-phones/"
    assert security_officer.post(address, {"end_phones-reason": "手机遗失"}).status_code == 302
    assert not any(opens(phone, own) for phone in phones)
    assert ended() == [(cast.person("security_officer").pk, "手机遗失")] * 2


def test_without_a_phone_nothing_is_offered_and_nothing_ended(cast: Cast, teacher: Person) -> None:
    security_officer = client_of(cast.person("security_officer"))
    assert "取消其所有手机的免登录" not in page(security_officer.get(f"/people/{teacher.pk}/"))
    address = f"/people/{teacher.pk}/end-phones/"
    words = page(security_officer.post(address, {"end_phones-reason": "手机遗失"}), 422)
    assert "没有设为免登录的手机" in words


def test_without_a_reason_nothing_is_ended(cast: Cast, teacher: Person, own: str) -> None:
    phone = phone_of(teacher)
    security_officer = client_of(cast.person("security_officer"))
    page(security_officer.post(f"/people/{teacher.pk}/end-phones/", {}), 422)
    assert opens(phone, own)
