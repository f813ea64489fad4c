"""An account unused for more than 180 days is sealed, and the list warns from day 150 (S57)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Person
from tests.accounts.conftest import sign_in
from tests.browsing import client_of, page
from tests.cast import Cast


def unused_for(person: Person, days: int) -> Person:
    """The account was made long ago and last used so many days before today."""
    now = timezone.now()
    Person.objects.filter(pk=person.pk).update(
        created_at=now - timedelta(days=900), last_login=now - timedelta(days=days)
    )
    person.refresh_from_db()
    return person


@pytest.mark.parametrize(("days", "opens"), [(179, True), (180, True), (181, False)])
def test_after_180_days_the_door_stays_shut_and_says_why(
    teacher: Person, days: int, opens: bool
) -> None:
    answer = sign_in(Client(), unused_for(teacher, days).username)
    assert (answer.status_code == 302) is opens
    if not opens:
        assert "已超过180天没有使用，按规定封存" in page(answer)


@pytest.mark.parametrize(
    ("days", "state"),
    [(149, ""), (150, "soon"), (180, "soon"), (181, "sealed")],
)
def test_python_and_sql_agree_from_day_to_day(teacher: Person, days: int, state: str) -> None:
    today = timezone.localdate()
    unused_for(teacher, days)
    one = Person.objects.filter(pk=teacher.pk)
    assert one.sealed(today).exists() is teacher.is_sealed_on(today) is (state == "sealed")
    assert one.soon_sealed(today).exists() is teacher.is_soon_sealed_on(today) is (state == "soon")


def test_an_account_never_used_counts_from_the_day_it_was_made(teacher: Person) -> None:
    unused_for(teacher, 1)
    Person.objects.filter(pk=teacher.pk).update(last_login=None)
    assert "封存" in page(sign_in(Client(), teacher.username))


def test_the_list_warns_and_shows_the_sealed(cast: Cast, teacher: Person) -> None:
    security_officer = client_of(cast.person("security_officer"))
    unused_for(teacher, 160)
    assert "即将封存" in page(security_officer.get("/people/?state=soon&q=class_teacher"))
    unused_for(teacher, 200)
    assert "已封存" in page(security_officer.get("/people/?state=sealed"))


def test_the_security_officer_opens_it_again(cast: Cast, teacher: Person) -> None:
    unused_for(teacher, 200)
    address = f"/people/{teacher.pk}/unseal/"
    security_officer = client_of(cast.person("security_officer"))
    assert "解除封存" in page(security_officer.get(f"/people/{teacher.pk}/"))
    assert security_officer.post(address, {"unseal-reason": "产假后返岗"}).status_code == 302
    assert sign_in(Client(), teacher.username).status_code == 302
    assert AuditEvent.objects.get(verb="account_unsealed").reason == "产假后返岗"


def test_what_is_not_sealed_is_not_opened(cast: Cast, teacher: Person) -> None:
    security_officer = client_of(cast.person("security_officer"))
    answer = security_officer.post(f"/people/{teacher.pk}/unseal/", {"unseal-reason": "返岗"})
    assert "该账号没有封存" in page(answer, 422)
