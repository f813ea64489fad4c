"""The limits that the system came with are the county's own only after it has confirmed them."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import seed_parameters, unconfirmed
from foundation.accounts.models import Parameter
from kongchuo.setup.opening.models import CountyOpening
from tests.browsing import client_of, page
from tests.cast import Cast

ASKED = "请本县确认"


@pytest.fixture
def desk(cast: Cast) -> Client:
    CountyOpening.objects.create(
        county=cast.county,
        first=cast.person("security_officer"),
        second=cast.person("bureau_leader"),
        begun_at=timezone.now(),
    )
    seed_parameters(cast.county, timezone.localdate())
    return client_of(cast.person("county_desk"))


def test_defaults_are_named_so_and_are_confirmed_by_one_press(cast: Cast, desk: Client) -> None:
    assert f"系统默认值，依据茂政发〔2023〕6号 三，{ASKED}" in page(desk.get("/parameters/"))
    assert "等本县确认" in page(desk.get("/opening/"))
    words = page(desk.post("/parameters/confirm/", {"source": "甲教发〔2025〕3号"}, follow=True))
    assert ASKED not in words
    assert "甲教发〔2025〕3号" in words
    assert not unconfirmed(cast.county)
    row = Parameter.objects.filter(recorded_by=cast.person("county_desk")).latest("pk")
    assert row.valid_from == timezone.localdate()
    assert "期限参数已确认" in page(desk.get("/opening/"))


def test_they_are_listed_in_the_order_of_the_page_of_limits(desk: Client) -> None:
    listed, asked = page(desk.get("/parameters/")), page(desk.get("/parameters/confirm/"))
    places = [listed.index(label) for label in re.findall(r"<dt>(.+?)</dt>", asked)]
    assert len(places) > 20
    assert places == sorted(places)


def test_without_a_paper_the_row_says_that_it_is_the_system_s_default(desk: Client) -> None:
    words = page(desk.post("/parameters/confirm/", {"source": ""}, follow=True))
    assert "系统默认值（依据茂政发〔2023〕6号 三）" in words


def test_who_may_not_change_a_limit_does_not_confirm_it(cast: Cast, desk: Client) -> None:
    client = client_of(cast.person("security_officer"))
    words = page(client.get("/parameters/"))
    assert ASKED in words
    assert "/parameters/confirm/" not in words
    assert client.post("/parameters/confirm/").status_code == 403
