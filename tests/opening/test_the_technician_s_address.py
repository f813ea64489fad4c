"""The technician's address opens one thing, once, within 24 hours."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.accounts.models import Person, Unit
from kongchuo.setup.opening.models import CountyOpening, OpeningAddress
from tests.browsing import page
from tests.cast import Cast
from tests.opening.steps import COUNTY, LOGIN, address, confirmed, found_county, signed_in, slips_in

pytestmark = pytest.mark.django_db
NOON = "2026-09-02 04:00:00+00:00"


def test_only_a_digest_of_it_is_kept() -> None:
    secret = address().split("/")[-2]
    stored = OpeningAddress.objects.values().get()
    assert secret not in str(stored)


def test_it_is_used_once() -> None:
    at = address()
    client = Client()
    assert set(slips_in(page(client.post(at, COUNTY)))) == {"13900000001", "13900000002"}
    assert "已经用过" in page(client.get(at), 410)
    assert "已经用过" in page(client.post(at, {**COUNTY, "code": "530998"}), 410)
    assert Unit.objects.count() == 1


def test_it_ends_after_24_hours_and_when_a_newer_one_is_made() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        at = address()
        clock.shift(timedelta(hours=23, minutes=59))
        assert "建立县" in page(Client().get(at))
        clock.shift(timedelta(minutes=1))
        assert "24小时内有效" in page(Client().get(at), 410)
        assert not page(Client().post(at, COUNTY), 410).count("首次密码")
        newer = address()
        address()
        assert "生成新网址后旧的作废" in page(Client().get(newer), 410)
    assert not Unit.objects.exists()


def test_one_that_was_never_made_is_said_to_be_none() -> None:
    words = page(Client().get("/opening/start/never-made/"), 404)
    assert "没有这个开通网址" in words
    assert "opening_address" in words


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("code", "5309", "6位数字"),
        ("place", "", "请填写县（市、区）名"),
        ("first_login", "12345", "手机号应为11位数字"),
        ("second_login", COUNTY["first_login"], "两个人要是不同的人"),
        ("second_name", COUNTY["first_name"], "两个人要是不同的人"),
    ],
)
def test_what_is_typed_wrongly_is_said_and_uses_nothing_up(
    field: str, typed: str, words: str
) -> None:
    at = address()
    assert words in page(Client().post(at, {**COUNTY, field: typed}), 422)
    assert not Unit.objects.exists()
    assert "首次密码" in page(Client().post(at, COUNTY))


def test_lost_slips_are_made_anew_by_a_new_address_until_the_second_has_confirmed() -> None:
    before = found_county()
    client = Client()
    assert "重新发登录单" in page(client.get(address()))
    assert "请至少选一人" in page(client.post(address(), {}), 422)
    slips = slips_in(page(client.post(address(), {"who": ["second"]})))
    assert set(slips) == {"13900000002"}
    old = {"login": "13900000002", "password": before["13900000002"]}
    assert client.post(LOGIN, old).status_code == 200
    second = signed_in("13900000002", slips["13900000002"])
    confirmed(second)
    with pytest.raises(CommandError, match="不再需要开通网址"):
        address()
    out = io.StringIO()
    call_command("opening_address", "--if-needed", stdout=out)
    assert out.getvalue() == ""


def test_a_county_that_runs_already_needs_none(cast: Cast) -> None:
    with pytest.raises(CommandError, match="不再需要开通网址"):
        address()


def test_without_a_county_the_pages_before_the_sign_in_open_and_say_what_to_do() -> None:
    client = Client()
    assert "还没有开通" in page(client.get(LOGIN))
    for at in ("/help/", "/healthz/", "/manifest.webmanifest"):
        assert client.get(at).status_code == 200, at
    found_county()
    assert "还没有开通" not in page(client.get(LOGIN))


def test_there_is_no_superuser_and_the_command_says_what_to_do_instead() -> None:
    with pytest.raises(CommandError, match="opening_address"):
        call_command("createsuperuser", "--noinput", "--username", "root")
    assert not Person.objects.exists()
    assert not CountyOpening.objects.exists()
