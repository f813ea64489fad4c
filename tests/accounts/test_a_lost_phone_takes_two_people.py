"""Who lost the phone of the second factor is freed of it by two people, and is told (S56)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import (
    AuditEvent,
    OpenSession,
    PeopleRequest,
    Person,
    SecondFactor,
)
from tests.accounts.conftest import is_signed_in, sign_in, with_password
from tests.accounts.test_a_second_factor import CODE, code_of, give, set_up
from tests.browsing import client_of, page, phone_of
from tests.cast import Cast

WHY = "手机丢失，本人当面申请"


@pytest.fixture
def registrar(cast: Cast) -> Person:
    return with_password(cast.person("registrar"))


def ask(cast: Cast, who: Person) -> PeopleRequest:
    client = client_of(cast.person("security_officer"))
    assert "申请解除动态码" in page(client.get(f"/people/{who.pk}/"))
    client.post(f"/people/{who.pk}/drop-factor/", {"drop_factor-reason": WHY})
    return PeopleRequest.objects.get(kind="factor")


def decide(cast: Cast, role: str, asked: PeopleRequest, how: str) -> int:
    client = client_of(cast.person(role))
    address = f"/people/requests/{asked.pk}/{how}/"
    return client.post(address, {"reason": "已当面核对身份"}).status_code


def test_one_asks_another_confirms_and_all_that_is_open_ends(cast: Cast, registrar: Person) -> None:
    secret = set_up(registrar)
    open_still = Client()
    sign_in(open_still, registrar.username)
    give(open_still, code_of(secret))
    asked = ask(cast, registrar)
    assert sign_in(Client(), registrar.username)["Location"] == CODE
    assert "解除动态码" in page(client_of(cast.person("county_desk")).get("/people/requests/"))
    assert decide(cast, "county_desk", asked, "confirm") == 302
    assert not is_signed_in(open_still)
    assert not OpenSession.objects.filter(person=registrar).exists()
    row = SecondFactor.objects.get()
    assert (row.removed_by, row.remove_reason) == (cast.person("county_desk"), WHY)
    verbs = AuditEvent.objects.values_list("verb", flat=True)
    assert {"factor_requested", "request_confirmed", "factor_removed"} <= set(verbs)


def test_the_person_is_told_at_the_next_sign_in_and_only_then(
    cast: Cast, registrar: Person
) -> None:
    set_up(registrar)
    decide(cast, "county_desk", ask(cast, registrar), "confirm")
    client = Client()
    sign_in(client, registrar.username)
    words = page(client.get("/inbox/"))
    assert "由county_desk甲确认解除" in words
    assert WHY in words
    client = Client()
    sign_in(client, registrar.username)
    assert "确认解除" not in page(client.get("/inbox/"))


def test_a_new_one_is_demanded_without_new_grace(cast: Cast, registrar: Person) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        sign_in(Client(), registrar.username)
    set_up(registrar)
    decide(cast, "county_desk", ask(cast, registrar), "confirm")
    client = Client()
    sign_in(client, registrar.username)
    assert client.get("/inbox/")["Location"] == "/accounts/factor/set/"


def test_the_one_who_asked_does_not_confirm(cast: Cast, registrar: Person) -> None:
    set_up(registrar)
    assert decide(cast, "security_officer", ask(cast, registrar), "confirm") == 422
    assert SecondFactor.objects.filter(removed_at__isnull=True).exists()


def test_what_is_not_agreed_changes_nothing(cast: Cast, registrar: Person) -> None:
    set_up(registrar)
    assert decide(cast, "bureau_leader", ask(cast, registrar), "refuse") == 302
    assert sign_in(Client(), registrar.username)["Location"] == CODE


def test_the_phone_s_roll_call_ends_with_it(cast: Cast) -> None:
    teacher = with_password(cast.person("class_teacher"))
    phone = phone_of(teacher)
    assert phone.get("/roll/")["Location"].startswith("/roll/")
    set_up(teacher)
    decide(cast, "county_desk", ask(cast, teacher), "confirm")
    assert phone.get("/roll/")["Location"].startswith("/accounts/login/")


def test_nothing_is_asked_where_no_factor_is_set(cast: Cast, registrar: Person) -> None:
    client = client_of(cast.person("security_officer"))
    assert "申请解除动态码" not in page(client.get(f"/people/{registrar.pk}/"))
    address = f"/people/{registrar.pk}/drop-factor/"
    assert "没有设动态码" in page(client.post(address, {"drop_factor-reason": WHY}), 422)


def test_the_head_asks_for_a_person_of_the_own_unit_and_the_county_confirms(
    cast: Cast, registrar: Person
) -> None:
    secret = set_up(registrar)
    head, at = client_of(cast.person("head_teacher")), f"/staff/{registrar.pk}/drop-factor/"
    assert at in page(head.get(f"/staff/{registrar.pk}/"))
    words = page(head.post(at, {"reason": WHY}, follow=True))
    asked = PeopleRequest.objects.get(kind="factor")
    assert "等待确认" in words
    assert f"/people/requests/{asked.pk}/withdraw/" in words
    assert f"/people/requests/{asked.pk}/confirm/" not in words
    assert asked.requested_by == cast.post("head_teacher")
    shown = page(client_of(cast.person("county_desk")).get(f"/people/requests/{asked.pk}/confirm/"))
    assert f"{cast.here.school.unit.name} · 学籍管理员" in shown
    assert "登录单只在下一页" not in shown
    assert SecondFactor.objects.filter(removed_at__isnull=True).exists()
    assert decide(cast, "county_desk", asked, "confirm") == 302
    assert not SecondFactor.objects.filter(removed_at__isnull=True).exists()
    assert secret


def test_the_head_takes_the_own_request_back_and_decides_none(
    cast: Cast, registrar: Person
) -> None:
    set_up(registrar)
    client_of(cast.person("head_teacher")).post(
        f"/staff/{registrar.pk}/drop-factor/", {"reason": WHY}
    )
    asked = PeopleRequest.objects.get(kind="factor")
    there = page(client_of(cast.person("head_teacher")).get(f"/staff/{registrar.pk}/"))
    assert "有一项申请等待另一人确认" in there
    assert decide(cast, "township_officer", asked, "withdraw") == 404
    assert decide(cast, "head_teacher", asked, "confirm") == 422
    assert decide(cast, "head_teacher", asked, "withdraw") == 302
    assert decide(cast, "county_desk", asked, "confirm") == 422
    assert SecondFactor.objects.filter(removed_at__isnull=True).exists()


def test_who_may_not_ask_reads_with_whom_to_see(cast: Cast) -> None:
    head = with_password(cast.person("head_teacher"))
    set_up(head)
    client = client_of(cast.person("registrar"))
    words = page(client.get(f"/staff/{head.pk}/"))
    assert "要解除动态码的，请本人带身份证找县安全管理员办理" in words
    assert "drop-factor" not in words
    at = f"/staff/{head.pk}/drop-factor/"
    assert "不由您管理" in page(client.post(at, {"reason": WHY}), 422)
