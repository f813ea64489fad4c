"""Who has an account comes in, is noted, and leaves nothing behind."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Person
from tests.accounts.conftest import LOGIN, is_signed_in, sign_in
from tests.browsing import client_of, page
from tests.cast import PASSWORD, Cast

SECRET = "a-secret-typed-wrongly"


def test_the_page_asks_for_account_and_password(client: Client, cast: Cast) -> None:
    words = page(client.get(LOGIN))
    assert 'name="login"' in words
    assert 'name="password"' in words
    assert "主菜单" not in words


def test_account_and_password_open_the_inside(client: Client, teacher: Person) -> None:
    answer = sign_in(client, teacher.username)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_no_message_says_that_one_has_signed_in(client: Client, teacher: Person) -> None:
    answer = sign_in(client, teacher.username)
    assert [str(one) for one in get_messages(answer.wsgi_request)] == []


def test_after_signing_in_one_stands_on_the_page_one_asked_for(
    client: Client, teacher: Person
) -> None:
    asked = client.get("/inbox/?show=all")
    assert asked["Location"] == "/accounts/login/?next=/inbox/%3Fshow%3Dall"
    assert sign_in(client, teacher.username, next="/inbox/?show=all")["Location"] == (
        "/inbox/?show=all"
    )


def test_nobody_is_sent_to_another_site(client: Client, teacher: Person) -> None:
    assert sign_in(client, teacher.username, next="https://evil.example/")["Location"] == "/"


def test_the_session_gets_a_new_key(client: Client, teacher: Person) -> None:
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    sign_in(client, teacher.username)
    assert client.session.session_key != before


@pytest.mark.parametrize("login", ["class_teacher", "nobody_of_this_name"])
def test_a_wrong_account_and_a_wrong_password_get_one_answer(
    client: Client, teacher: Person, login: str
) -> None:
    words = page(sign_in(client, login, SECRET))
    assert "账号或密码不正确" in words
    assert SECRET not in words
    plain = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words).replace(login, "…")
    other = page(sign_in(Client(), "someone_else", SECRET))
    plain_other = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", other)
    assert _without_number(plain) == _without_number(plain_other.replace("someone_else", "…"))


def test_an_account_without_a_password_opens_nothing(client: Client, cast: Cast) -> None:
    sign_in(client, cast.person("registrar").username, "")
    assert not is_signed_in(client)


def test_signing_in_leaves_an_audit_row(client: Client, teacher: Person) -> None:
    sign_in(client, teacher.username, address="10.1.2.3")
    row = AuditEvent.objects.get(verb="signed_in")
    assert (row.person_id, row.object_id, row.outcome) == (teacher.pk, teacher.pk, "done")
    assert (row.kind, row.address) == ("person", "10.1.2.3")
    assert row.request_id


def test_a_failure_leaves_an_audit_row_without_what_was_typed(
    client: Client, teacher: Person
) -> None:
    sign_in(client, teacher.username, SECRET)
    sign_in(client, SECRET, SECRET)
    known, unknown = AuditEvent.objects.filter(verb="signed_in").order_by("id")
    assert (known.person_id, known.object_id, known.outcome) == (None, teacher.pk, "failed")
    assert (unknown.person_id, unknown.object_id, unknown.outcome) == (None, None, "failed")
    assert SECRET not in str([known.details, unknown.details, known.reason, unknown.reason])


def test_signing_out_ends_the_session_and_is_noted(client: Client, teacher: Person) -> None:
    sign_in(client, teacher.username)
    key = client.session.session_key
    answer = client.post("/accounts/logout/")
    assert answer["Location"] == LOGIN
    assert '"cache"' in answer["Clear-Site-Data"]
    assert not is_signed_in(client)
    assert not client.session.exists(str(key))
    assert AuditEvent.objects.filter(verb="signed_out", person=teacher).count() == 1


def test_opening_the_sign_out_page_signs_nobody_out(client: Client, teacher: Person) -> None:
    sign_in(client, teacher.username)
    assert "确定退出登录吗" in page(client.get("/accounts/logout/"))
    assert is_signed_in(client)


@pytest.mark.parametrize("address", ["signup/", "password/reset/", "email/", ""])
def test_nobody_makes_an_account_or_resets_a_password_alone(
    client: Client, cast: Cast, address: str
) -> None:
    page(client.get(f"/accounts/{address}"), 404)
    page(client.post(f"/accounts/{address}", {"username": "x", "password1": PASSWORD}), 404)


@pytest.mark.parametrize(("idle", "inside"), [(29, True), (31, False)])
def test_half_an_hour_without_a_request_ends_the_session(
    client: Client, teacher: Person, idle: int, inside: bool
) -> None:
    sign_in(client, teacher.username)
    with time_machine.travel(timezone.now() + timedelta(minutes=idle), tick=False):
        assert is_signed_in(client) is inside


def test_every_request_begins_the_half_hour_anew(client: Client, teacher: Person) -> None:
    sign_in(client, teacher.username)
    start = timezone.now()
    for minutes in (20, 40, 60):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert is_signed_in(client)


def test_a_closed_account_does_not_sign_in(client: Client, teacher: Person) -> None:
    Person.objects.filter(pk=teacher.pk).update(is_active=False)
    closed = page(sign_in(client, teacher.username))
    wrong = page(sign_in(Client(), teacher.username, SECRET))
    assert _without_token(closed) == _without_token(wrong)


def test_a_closed_account_s_open_sessions_end_with_the_next_request(teacher: Person) -> None:
    client = client_of(teacher)
    assert is_signed_in(client)
    Person.objects.filter(pk=teacher.pk).update(is_active=False)
    assert client.get("/inbox/")["Location"].startswith(LOGIN)


def test_pages_of_the_inside_are_not_kept_by_the_browser(teacher: Person) -> None:
    assert client_of(teacher).get("/inbox/")["Cache-Control"] == "no-store"


def test_a_form_without_its_token_is_refused(teacher: Person) -> None:
    client = client_of(teacher, enforce_csrf_checks=True)
    words = page(client.post("/inbox/read/", {"newest": "1"}), 403)
    assert "这次没有提交" in words


def _without_token(words: str) -> str:
    return _without_number(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words))


def _without_number(words: str) -> str:
    words = re.sub(r"[0-9a-f]{12}", "", words)
    return re.sub(r"时间：[^<]*", "", words)
