"""Slips of a whole unit at once, and anew of who never came as far as an own password."""

import pytest
from django.test import Client

from foundation.accounts.models import Person
from students.staff.views import slips as views
from tests.accounts.conftest import with_password
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.opening.steps import slips_in

pytestmark = pytest.mark.django_db
SLIPS = "/staff/slips/"
ANEW = f"{SLIPS}?state=anew"


@pytest.fixture
def security(cast: Cast) -> Client:
    return client_of(cast.person("security_officer"))


@pytest.fixture
def registrars(cast: Cast) -> tuple[Person, Person]:
    """The registrars of two schools, who have no slip yet."""
    return cast.person("registrar"), cast.person("registrar", there=True)


def test_each_row_and_each_slip_says_unit_and_post(
    cast: Cast, security: Client, registrars: tuple[Person, Person]
) -> None:
    here = registrars[0]
    told = f"{cast.here.school.unit.name} 学籍管理员"
    assert told in page(security.get(SLIPS))
    assert told in page(security.post(SLIPS, {"person": here.pk}))


def test_a_unit_s_people_are_filtered_and_printed_together(
    cast: Cast, security: Client, registrars: tuple[Person, Person]
) -> None:
    here, there = registrars
    at = f"{SLIPS}?unit={cast.there.school.unit.name}"
    words = page(security.get(at))
    assert f">{there.username}<" in words
    assert f">{here.username}<" not in words
    assert "生成筛选出的全部登录单" in words
    printed = slips_in(page(security.post(at, {"all": "1"})))
    assert there.username in printed
    assert here.username not in printed


def test_more_than_a_print_are_told_of(
    security: Client, registrars: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 1)
    words = page(security.post(SLIPS, {"all": "1"}))
    assert len(slips_in(words)) == 1
    assert "没有打印，印好这些再接着印" in words


def test_lost_slips_are_printed_anew_together_until_an_own_password_is_chosen(
    security: Client, registrars: tuple[Person, Person]
) -> None:
    first = slips_in(page(security.post(SLIPS, {"person": [who.pk for who in registrars]})))
    own = with_password(registrars[1])
    Person.objects.filter(pk=own.pk).update(must_change_password=False)
    words = page(security.get(ANEW))
    assert f">{registrars[0].username}<" in words
    assert f">{own.username}<" not in words
    again = slips_in(page(security.post(ANEW, {"all": "1"})))
    assert set(again) == {registrars[0].username}
    registrars[0].refresh_from_db()
    assert registrars[0].check_password(again[registrars[0].username])
    assert not registrars[0].check_password(first[registrars[0].username])
    own.refresh_from_db()
    assert own.has_usable_password()


def test_a_slip_that_is_out_survives_a_further_post(
    cast: Cast, security: Client, registrars: tuple[Person, Person]
) -> None:
    here = registrars[0]
    first = slips_in(page(security.post(SLIPS, {"person": here.pk})))
    post = {
        "role": "学籍管理员",
        "unit": str(cast.there.school.unit.pk),
        "class_name": "",
        "starts_on": "2026-09-01",
        "reason": "兼任",
    }
    assert security.post(f"/staff/{here.pk}/grant/", post).status_code == 302
    here.refresh_from_db()
    assert here.check_password(first[here.username])
