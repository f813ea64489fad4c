"""A session ends after eight hours and after idle time by role; two at once; each can be ended."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import grant_post
from foundation.accounts.models import AuditEvent, OpenSession, Person
from tests.accounts.conftest import is_signed_in, sign_in, with_password
from tests.browsing import page
from tests.cast import LONG_AGO, PASSWORD, Cast

PHONE = "Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0"
PAGE = "/accounts/sessions/"


def enter(person: Person, **options: Any) -> Client:
    """A browser in which the person has signed in."""
    client = Client(**options)
    sign_in(client, person.username)
    return client


@pytest.mark.parametrize(
    ("role", "minutes", "inside"),
    [
        ("class_teacher", 29, True),
        ("class_teacher", 30, False),
        ("class_teacher", 31, False),
        ("township_leader", 29, True),
        ("county_desk", 14, True),
        ("county_desk", 15, False),
        ("county_desk", 16, False),
        ("supervisor", 16, False),
        ("administrator", 16, False),
    ],
)
def test_idle_time_goes_by_role(cast: Cast, role: str, minutes: int, inside: bool) -> None:
    person = with_password(cast.person(role))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = enter(person)
        clock.shift(timedelta(minutes=minutes))
        assert is_signed_in(client) is inside


def test_of_two_posts_the_shorter_time_counts(cast: Cast) -> None:
    teacher = with_password(cast.person("class_teacher"))
    grant_post(teacher, "supervisor", cast.supervision, LONG_AGO, None)
    enter(teacher)
    assert OpenSession.objects.get().idle_seconds == 15 * 60


@pytest.mark.parametrize(("minutes", "inside"), [(-1, True), (0, False), (1, False)])
def test_after_eight_hours_a_busy_session_ends_too(
    teacher: Person, minutes: int, inside: bool
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = enter(teacher)
        for _ in range(8 * 3 - 1):
            clock.shift(timedelta(minutes=20))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=20 + minutes))
        assert is_signed_in(client) is inside


def test_a_fresh_password_does_not_move_the_end(teacher: Person) -> None:
    client = enter(teacher)
    began, key = OpenSession.objects.values_list("began_at", "session_key").get()
    client.post("/accounts/password/reauthenticate/", {"password": PASSWORD})
    after = OpenSession.objects.values_list("began_at", "session_key").get()
    assert after[0] == began
    assert after[1] != key


def test_the_third_sign_in_ends_the_oldest_and_says_so(teacher: Person) -> None:
    first, second = enter(teacher, HTTP_USER_AGENT=PHONE), enter(teacher)
    assert is_signed_in(first)
    assert is_signed_in(second)
    third = enter(teacher)
    assert [is_signed_in(one) for one in (first, second, third)] == [False, True, True]
    ended = AuditEvent.objects.get(verb="session_ended")
    assert ended.details["label"] == "微信 · 安卓手机"


def test_the_page_names_the_device_and_ends_another(teacher: Person, colleague: Person) -> None:
    here, there, other = enter(teacher), enter(teacher, HTTP_USER_AGENT=PHONE), enter(colleague)
    words = page(here.get(PAGE))
    assert "本次登录" in words
    assert "微信 · 安卓手机" in words
    [handle] = re.findall(rf"{PAGE}([0-9a-f]{{16}})/end/", words)
    assert OpenSession.objects.filter(pk=handle).count() == 0
    assert other.post(f"{PAGE}{handle}/end/").status_code == 404
    assert here.post(f"{PAGE}{handle}/end/")["Location"] == PAGE
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_all_others_end_at_once(teacher: Person) -> None:
    here, there = enter(teacher), enter(teacher)
    assert here.post(f"{PAGE}end/")["Location"] == PAGE
    assert is_signed_in(here)
    assert not is_signed_in(there)
