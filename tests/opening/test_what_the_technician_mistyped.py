"""What the technician typed is read once more, and put right until it is confirmed."""

from html import unescape

import pytest
from django.test import Client

from foundation.accounts.models import AuditEvent, Person, Region, Unit
from tests.browsing import page
from tests.opening.steps import (
    COUNTY,
    LOGIN,
    TYPED,
    WIZARD,
    address,
    confirmed,
    found_county,
    signed_in,
    slips_in,
    workbook,
    written,
)

pytestmark = pytest.mark.django_db
CORRECT = {**COUNTY, "act": "correct"}
CORRECT.pop("second_role")


def test_nothing_is_written_before_it_was_read_once_more() -> None:
    at = address()
    words = page(Client().post(at, TYPED))
    assert "请核对，还没有建立" in words
    for piece in ("530999", "云南省", "甲县", "王一", "13900000002", "局领导"):
        assert piece in words
    assert not Unit.objects.exists()
    back = page(Client().post(at, {**TYPED, "back": "1"}))
    assert 'value="王一"' in back
    assert set(slips_in(page(Client().post(at, COUNTY)))) == {"13900000001", "13900000002"}


def test_a_code_of_no_province_is_refused() -> None:
    words = page(Client().post(address(), {**COUNTY, "code": "930922"}), 422)
    assert "不是任何省份的代码" in words
    assert not Unit.objects.exists()


def test_code_names_and_phones_are_put_right_by_a_new_address() -> None:
    old = found_county()
    right = {**CORRECT, "code": "530998", "place": "乙县", "first_name": "王壹"}
    right["second_login"] = "13900000022"
    at = address()
    assert "县代码、姓名或手机号填错了" in page(Client().get(at))
    first_press = {name: value for name, value in right.items() if name != "checked"}
    assert "请核对，还没有更正" in page(Client().post(at, first_press))
    assert Region.objects.get().code == "530999"
    slips = slips_in(page(Client().post(at, right)))
    assert set(slips) == {"13900000001", "13900000022"}
    county = Unit.objects.select_related("region").get()
    assert (county.region.code, county.region.name) == ("530998", "乙县")
    former = {"login": "13900000001", "password": old["13900000001"]}
    assert Client().post(LOGIN, former).status_code == 200
    first = signed_in("13900000001", slips["13900000001"])
    words = page(first.get(WIZARD))
    assert "县代码530998" in words
    assert "王壹" in words
    assert AuditEvent.objects.filter(verb="person_corrected").count() == 2
    before = AuditEvent.objects.get(verb="unit_corrected").details
    assert before["code"] == "530999"


def test_who_has_an_own_password_keeps_it_and_the_page_does_not_break() -> None:
    slips = found_county()
    for login, slip in slips.items():
        signed_in(login, slip)
    answer = Client().post(address(), {**CORRECT, "first_name": "王壹"}, follow=True)
    assert "密码不变" in page(answer)
    assert Person.objects.get(username="13900000001").name == "王壹"


def test_the_code_stays_once_units_hang_on_it_and_a_taken_account_is_refused() -> None:
    first = signed_in("13900000001", found_county()["13900000001"])
    written(first, workbook())
    at = address()
    words = page(Client().post(at, {**CORRECT, "code": "530998"}), 422)
    assert "县代码不能再改" in words
    words = page(Client().post(at, {**CORRECT, "second_login": "13900000004"}), 422)
    assert "已经登记在另一个人名下" in words
    slips = slips_in(page(Client().post(at, {**CORRECT, "second_name": "李贰"})))
    assert set(slips) == {"13900000002"}
    assert Person.objects.get(username="13900000002").name == "李贰"


def test_after_the_confirmation_the_wizard_offers_no_address() -> None:
    slips = found_county()
    first, second = (signed_in(login, slips[login]) for login in sorted(slips))
    assert "opening_address" in page(first.get(WIZARD))
    confirmed(second)
    assert "opening_address" not in page(first.get(WIZARD))


def test_a_used_address_says_how_lost_slips_come_again() -> None:
    at = address()
    Client().post(at, COUNTY)
    words = unescape(page(Client().post(at, COUNTY), 410))
    assert "用新网址重新发登录单、更正" in words
    assert "opening_address" in words
