"""Tries of one account are slowed from all addresses together; wrong old passwords count too."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Person
from foundation.accounts.passwords.haste import FREE, wait_after
from tests.accounts.conftest import is_signed_in, sign_in
from tests.browsing import client_of, page
from tests.cast import PASSWORD

CHANGE, NEW = "/accounts/password/change/", "three-quiet-herons"
NEW_PLACE, WAIT = "10.77.0.1", "秒后再试"


def attack(login: str, times: int) -> None:
    """Wrong passwords, each from another address."""
    for n in range(times):
        sign_in(Client(), login, f"wrong-{n}", f"10.66.0.{n + 1}")


def test_the_wait_begins_after_the_tenth_and_doubles_up_to_two_minutes() -> None:
    waits = [int(wait_after(FREE + n).total_seconds()) for n in range(7)]
    assert waits == [0, 10, 20, 40, 80, 120, 120]
    assert wait_after(10_000) == timedelta(minutes=2)


def test_after_ten_failures_from_ten_addresses_nobody_waits(
    client: Client, teacher: Person
) -> None:
    attack(teacher.username, FREE)
    sign_in(client, teacher.username, address=NEW_PLACE)
    assert is_signed_in(client)


@pytest.mark.parametrize(("seconds", "inside"), [(9, False), (10, True), (11, True)])
def test_after_the_eleventh_the_right_password_waits_too(
    client: Client, teacher: Person, seconds: int, inside: bool
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        attack(teacher.username, FREE + 1)
        clock.shift(timedelta(seconds=seconds))
        words = sign_in(client, teacher.username, address=NEW_PLACE).content.decode()
        assert is_signed_in(client) is inside
    assert (WAIT in words) is not inside
    delayed = AuditEvent.objects.filter(outcome="delayed", object_id=teacher.pk)
    assert delayed.exists() is not inside


def test_who_signed_in_lately_from_the_place_does_not_wait(teacher: Person) -> None:
    sign_in(Client(), teacher.username, address=NEW_PLACE)
    attack(teacher.username, FREE + 3)
    client = Client()
    sign_in(client, teacher.username, address=NEW_PLACE)
    assert is_signed_in(client)


def test_an_account_that_does_not_exist_is_answered_alike(teacher: Person) -> None:
    told = []
    with time_machine.travel(timezone.now(), tick=False):
        for login in (teacher.username, "nobody_at_all"):
            attack(login, FREE + 1)
            words = page(sign_in(Client(), login, address=NEW_PLACE))
            told.append(words.split("</h1>")[1].split("<form")[0])
    assert WAIT in told[0]
    assert told[0] == told[1]


def test_another_account_does_not_wait(teacher: Person, colleague: Person) -> None:
    attack(teacher.username, FREE + 5)
    client = Client()
    sign_in(client, colleague.username, address=NEW_PLACE)
    assert is_signed_in(client)


def change(client: Client, old: str) -> int:
    data = {"oldpassword": old, "password1": NEW, "password2": NEW}
    return client.post(CHANGE, data, REMOTE_ADDR="10.0.0.1").status_code


def test_wrong_old_passwords_lock_like_a_sign_in(teacher: Person, client: Client) -> None:
    inside = client_of(teacher)
    assert [change(inside, f"wrong-{n}") for n in range(10)] == [200] * 9 + [429]
    assert change(inside, PASSWORD) == 429
    assert sign_in(client, teacher.username).status_code == 429
    teacher.refresh_from_db()
    assert teacher.check_password(PASSWORD)


def test_nine_wrong_ones_and_the_right_one_change_the_password(teacher: Person) -> None:
    inside = client_of(teacher)
    assert [change(inside, f"wrong-{n}") for n in range(9)] == [200] * 9
    assert change(inside, PASSWORD) == 302


def test_a_first_password_is_changed_though_it_was_used(teacher: Person, client: Client) -> None:
    teacher.must_change_password = True
    teacher.first_password_until = timezone.now() + timedelta(hours=72)
    teacher.save()
    sign_in(client, teacher.username)
    assert change(client, PASSWORD) == 302
    assert is_signed_in(client)
