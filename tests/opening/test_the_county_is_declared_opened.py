"""宣布已开通 shows what is lacking, asks why where something is, and is taken back."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from foundation.accounts.models import AuditEvent
from kongchuo.setup.opening.models import CountyOpening
from tests.browsing import client_of, page
from tests.cast import Cast

DECLARE, BACK = "/opening/declare/", "/opening/declare/withdraw/"
WHY = {"reason": "先开通，名册随后补"}


@pytest.fixture(autouse=True)
def opening(cast: Cast) -> CountyOpening:
    """A county whose posts are confirmed, with nearly all still lacking."""
    return CountyOpening.objects.create(
        county=cast.county,
        first=cast.person("security_officer"),
        second=cast.person("bureau_leader"),
        begun_at="2025-09-01T08:00:00+08:00",
        confirmed_at="2025-09-01T09:00:00+08:00",
    )


@pytest.fixture
def desk(cast: Cast) -> Client:
    return client_of(cast.person("county_desk"))


@pytest.mark.parametrize("role", ["county_desk", "bureau_leader", "security_officer"])
def test_who_is_named_may_declare_it_after_a_look_at_what_lacks(cast: Cast, role: str) -> None:
    client = client_of(cast.person(role))
    assert DECLARE in page(client.get("/opening/progress/"))
    words = page(client.get(DECLARE))
    assert "还没有导入名册" in words
    assert "没有办好的步骤" in words
    assert "请填写" in page(client.post(DECLARE), 422)
    assert CountyOpening.objects.get().opened_on is None
    assert "已宣布开通" in page(client.post(DECLARE, WHY, follow=True))


def test_who_may_not_declare_it_has_no_button(cast: Cast) -> None:
    client = client_of(cast.person("administrator"))
    assert DECLARE not in page(client.get("/opening/progress/"))
    assert client.post(DECLARE, WHY).status_code == 403


def test_a_declaration_is_taken_back_with_a_reason_that_is_kept(desk: Client) -> None:
    desk.post(DECLARE, WHY)
    assert BACK in page(desk.get("/opening/progress/"))
    page(desk.post(BACK), 422)
    assert "已撤回" in page(desk.post(BACK, {"reason": "宣布早了"}, follow=True))
    assert CountyOpening.objects.get().opened_on is None
    kept = AuditEvent.objects.filter(verb__startswith="county_open")
    assert {row.verb: row.reason for row in kept} == {
        "county_opened": WHY["reason"],
        "county_opening_taken_back": "宣布早了",
    }
    assert "还没有宣布" in page(desk.post(BACK, {"reason": "再撤一次"}), 422)


def test_links_that_one_may_not_open_are_not_shown(cast: Cast) -> None:
    words = page(client_of(cast.person("bureau_leader")).get("/opening/"))
    assert "/opening/upload/" not in words
    assert "/staff/slips/" not in words
    assert "/opening/upload/" in page(client_of(cast.person("security_officer")).get("/opening/"))


def test_a_step_with_a_year_missing_is_not_done(cast: Cast) -> None:
    with time_machine.travel(f"{date(2027, 11, 3)} 02:00:00+00:00", tick=False):
        words = page(client_of(cast.person("county_desk")).get("/opening/"))
    assert "还缺2027年的。还缺2028年的。" in words
