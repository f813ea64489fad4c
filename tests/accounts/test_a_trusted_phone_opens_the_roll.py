"""Without a session a trusted phone opens the roll of one's own class, and nothing else.

design 4, Phone and ID; S57 (what ends an account ends its phones with the next request), S58.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from foundation.accounts.actions import (
    change_password,
    close_account,
    end_post,
    grant_post,
    reopen_account,
    reset_password,
    set_parameter,
    use_phone,
)
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.door.phones import on_phone, opens
from foundation.accounts.door.trusted import admitted_by, living_phones
from foundation.accounts.models import AuditEvent, OpenSession, Person, TrustedPhone
from foundation.accounts.people.areas import grantable
from foundation.accounts.roles import Right
from kongchuo.web.navigation import menu
from students.attendance.models import RollCall, Submission
from students.roster.pupils.acts.pupils import open_class
from tests.accounts.conftest import LOGIN, sign_in
from tests.attendance.pages import Browser
from tests.browsing import client_of, page, phone_of
from tests.cast import LONG_AGO, PASSWORD, Cast, make_child
from tests.doers import doing

FRIDAY = date(2025, 9, 12)
MORNING = "2025-09-12 07:30:00+08:00"
DOOR = f"{LOGIN}?next="


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """Friday morning; ``clock.move_to`` goes on."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def own(cast: Cast) -> str:
    """The roll of the teacher's class."""
    make_child(cast.here)
    return f"/roll/{cast.here.school_class.pk}/"


@pytest.fixture
def phone(teacher: Person, own: str) -> Client:
    """The teacher's phone, without a session; the account is as old as the county."""
    Person.objects.update(created_at=datetime(2025, 9, 1, tzinfo=UTC))
    return phone_of(teacher)


def is_open(phone: Client, own: str) -> bool:
    """Whether the class opens; the alternative is the door, and the way back to the class."""
    answer = phone.get(own)
    assert answer.status_code == 200 or answer["Location"] == f"{DOOR}{own}"
    return bool(answer.status_code == 200)


def days_later(clock: Any, days: int) -> None:
    clock.shift(timedelta(days=days))


# --- in the morning -----------------------------------------------------------------------------


def test_the_link_leads_to_the_class_and_the_roll_is_called(phone: Client, own: str) -> None:
    assert phone.get("/roll/")["Location"] == own
    browser = Browser(phone, own).open().send(go="all")
    assert "已提交 07:30，应到1 实到1" in browser.html
    assert RollCall.objects.get().absent == 0


def test_signing_in_with_the_box_is_enough(teacher: Person, own: str) -> None:
    client = Client()
    sign_in(client, teacher.username, trust="on")
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert is_open(client, own)


def test_what_was_sent_too_early_is_taken_back(phone: Client, own: str) -> None:
    browser = Browser(phone, own).open().send(go="all").undo()
    assert "本班现在是“未点名”" in browser.html


def test_no_session_is_begun(phone: Client, own: str) -> None:
    Browser(phone, own).open().send(go="all")
    assert not OpenSession.objects.exists()
    assert settings.SESSION_COOKIE_NAME not in phone.cookies


def test_pages_are_not_kept_and_forms_need_their_token(teacher: Person, own: str) -> None:
    strict = phone_of(teacher, enforce_csrf_checks=True)
    assert strict.get(own)["Cache-Control"] == "no-store"
    assert "这次没有提交" in page(strict.post(own, {"go": "all"}), 403)


def test_no_page_leads_to_the_door_as_if_it_were_open(phone: Client, own: str) -> None:
    words = page(phone.get(own))
    assert "登录后查看更多" in words
    assert "登录后登记请假条" in words
    assert "退出" in words
    for shut in ('href="/"', 'href="/inbox/', 'href="/cases/', "/accounts/password/"):
        assert shut not in words


def test_at_the_door_the_phone_is_shown_the_way_to_the_roll(phone: Client, own: str) -> None:
    way = "本机点名免登录，直接去点名"
    assert way in page(phone.get(LOGIN))
    phone.post("/accounts/logout/")
    assert way not in page(phone.get(LOGIN))


def test_a_forged_phone_opens_nothing(phone: Client, own: str) -> None:
    phone.cookies[settings.PHONE_COOKIE_NAME] = TrustedPhone.objects.get().digest
    assert not is_open(phone, own)


# --- whose roll ---------------------------------------------------------------------------------


def test_another_class_of_the_school_is_404(phone: Client, cast: Cast, own: str) -> None:
    other = open_class(cast.here.school, "2", 2024, 7)
    assert phone.get(f"/roll/{other.pk}/").status_code == 404


