"""Who has set an authenticator app is asked for its code: at the sign-in, once a code (S56)."""

import base64
import re
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Person, SecondFactor, TrustedPhone
from tests.accounts.conftest import is_signed_in, sign_in, with_password
from tests.browsing import client_of, page, stale_client_of
from tests.cast import PASSWORD, Cast

SET, CODE, HOME = "/accounts/factor/set/", "/accounts/code/", "10.0.0.1"


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows, some steps of 30 seconds from now."""
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), 30)
    return totp.generate(int(time.time()) + 30 * steps).decode()


def key_on(words: str) -> str:
    """The key that the page tells for typing by hand."""
    found = re.search(r"密钥填：<br><kbd>([A-Z2-7 ]+)</kbd>", words)
    assert found
    return found[1].replace(" ", "")


def set_up(person: Person) -> str:
    """Set an app on the page with the code of a minute ago, as it were; returns the key."""
    client = client_of(person)
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        secret = key_on(page(client.get(SET)))
        assert client.post(SET, {"code": code_of(secret)})["Location"] == "/accounts/factor/"
    return secret


def give(client: Client, code: str) -> Any:
    return client.post(CODE, {"code": code}, REMOTE_ADDR=HOME)


@pytest.fixture
def desk(cast: Cast) -> Person:
    return with_password(cast.person("county_desk"))


def test_the_page_draws_the_key_and_takes_the_first_code(desk: Person) -> None:
    client = client_of(desk)
    words = page(client.get(SET))
    assert "data:image/svg+xml;base64," in words
    drawn = base64.b64decode(re.search(r"base64,([^\"]+)", words)[1]).decode()  # type: ignore[index]
    assert "<svg" in drawn
    assert "<script" not in drawn
    secret = key_on(words)
    assert "动态码不正确" in page(client.post(SET, {"code": "000000"}), 422)
    client.post(SET, {"code": code_of(secret)})
    assert "已设好" in page(client.get("/accounts/factor/"))
    row = SecondFactor.objects.get()
    assert row.secret == secret
    assert secret not in row.secret_sealed
    assert AuditEvent.objects.get(verb="factor_set").person_id == desk.pk


def test_the_key_lies_sealed_in_the_session_too(desk: Person) -> None:
    client = client_of(desk)
    secret = key_on(page(client.get(SET)))
    assert secret not in str(dict(client.session))


def test_a_factor_is_set_only_after_a_fresh_proof(desk: Person) -> None:
    answer = stale_client_of(desk).get(SET)
    assert answer["Location"].startswith("/accounts/password/reauthenticate/")


def test_the_sign_in_asks_for_the_code(client: Client, desk: Person) -> None:
    secret = set_up(desk)
    assert sign_in(client, desk.username)["Location"] == CODE
    assert not is_signed_in(client)
    assert "输入动态码" in page(client.get(CODE))
    assert give(client, code_of(secret))["Location"] == "/"
    assert is_signed_in(client)


def test_after_the_code_one_stands_on_the_page_one_asked_for(client: Client, desk: Person) -> None:
    secret = set_up(desk)
    sign_in(client, desk.username, next="/inbox/?show=all")
    assert give(client, code_of(secret))["Location"] == "/inbox/?show=all"


def test_without_a_factor_the_password_is_enough(client: Client, desk: Person) -> None:
    assert sign_in(client, desk.username)["Location"] == "/"


def test_a_code_used_once_is_not_taken_again(client: Client, desk: Person) -> None:
    secret = set_up(desk)
    with time_machine.travel(timezone.now(), tick=False):
        code = code_of(secret)
        sign_in(client, desk.username)
        give(client, code)
        other = Client()
        sign_in(other, desk.username)
        assert "已经用过" in page(give(other, code))
        earlier = code_of(secret, -1)
        assert "已经用过" in page(give(other, earlier))
    assert not is_signed_in(other)


@pytest.mark.parametrize(("steps", "inside"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_the_phone_s_clock_may_be_a_step_off(
    client: Client, desk: Person, steps: int, inside: bool
) -> None:
    secret = set_up(desk)
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        sign_in(client, desk.username)
        give(client, code_of(secret, steps))
        assert is_signed_in(client) is inside


def test_ten_wrong_codes_lock_as_wrong_passwords_do(client: Client, desk: Person) -> None:
    secret = set_up(desk)
    sign_in(client, desk.username, address=HOME)
    answers = [give(client, "000000").status_code for _ in range(10)]
    assert answers == [200] * 9 + [429]
    right = give(client, code_of(secret))
    assert right.status_code in (200, 429)
    assert not is_signed_in(client)
    assert page(sign_in(Client(), desk.username, address=HOME), 429)
    assert AuditEvent.objects.filter(verb="signed_in", outcome="failed").count() >= 9


def test_a_right_password_does_not_forget_wrong_codes(client: Client, desk: Person) -> None:
    set_up(desk)
    for _ in range(9):
        sign_in(client, desk.username, address=HOME)
        give(client, "000000")
    sign_in(client, desk.username, address=HOME)
    assert give(client, "000000").status_code == 429


def test_the_phone_is_trusted_after_the_code(client: Client, teacher: Person) -> None:
    secret = set_up(teacher)
    sign_in(client, teacher.username, trust="on")
    assert not TrustedPhone.objects.exists()
    give(client, code_of(secret))
    assert TrustedPhone.objects.filter(person=teacher).count() == 1


def test_a_fresh_proof_is_the_code_where_one_is_set(client: Client, desk: Person) -> None:
    secret = set_up(desk)
    client = stale_client_of(desk)
    again = client.get(SET)["Location"]
    assert again.startswith("/accounts/code/again/")
    assert client.get("/accounts/password/reauthenticate/")["Location"] == "/accounts/code/again/"
    assert "不正确" in page(client.post(again, {"code": "000000"}))
    assert client.post(again, {"code": code_of(secret), "next": SET})["Location"] == SET
    assert "旧手机上的动态码马上失效" in page(client.get(SET))


def test_another_phone_replaces_the_first(client: Client, desk: Person) -> None:
    old = set_up(desk)
    new = set_up(desk)
    sign_in(client, desk.username)
    assert "不正确" in page(give(client, code_of(old)))
    give(client, code_of(new))
    assert is_signed_in(client)
    removed = SecondFactor.objects.get(removed_at__isnull=False)
    assert (removed.secret_sealed, removed.removed_by_id) == ("", desk.pk)


def test_who_need_not_have_one_switches_it_off(client: Client, teacher: Person) -> None:
    set_up(teacher)
    inside = client_of(teacher)
    assert "停用动态码" in page(inside.get("/accounts/factor/"))
    inside.post("/accounts/factor/drop/")
    assert sign_in(client, teacher.username)["Location"] == "/"


def test_who_must_have_one_does_not_switch_it_off(desk: Person) -> None:
    set_up(desk)
    inside = client_of(desk)
    assert "停用动态码" not in page(inside.get("/accounts/factor/"))
    inside.post("/accounts/factor/drop/")
    assert SecondFactor.objects.filter(removed_at__isnull=True).exists()


def test_a_first_password_is_not_used_up_before_the_code(client: Client, desk: Person) -> None:
    set_up(desk)
    Person.objects.filter(pk=desk.pk).update(
        must_change_password=True, first_password_until=timezone.now() + timedelta(hours=1)
    )
    sign_in(client, desk.username, PASSWORD)
    desk.refresh_from_db()
    assert desk.first_password_used_at is None
