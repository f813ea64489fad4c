"""Ten wrong passwords in a quarter of an hour lock an account at that address, and only there."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Person
from tests.accounts.conftest import is_signed_in, sign_in
from tests.browsing import page

LIMIT = 10
SCHOOL, HOME = "10.0.0.1", "10.9.9.9"


def fail(client: Client, login: str, times: int, address: str = SCHOOL) -> int:
    """Wrong passwords, one after the other; returns the last answer's status."""
    status = 0
    for n in range(times):
        status = sign_in(client, login, f"wrong-{n}", address).status_code
    return status


def test_nine_failures_do_not_lock(client: Client, teacher: Person) -> None:
    assert fail(client, teacher.username, LIMIT - 1) == 200
    sign_in(client, teacher.username)
    assert is_signed_in(client)


def test_the_tenth_failure_locks_and_the_page_says_what_to_do(
    client: Client, teacher: Person
) -> None:
    assert fail(client, teacher.username, LIMIT) == 429
    words = page(sign_in(client, teacher.username), 429)
    assert "请15分钟后再试，或请单位管理员解锁" in words
    assert not is_signed_in(client)
    assert AuditEvent.objects.filter(outcome="locked", object_id=teacher.pk).exists()


def test_an_attacker_behind_the_school_s_address_locks_out_nobody_else(
    client: Client, teacher: Person, colleague: Person
) -> None:
    fail(client, teacher.username, LIMIT + 5)
    fail(client, "made_up_account", LIMIT + 5)
    other = Client()
    sign_in(other, colleague.username, address=SCHOOL)
    assert is_signed_in(other)


def test_the_one_attacked_still_comes_in_from_elsewhere(client: Client, teacher: Person) -> None:
    fail(client, teacher.username, LIMIT)
    sign_in(client, teacher.username, address=HOME)
    assert is_signed_in(client)


def test_another_browser_at_the_same_address_is_locked_too(teacher: Person) -> None:
    fail(Client(HTTP_USER_AGENT="one"), teacher.username, LIMIT - 1)
    assert fail(Client(HTTP_USER_AGENT="two"), teacher.username, 1) == 429


@pytest.mark.parametrize(("minutes", "inside"), [(14, False), (16, True)])
def test_the_lock_opens_by_itself(
    client: Client, teacher: Person, minutes: int, inside: bool
) -> None:
    fail(client, teacher.username, LIMIT)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        sign_in(client, teacher.username)
        assert is_signed_in(client) is inside


def test_who_tries_on_while_locked_does_not_wait_longer(client: Client, teacher: Person) -> None:
    fail(client, teacher.username, LIMIT)
    start = timezone.now()
    with time_machine.travel(start + timedelta(minutes=14), tick=False):
        assert fail(client, teacher.username, 3) == 429
    with time_machine.travel(start + timedelta(minutes=16), tick=False):
        sign_in(client, teacher.username)
        assert is_signed_in(client)


def test_a_success_forgets_the_failures_before_it(client: Client, teacher: Person) -> None:
    fail(client, teacher.username, LIMIT - 1)
    sign_in(client, teacher.username)
    assert fail(Client(), teacher.username, LIMIT - 1) == 200


def test_what_a_caller_claims_as_address_does_not_help(client: Client, teacher: Person) -> None:
    for n in range(LIMIT):
        answer = client.post(
            "/accounts/login/",
            {"login": teacher.username, "password": f"wrong-{n}"},
            HTTP_X_FORWARDED_FOR=f"10.5.5.{n}",
            REMOTE_ADDR=SCHOOL,
        )
    assert answer.status_code == 429


def test_the_counter_keeps_no_password(client: Client, teacher: Person) -> None:
    sign_in(client, teacher.username, "a-secret-typed-wrongly")
    row = AccessAttempt.objects.get()
    assert "a-secret" not in row.post_data + row.get_data + row.path_info
