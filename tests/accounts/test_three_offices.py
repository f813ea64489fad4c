"""系统管理员、安全管理员、审计员: nobody holds two of the three offices (security S10)."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from foundation.accounts import actions
from foundation.accounts.actions import Refused, grant_post
from foundation.accounts.models import PeopleRequest, Person, Post
from foundation.accounts.roles import OFFICES, role_of
from tests.accounts.test_two_people import decide, new_desk
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, Cast

SPLIT = import_module("foundation.accounts.migrations.0012_three_offices").split_the_office
PAIRS = [(a, b) for a in OFFICES for b in OFFICES if a != b]


@pytest.fixture
def officer(cast: Cast) -> Client:
    return client_of(cast.person("security_officer"))


@pytest.mark.parametrize(("held", "other"), [pair for pair in PAIRS if "security" not in pair[0]])
def test_a_second_office_is_refused_in_words(
    cast: Cast, officer: Client, held: str, other: str
) -> None:
    who, label = cast.person(held), role_of(other).label
    words = page(officer.post(f"/staff/{who.pk}/grant/", new_desk(cast, label)), 422)
    assert f"任「{role_of(held).label}」" in words
    assert "请另选一人" in words
    assert not PeopleRequest.objects.exists()


def test_an_office_got_while_the_request_waited_is_refused_at_the_confirmation(
    cast: Cast, officer: Client
) -> None:
    clerk = Person.objects.create_person("idle01", "吴闲")
    officer.post("/staff/add/", {**new_desk(cast, "审计员"), "name": "吴闲", "login": "idle01"})
    grant_post(clerk, "administrator", cast.county, LONG_AGO, None)
    asked = PeopleRequest.objects.get()
    leader = client_of(cast.person("bureau_leader"))
    assert "请另选一人" in decide(leader, asked, "confirm", 422)


@pytest.mark.parametrize("held", OFFICES)
def test_who_holds_an_office_gets_no_post_that_sees_children(
    cast: Cast, officer: Client, held: str
) -> None:
    """Neither from one officer alone nor by a request that a second person would confirm."""
    who = cast.person(held)
    if held == "security_officer":
        who = Person.objects.create_person("second01", "王二安")
        grant_post(who, held, cast.county, LONG_AGO, None)
    clerk = {**new_desk(cast, "学籍管理员"), "unit": cast.here.school.unit.pk}
    for asked in (clerk, new_desk(cast, "教育局基教股")):
        words = page(officer.post(f"/staff/{who.pk}/grant/", asked), 422)
        assert "看得到学生或个案的职务" in words
    assert Post.objects.filter(person=who).count() == 1
    assert not PeopleRequest.objects.exists()


def test_who_sees_children_is_given_no_office(cast: Cast, officer: Client) -> None:
    who = cast.person("county_desk")
    words = page(officer.post(f"/staff/{who.pk}/grant/", new_desk(cast, "系统管理员")), 422)
    assert "任「教育局基教股」" in words
    assert not PeopleRequest.objects.exists()


@pytest.mark.parametrize(("held", "other"), PAIRS)
def test_the_database_refuses_it_too(cast: Cast, held: str, other: str) -> None:
    with pytest.raises(IntegrityError, match="no_two_offices"), transaction.atomic():
        Post.objects.create(
            person=cast.person(held), role=other, unit=cast.county, starts_on=LONG_AGO
        )


def test_one_office_after_the_other_is_no_two(cast: Cast) -> None:
    today = timezone.localdate()
    actions.end_post(cast.post("administrator"), today)
    who = cast.person("administrator")
    with pytest.raises(Refused):
        grant_post(who, "auditor", cast.county, today, None)
    assert grant_post(who, "auditor", cast.county, today + timedelta(days=1), None)


def test_the_head_of_the_bureau_confirms_what_the_officer_asks_for(
    cast: Cast, officer: Client
) -> None:
    assert officer.post("/staff/add/", new_desk(cast, "局领导"))["Location"]
    leader = client_of(cast.person("bureau_leader"))
    assert "slip-password" in decide(leader, PeopleRequest.objects.get(), "confirm", 200)
    assert Post.objects.get(person__username="wuxin01").role == "bureau_leader"


def test_the_auditor_reads_who_went_beyond_a_limit_and_changes_nothing(cast: Cast) -> None:
    auditor = client_of(cast.person("auditor"))
    words = page(auditor.get("/people/limits/"))
    assert 'href="/people/requests/"' not in words
    assert auditor.get("/people/requests/").status_code == 403
    assert auditor.get("/people/").status_code == 403


def _upgrade(cast: Cast, *more: str, since: date = LONG_AGO) -> list[Post]:
    """The county as before the upgrade, with these administrators besides, and the upgrade."""
    Post.objects.filter(role__in=["security_officer", "auditor"]).update(ends_on=LONG_AGO)
    for login in more:
        person = Person.objects.create_person(login, login)
        grant_post(person, "administrator", cast.county, since, None)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    SPLIT(SimpleNamespace(connection=connection))
    today = timezone.localdate()
    return [
        post for post in Post.objects.order_by("pk") if not post.ends_on or post.ends_on > today
    ]


def _offices(posts: list[Post]) -> dict[str, str]:
    return {p.person.username: p.role for p in posts if p.role in OFFICES}


def test_of_several_administrators_the_first_stays_and_the_others_keep_the_people(
    cast: Cast,
) -> None:
    found = _offices(_upgrade(cast, "second", "third"))
    assert found == {
        "administrator": "administrator",
        "second": "security_officer",
        "third": "security_officer",
    }
    past = Post.objects.get(person__username="second", role="administrator")
    assert past.ends_on == timezone.localdate() - timedelta(days=1)
    assert "分设" in past.end_reason


def test_the_only_administrator_keeps_the_people(cast: Cast) -> None:
    assert _offices(_upgrade(cast)) == {"administrator": "security_officer"}


def test_an_administrator_who_begins_tomorrow_begins_as_the_office_that_is_needed(
    cast: Cast,
) -> None:
    found = _offices(_upgrade(cast, "ahead", since=timezone.localdate() + timedelta(days=1)))
    assert found == {"administrator": "administrator", "ahead": "security_officer"}