def test_a_desk_s_post_of_the_same_person_widens_nothing(cast: Cast, teacher: Person, own) -> None:
    grant_post(teacher, "registrar", cast.here.school.unit, LONG_AGO, None)
    other = open_class(cast.here.school, "2", 2024, 7)
    phone = phone_of(teacher)
    assert client_of(teacher).get(f"/roll/{other.pk}/").status_code == 200
    assert phone.get(f"/roll/{other.pk}/").status_code == 404
    assert is_open(phone, own)


def test_a_desk_alone_has_no_phone(cast: Cast, teacher: Person, phone: Client, own: str) -> None:
    grant_post(teacher, "registrar", cast.here.school.unit, LONG_AGO, None)
    end_post(cast.post("class_teacher"), date(2025, 9, 11))
    assert not is_open(phone, own)


def test_of_what_the_role_may_do_the_phone_may_call_the_roll(cast: Cast, teacher: Person) -> None:
    grant_post(teacher, "head_teacher", cast.here.school.unit, LONG_AGO, None)
    viewer = on_phone(cast.viewer("class_teacher"), 1)
    assert {right for right in Right if viewer.has(right)} == {Right.CALL_ROLL}
    assert [post.role_code for post in viewer.posts] == ["class_teacher"]
    assert not grantable(viewer)
    shown = menu(viewer, "/roll/")
    assert (shown.groups, shown.dock) == ((), ())


# --- how long -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "answer"), [(29, True), (30, True), (31, False)])
def test_unused_it_opens_on_the_thirtieth_day_and_not_on_the_next(
    phone: Client, teacher: Person, own: str, clock: Any, days: int, answer: bool
) -> None:
    days_later(clock, days)
    today = FRIDAY + timedelta(days=days)
    assert living_phones(teacher, 30, today).exists() is answer
    assert is_open(phone, own) is answer


@pytest.mark.parametrize(
    ("allowed", "used_ago", "left", "answer"),
    [
        *[(30, 30, 0, True), (30, 31, 0, False), (30, 3, -1, False)],
        *[(7, 7, 20, True), (7, 8, 20, False), (0, 0, 30, False), (90, 40, -10, False)],
    ],
)
def test_what_was_promised_and_what_is_allowed_now_both_count(
    phone: Client, teacher: Person, allowed: int, used_ago: int, left: int, answer: bool
) -> None:
    used, until = FRIDAY - timedelta(days=used_ago), FRIDAY + timedelta(days=left)
    TrustedPhone.objects.update(last_used_on=used, expires_on=until)
    assert opens(until, used, allowed, FRIDAY) is answer
    assert living_phones(teacher, allowed, FRIDAY).exists() is answer


def test_each_day_of_use_moves_the_end(phone: Client, own: str, clock: Any) -> None:
    for _ in range(4):
        days_later(clock, 20)
        assert is_open(phone, own)
    cookie = phone.cookies[settings.PHONE_COOKIE_NAME]
    assert cookie["max-age"] == 31 * 24 * 60 * 60
    assert TrustedPhone.objects.get().expires_on == FRIDAY + timedelta(days=80 + 30)


def test_only_the_first_use_of_a_day_is_written(phone: Client, own: str, clock: Any) -> None:
    days_later(clock, 1)
    for _ in range(3):
        assert is_open(phone, own)
    assert AuditEvent.objects.filter(verb="phone_used").count() == 1
    days_later(clock, 1)
    assert is_open(phone, own)
    assert AuditEvent.objects.filter(verb="phone_used").count() == 2


def test_two_requests_at_once_note_the_day_once(phone: Client, teacher: Person, clock: Any) -> None:
    token = phone.cookies[settings.PHONE_COOKIE_NAME].value
    tomorrow = FRIDAY + timedelta(days=1)
    both = [admitted_by(token, tomorrow, tomorrow) for _ in range(2)]
    moment = datetime(2025, 9, 13, tzinfo=UTC)
    noted = [use_phone(one, Origin(teacher.pk), tomorrow, moment) for one in both if one]
    assert noted == [True, False]
    assert AuditEvent.objects.filter(verb="phone_used").count() == 1


def test_calling_the_roll_by_phone_is_using_the_account(
    phone: Client, teacher: Person, own: str, clock: Any
) -> None:
    """教基〔2025〕1号 seals what is unused; who calls the roll every morning uses it."""
    days_later(clock, 1)
    assert is_open(phone, own)
    teacher.refresh_from_db()
    assert teacher.last_used_on == FRIDAY + timedelta(days=1)
    assert not Person.objects.filter(pk=teacher.pk).sealed(FRIDAY + timedelta(days=181)).exists()
    assert Person.objects.filter(pk=teacher.pk).sealed(FRIDAY + timedelta(days=182)).exists()


