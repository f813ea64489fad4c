"""A teacher calls the family of a child missing today by one tap, and of no other child."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Case
from foundation.accounts.models import AuditEvent
from students.roster.models import Child
from tests.attendance.help import FRI, MON, THU, Caller, missing
from tests.browsing import client_of, page, phone_of
from tests.cases.steps import call_roll
from tests.cast import Cast, make_child

NUMBER = "13900001234"


@pytest.fixture(autouse=True)
def _friday(clock_at: Any, cast: Cast) -> None:
    clock_at(FRI)


@pytest.fixture
def child(cast: Cast) -> Child:
    guardians = ({"name": "张大山", "relation": "父亲", "phone": NUMBER},)
    return make_child(cast.here, guardians=guardians, address="东村3组12号")


def address(cast: Cast, child: Child, what: str = "phone", there: bool = False) -> str:
    side = cast.there if there else cast.here
    return f"/roll/{side.school_class.pk}/{what}/{child.pk}/"


def test_one_tap_shows_the_number_and_the_audit_says_why(cast: Cast, child: Child) -> None:
    Caller(cast).call(FRI, missing(child, "unexcused"))
    client = client_of(cast.person("class_teacher"))
    assert address(cast, child) in page(client.get(f"/roll/{cast.here.school_class.pk}/"))
    assert NUMBER in page(client.post(address(cast, child)))
    assert "东村3组12号" in page(client.post(address(cast, child, "address")))
    event = AuditEvent.objects.get(verb="reveal_phone")
    assert (event.children, event.reason) == ([child.pk], "当日未到校，联系监护人")


def test_after_the_roll_each_missing_child_is_rung_visited_and_noted(
    cast: Cast, child: Child
) -> None:
    Caller(cast).call(FRI, missing(child, "unexcused"))
    client = client_of(cast.person("class_teacher"))
    roll = page(client.get(f"/roll/{cast.here.school_class.pk}/{FRI}/?done=1"))
    assert address(cast, child) in roll
    assert address(cast, child, "address") in roll
    assert f"edit=1#p{child.pk}" in html.unescape(roll)
    assert ">改<" in roll  # it changes the roll, and does not call itself a record
    assert "记录劝返" not in roll
    assert f"edit=1#p{child.pk}" in html.unescape(page(client.post(address(cast, child))))


def test_once_a_case_is_open_the_talk_is_noted_there(cast: Cast, child: Child) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    number = Case.objects.get(child=child).number
    client = client_of(cast.person("class_teacher"))
    roll = page(client.get(f"/roll/{cast.here.school_class.pk}/{FRI}/?done=1"))
    assert f'href="/cases/{number}/contact/">记录劝返<' in roll
    assert f"edit=1#p{child.pk}" not in html.unescape(roll)


def test_the_page_of_the_child_offers_it_to_the_teacher_that_morning(
    cast: Cast, child: Child, clock_at: Any
) -> None:
    Caller(cast).call(FRI, missing(child, "unexcused"))
    teacher, desk = (client_of(cast.person(role)) for role in ("class_teacher", "registrar"))
    own = page(teacher.get(f"/pupils/{child.pk}/"))
    assert "点名记为无故未到" in own
    assert address(cast, child) in own
    assert address(cast, child, "address") in own
    assert address(cast, child) not in page(desk.get(f"/pupils/{child.pk}/"))
    clock_at(MON)
    assert address(cast, child) not in page(teacher.get(f"/pupils/{child.pk}/"))


@pytest.mark.parametrize(("today", "status"), [(FRI, 200), (MON, 404)])
def test_only_on_the_day_itself(
    cast: Cast, child: Child, clock_at: Any, today: Any, status: int
) -> None:
    Caller(cast).call(FRI, missing(child, "unexcused"))
    clock_at(today)
    client = client_of(cast.person("class_teacher"))
    assert client.post(address(cast, child)).status_code == status


def test_the_day_before_is_over(cast: Cast, child: Child, clock_at: Any) -> None:
    clock_at(THU)
    Caller(cast).call(THU, missing(child, "unexcused"))
    clock_at(FRI)
    client = client_of(cast.person("class_teacher"))
    assert client.post(address(cast, child)).status_code == 404


def test_a_child_that_is_there_and_one_of_another_class_are_not(cast: Cast, child: Child) -> None:
    Caller(cast).call(FRI)
    own, other = (client_of(cast.person("class_teacher", there)) for there in (False, True))
    assert own.post(address(cast, child)).status_code == 404
    assert other.post(address(cast, child)).status_code == 404
    assert other.post(address(cast, child, there=True)).status_code == 404
    assert client_of(cast.person("head_teacher")).post(address(cast, child)).status_code == 404


def test_from_a_trusted_phone_it_leads_to_the_sign_in(cast: Cast, child: Child) -> None:
    Caller(cast).call(FRI, missing(child, "unexcused"))
    phone = phone_of(cast.person("class_teacher"))
    roll = page(phone.get(f"/roll/{cast.here.school_class.pk}/"))
    assert address(cast, child) not in roll
    assert "登录后拨打家长电话" in roll
    assert phone.post(address(cast, child))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("times", "status"), [(59, 200), (60, 429)])
def test_sixty_calls_an_hour(cast: Cast, child: Child, times: int, status: int) -> None:
    Caller(cast).call(FRI, missing(child, "unexcused"))
    teacher, ago = cast.person("class_teacher"), timezone.now() - timedelta(minutes=5)
    AuditEvent.objects.bulk_create(
        AuditEvent(person=teacher, verb="reveal_phone", at=ago, request_id="before")
        for _ in range(times)
    )
    assert client_of(teacher).post(address(cast, child)).status_code == status
