"""The second person sees what the person concerned already is, why, and what follows."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import PeopleRequest, Person
from tests.accounts.conftest import with_password
from tests.accounts.test_two_people import WAITING, new_desk
from tests.browsing import client_of, page
from tests.cast import Cast


@pytest.fixture
def officer(cast: Cast) -> Client:
    return client_of(cast.person("security_officer"))


@pytest.fixture
def leader(cast: Cast) -> Client:
    return client_of(cast.person("bureau_leader"))


def asked(
    cast: Cast, who: Person, kind: str = PeopleRequest.FACTOR, days: int = 0
) -> PeopleRequest:
    """A request about somebody, made some days ago."""
    return PeopleRequest.objects.create(
        kind=kind,
        county=cast.county,
        person=who,
        username=who.username,
        name=who.name,
        reason="手机丢失，本人当面申请",
        requested_by=cast.post("security_officer"),
        requested_at=timezone.now() - timedelta(days=days),
    )


def test_the_posts_that_somebody_holds_stand_beside_the_one_asked_for(
    cast: Cast, officer: Client, leader: Client
) -> None:
    desk = cast.person("county_desk")
    officer.post(f"/staff/{desk.pk}/grant/", new_desk(cast, "局领导"))
    one = PeopleRequest.objects.get()
    for address in (WAITING, f"{WAITING}{one.pk}/confirm/"):
        words = page(leader.get(address))
        assert "甲县教育体育局 · 教育局基教股" in words
        assert "甲县教育体育局 · 局领导" in words


def test_who_loses_the_code_or_the_password_is_shown_with_unit_and_post(
    cast: Cast, leader: Client
) -> None:
    auditor = with_password(cast.person("auditor"))
    for kind, slip in ((PeopleRequest.FACTOR, False), (PeopleRequest.PASSWORD, True)):
        one = asked(cast, auditor, kind)
        words = page(leader.get(f"{WAITING}{one.pk}/confirm/"))
        assert "甲县教育体育局 · 审计员" in words
        assert ("登录单只在下一页显示一次" in words) is slip


def test_a_post_of_the_county_is_not_asked_for_without_a_reason(
    cast: Cast, officer: Client
) -> None:
    words = page(officer.post("/staff/add/", {**new_desk(cast), "reason": " "}), 422)
    assert "写明依据" in words
    assert not PeopleRequest.objects.exists()


def test_what_waits_comes_first_and_the_newest_of_it_on_top(
    cast: Cast, officer: Client, leader: Client
) -> None:
    lapsed = asked(cast, cast.person("auditor"), days=20)
    refused = asked(cast, cast.person("administrator"), days=3)
    leader.post(f"{WAITING}{refused.pk}/refuse/", {"reason": "本人未到场"})
    older = asked(cast, cast.person("county_desk"), days=2)
    newest = asked(cast, cast.person("supervisor"), days=1)
    words = page(leader.get(WAITING))
    order = [words.index(f'id="asked-{one.pk}"') for one in (newest, older, refused, lapsed)]
    assert order == sorted(order)