# --- what ends it at once -----------------------------------------------------------------------


def by_a_new_password(cast: Cast, teacher: Person) -> None:
    change_password(teacher, "another-long-password", Origin(teacher.pk))


def by_a_reset(cast: Cast, teacher: Person) -> None:
    reset_password(replace(security_officer(cast), now=teacher.created_at), teacher, "忘记密码")


def by_the_last_day_of_the_post(cast: Cast, teacher: Person) -> None:
    end_post(cast.post("class_teacher"), date(2025, 9, 11))


def by_closing_the_account(cast: Cast, teacher: Person) -> None:
    close_account(security_officer(cast), teacher, "调离本县")


def by_closing_and_opening_it_again(cast: Cast, teacher: Person) -> None:
    by_closing_the_account(cast, teacher)
    reopen_account(security_officer(cast), teacher, "办错了")


def by_the_county(cast: Cast, teacher: Person) -> None:
    set_parameter(cast.county, "S58", 0, FRIDAY, "等级保护测评意见")


def by_the_seal(cast: Cast, teacher: Person) -> None:
    """A phone lapses long before; a county may allow more."""
    Person.objects.update(created_at=datetime(2025, 3, 14, tzinfo=UTC))


def by_asking_for_a_new_password(cast: Cast, teacher: Person) -> None:
    Person.objects.update(must_change_password=True)


def security_officer(cast: Cast) -> Doer:
    origin = Origin(cast.person("security_officer").pk)
    return doing(cast.viewer("security_officer"), origin, today=FRIDAY)


@pytest.mark.parametrize(
    "end",
    [
        *(by_a_new_password, by_a_reset, by_the_last_day_of_the_post, by_closing_the_account),
        *(by_closing_and_opening_it_again, by_the_county, by_the_seal),
        by_asking_for_a_new_password,
    ],
)
def test_what_ends_the_account_s_ground_ends_the_phone_with_the_next_request(
    cast: Cast, teacher: Person, phone: Client, own: str, end: Any
) -> None:
    assert is_open(phone, own)
    end(cast, teacher)
    assert not is_open(phone, own)


def test_a_substitute_s_last_day_is_the_phone_s(
    cast: Cast, teacher: Person, phone: Client, own: str, clock: Any
) -> None:
    end_post(cast.post("class_teacher"), FRIDAY)
    assert is_open(phone, own)
    days_later(clock, 1)
    assert not is_open(phone, own)


# --- beside a session ---------------------------------------------------------------------------


def test_who_is_signed_in_costs_no_query_more(teacher: Person, own: str, count_queries) -> None:
    signed_in = client_of(teacher)
    signed_in.get(own)
    with count_queries(connection) as without:
        signed_in.get(own)
    signed_in.cookies.update(phone_of(teacher).cookies)
    with count_queries(connection) as beside:
        signed_in.get(own)
    assert len(beside) == len(without)


def test_a_page_by_phone_costs_no_more_than_by_session(
    phone: Client, teacher: Person, own: str, count_queries, settings
) -> None:
    settings.CLOCK_MAY_SHIFT = False  # as in a real installation
    signed_in = client_of(teacher)
    for client in (signed_in, phone):
        client.get(own)
    with count_queries(connection) as by_session:
        signed_in.get(own)
    with count_queries(connection) as by_phone:
        phone.get(own)
    assert len(by_phone) <= len(by_session)


def test_signing_in_on_the_phone_opens_everything(phone: Client, teacher: Person) -> None:
    assert phone.get("/inbox/")["Location"] == f"{DOOR}/inbox/"
    sign_in(phone, teacher.username, PASSWORD)
    assert "登录后查看更多" not in page(phone.get("/inbox/"))


# --- what is noted ------------------------------------------------------------------------------


def test_what_is_done_by_phone_is_told_apart(phone: Client, teacher: Person, own: str) -> None:
    Browser(phone, own).open().send(go="all")
    signed_in = Browser(client_of(teacher), own).open()
    rows = AuditEvent.objects.filter(verb="read", kind="school_class").order_by("id")
    number = TrustedPhone.objects.get().pk
    assert signed_in.status == 200
    assert [row.details.get("phone") for row in rows] == [number, number, None]
    called = AuditEvent.objects.get(verb="call_roll")
    assert called.details["phone"] == number
    assert Submission.objects.get().person == teacher


def test_a_refusal_by_phone_is_noted_too(phone: Client, cast: Cast) -> None:
    other = open_class(cast.here.school, "2", 2024, 7)
    phone.get(f"/roll/{other.pk}/")
    row = AuditEvent.objects.get(verb="refused")
    assert (row.outcome, row.details["phone"]) == ("404", TrustedPhone.objects.get().pk)
