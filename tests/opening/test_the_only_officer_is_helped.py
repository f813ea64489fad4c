"""The only 安全管理员 comes back by a command at the server and a second person in the product."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, PeopleRequest, Person
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.opening.steps import (
    LOGIN,
    WIZARD,
    confirmed,
    found_county,
    signed_in,
    slips_in,
    workbook,
    written,
)

pytestmark = pytest.mark.django_db
OWN = "quiet-herons-at-dusk"


def asked() -> str:
    out = io.StringIO()
    call_command("reset_officer", stdout=out)
    return out.getvalue()


@pytest.fixture
def two() -> tuple[Client, Client]:
    slips = found_county()
    first, second = (signed_in(login, slips[login]) for login in sorted(slips))
    return first, second


def test_a_technician_asks_and_the_second_person_confirms(two: tuple[Client, Client]) -> None:
    second = two[1]
    confirmed(second)
    words = asked()
    assert "王一" in words
    assert "李二（局领导）" in words
    waiting = PeopleRequest.objects.get()
    assert AuditEvent.objects.get(verb="password_requested").reason == waiting.reason
    assert "技术人员在服务器上代为申请" in page(second.get("/people/requests/"))
    at, reason = f"/people/requests/{waiting.pk}/confirm/", {"reason": "已向本人核实身份"}
    assert two[0].post(at, reason).status_code == 422
    slips = slips_in(page(second.post(at, reason)))
    assert set(slips) == {"13900000001"}
    assert Client().post(LOGIN, {"login": "13900000001", "password": OWN}).status_code == 200
    assert signed_in("13900000001", slips["13900000001"], "calm-rivers-at-dawn")
    with pytest.raises(CommandError, match="reset_officer"):
        call_command("opening_address")


def test_an_account_sealed_for_disuse_opens_with_the_new_password(
    two: tuple[Client, Client],
) -> None:
    second, officer = two[1], Person.objects.get(username="13900000001")
    confirmed(second)
    long_ago = timezone.now() - timedelta(days=181)
    Person.objects.filter(pk=officer.pk).update(last_login=long_ago, created_at=long_ago)
    assert "封存" in page(Client().post(LOGIN, {"login": "13900000001", "password": OWN}))
    assert "也会解除封存" in asked()
    at = f"/people/requests/{PeopleRequest.objects.get().pk}/confirm/"
    slips = slips_in(page(second.post(at, {"reason": "已向本人核实身份"})))
    unsealed = AuditEvent.objects.get(verb="account_unsealed")
    assert (unsealed.object_id, f"{unsealed.person}") == (officer.pk, "李二")
    assert signed_in("13900000001", slips["13900000001"], "calm-rivers-at-dawn")


def test_before_the_confirmation_the_address_is_the_way(two: tuple[Client, Client]) -> None:
    with pytest.raises(CommandError, match="opening_address"):
        asked()


def test_where_there_are_two_the_other_one_asks_in_the_product(two: tuple[Client, Client]) -> None:
    first, second = two
    assert "本县只有一位安全管理员" in page(first.get(WIZARD))
    assert "本县只有一位安全管理员" in page(first.get("/opening/progress/"))
    more = [("冯安全", "13900000014", "安全管理员", "甲县教育体育局")]
    written(first, workbook(people=more))
    confirmed(second)
    assert "本县只有一位安全管理员" not in page(first.get(WIZARD))
    with pytest.raises(CommandError, match="2位在任的安全管理员"):
        asked()
    assert not PeopleRequest.objects.exists()


def test_a_county_of_its_own_making_has_no_warning(cast: Cast) -> None:
    words = page(client_of(cast.person("security_officer")).get("/opening/progress/"))
    assert "本县只有一位安全管理员" not in words
