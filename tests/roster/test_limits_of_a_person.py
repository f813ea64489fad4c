"""What one person may look at, search and take away within an hour, a day, a minute (S18, S70)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.limits.rules import BY_CODE
from foundation.accounts.models import AuditEvent, LimitReport, Person
from students.roster.models import Child
from tests.accounts.conftest import with_password
from tests.browsing import client_of, page, phone_of, stale_client_of
from tests.cast import PASSWORD, Cast, make_child

ID_NO = "530999201205060014"
AGAIN = "/accounts/password/reauthenticate/"
WHY = {"reason": "核对转学学生的证件号"}
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def child(cast: Cast) -> Child:
    return make_child(cast.here, id_no=ID_NO, address="东村3组12号")


@pytest.fixture
def clerk(cast: Cast) -> Person:
    return with_password(cast.person("registrar"))


def fresh(person: Person) -> Client:
    """A browser in which the password was typed just now."""
    client = stale_client_of(person)
    assert client.post(AGAIN, {"password": PASSWORD}).status_code == 302
    return client


def address_of(child: Child, what: str = "id") -> str:
    return f"/roster/{child.pk}/reveal/{what}/"


def done(person: Person, verb: str, *at: datetime) -> None:
    """What the person did before, by the audit. A row's time is its own."""
    AuditEvent.objects.bulk_create(
        AuditEvent(person=person, verb=verb, at=when, request_id="before") for when in at
    )


def test_a_full_number_needs_the_password_and_a_reason(child: Child, clerk: Person) -> None:
    client, path = stale_client_of(clerk), address_of(child)
    assert client.get(path)["Location"].startswith(AGAIN)
    assert client.post(path, WHY)["Location"].startswith(AGAIN)
    client.post(AGAIN, {"password": PASSWORD})
    assert ID_NO not in page(client.get(path))
    assert "请写明查看理由" in page(client.post(path, {"reason": ""}), 422)
    assert "请把理由写清楚" in page(client.post(path, {"reason": "看看"}), 422)
    assert ID_NO in page(client.post(path, WHY))
    event = AuditEvent.objects.get(verb="reveal_number")
    assert (event.children, event.reason) == ([child.pk], WHY["reason"])
    assert "东村3组12号" in page(client.post(address_of(child, "address"), WHY))


def test_a_wrong_password_opens_nothing_and_counts(child: Child, clerk: Person) -> None:
    client = stale_client_of(clerk)
    answers = [client.post(AGAIN, {"password": f"wrong-{n}"}).status_code for n in range(10)]
    assert answers == [200] * 9 + [429]
    assert client.post(address_of(child), WHY).status_code == 302


@pytest.mark.parametrize(("after", "shown"), [(599, True), (600, False), (601, False)])
def test_a_password_is_fresh_for_ten_minutes(
    child: Child, clerk: Person, after: int, shown: bool
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = fresh(clerk)
        clock.shift(after * SECOND)
        assert (client.get(address_of(child)).status_code == 200) is shown


def test_a_number_out_of_reach_is_not_there(cast: Cast, child: Child) -> None:
    stranger = with_password(cast.person("registrar", there=True))
    assert fresh(stranger).post(address_of(child), WHY).status_code == 404
    supervisor = with_password(cast.person("supervisor"))
    assert fresh(supervisor).post(address_of(child), WHY).status_code == 403


def test_from_a_trusted_phone_it_leads_to_the_sign_in(cast: Cast, child: Child) -> None:
    phone = phone_of(cast.person("class_teacher"))
    assert phone.get(address_of(child))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("times", "ago", "status"),
    [
        (19, [MINUTE], 200),
        (20, [MINUTE], 429),
        (20, [timedelta(minutes=59, seconds=50)], 429),
        (20, [timedelta(hours=1, seconds=1)], 200),
        (99, [timedelta(hours=2)], 200),
        (100, [timedelta(hours=2)], 429),
        (100, [timedelta(hours=23, minutes=59)], 429),
        (100, [timedelta(hours=24, seconds=1)], 200),
    ],
)
def test_twenty_an_hour_and_a_hundred_a_day(
    child: Child, clerk: Person, times: int, ago: list[timedelta], status: int
) -> None:
    client = fresh(clerk)
    done(clerk, "reveal_number", *[timezone.now() - ago[0]] * times)
    words = page(client.post(address_of(child), WHY), status)
    assert (ID_NO in words) is (status == 200)


def test_beyond_it_the_page_is_calm_and_the_bureau_sees_one_row(
    cast: Cast, child: Child, clerk: Person
) -> None:
    client = fresh(clerk)
    done(clerk, "reveal_number", *[timezone.now()] * 20)
    for _ in range(3):
        words = page(client.post(address_of(child), WHY), 429)
        assert "每小时最多20次" in words
    assert LimitReport.objects.count() == 1
    assert AuditEvent.objects.filter(verb="over_limit", person=clerk).count() == 3
    seen = page(client_of(cast.person("county_desk")).get("/people/limits/"))
    assert clerk.name in seen
    assert "查看完整号码" in seen


def test_another_person_is_not_held_back(cast: Cast, child: Child, clerk: Person) -> None:
    done(clerk, "reveal_number", *[timezone.now()] * 20)
    head = with_password(cast.person("head_teacher"))
    assert ID_NO in page(fresh(head).post(address_of(child), WHY))


@pytest.mark.parametrize(
    ("times", "ago", "status"), [(59, 1, 200), (60, 1, 429), (60, 59, 429), (60, 61, 200)]
)
def test_sixty_searches_a_minute(
    child: Child, clerk: Person, times: int, ago: int, status: int
) -> None:
    client = stale_client_of(clerk)
    done(clerk, "search_pupils", *[timezone.now() - ago * SECOND] * times)
    page(client.get("/roster/?q=zxm"), status)


@pytest.mark.parametrize(("times", "ago", "status"), [(9, 59, 200), (10, 59, 429), (10, 61, 200)])
def test_ten_exports_an_hour(
    child: Child, clerk: Person, times: int, ago: int, status: int
) -> None:
    client = client_of(clerk)
    done(clerk, "export_roster", *[timezone.now() - ago * MINUTE] * times)
    answer = client.post("/roster/export/pupils/", {"purpose": "报县教育局学籍核对"})
    assert answer.status_code == status


@pytest.mark.parametrize("times", [9, 10])
@pytest.mark.parametrize("what", ["changes of a month", "a school's day", "a class's day"])
def test_a_workbook_with_names_is_one_of_the_ten(
    cast: Cast, child: Child, clerk: Person, what: str, times: int
) -> None:
    day, here = date(2025, 9, 12), cast.here
    address = {
        "changes of a month": "/changes/months/book.xlsx?month=2025-09",
        "a school's day": reverse("daily_school", args=[here.school.pk, day]) + "?book=1",
        "a class's day": reverse("daily_class", args=[here.school_class.pk, day]) + "?book=1",
    }[what]
    done(clerk, "export_roster", *[timezone.now() - MINUTE] * times)
    answer = client_of(clerk).get(address)
    assert answer.status_code == (200 if times < 10 else 429)


def test_every_limit_says_its_figures() -> None:
    for limit in BY_CODE.values():
        for cap in limit.caps:
            assert f"{cap.times}次" in limit.words
