"""Accounts unused for 150 days are warned of, those of 180 days sealed; both are told (S57)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foundation import clock
from foundation.accounts.models import AuditEvent, Person, Post
from foundation.messaging.models import Message
from kongchuo.setup.disuse.tasks import remind
from tests.accounts.conftest import sign_in, with_password
from tests.accounts.test_accounts_unused_are_sealed import unused_for
from tests.browsing import client_of, page
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("_everybody_came_today")


@pytest.fixture
def _everybody_came_today(cast: Cast) -> None:
    Person.objects.update(last_login=timezone.now(), created_at=timezone.now())


def letters(person: Person) -> list[str]:
    """The titles that the person reads in the inbox."""
    words = page(client_of(person).get("/inbox/"))
    found = Message.objects.values_list("title", flat=True)
    return sorted({title for title in found if title in words})


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (149, None),
        (150, "class_teacher甲的账号150天没有登录"),
        (180, "class_teacher甲的账号150天没有登录"),
        (181, "class_teacher甲的账号已经封存"),
        (200, "class_teacher甲的账号已经封存"),
    ],
)
def test_the_head_is_told_on_the_day_and_once(cast: Cast, days: int, title: str | None) -> None:
    unused_for(cast.person("class_teacher"), days)
    remind()
    remind()
    wanted = [title] if title else []
    assert letters(cast.person("head_teacher")) == wanted
    assert letters(cast.person("registrar")) == wanted
    assert Message.objects.filter(title__contains="甲的账号").count() == len(wanted)


def test_the_person_is_warned_too(cast: Cast) -> None:
    teacher = unused_for(cast.person("class_teacher"), 150)
    remind()
    assert "您的账号150天没有登录" in letters(teacher)
    assert "您的账号150天没有登录" not in letters(cast.person("head_teacher"))


def test_who_signs_in_after_the_warning_is_warned_anew_another_time(cast: Cast) -> None:
    teacher = unused_for(cast.person("class_teacher"), 150)
    remind()
    unused_for(teacher, 10)
    remind()
    assert Message.objects.filter(title__contains="已经封存").count() == 0
    unused_for(teacher, 151)
    remind()
    assert Message.objects.filter(title="您的账号150天没有登录").count() == 2


def test_the_classes_of_the_sealed_are_named(cast: Cast) -> None:
    unused_for(cast.person("class_teacher"), 181)
    remind()
    body = Message.objects.get(title="class_teacher甲的账号已经封存").body
    assert cast.here.school_class.name_on(clock.today()) in body
    assert "请安排他人接手" in body


@pytest.mark.parametrize(
    ("role", "reader", "other"),
    [
        ("village_cadre", "township_officer", "security_officer"),
        ("head_teacher", "security_officer", "registrar"),
        ("county_desk", "security_officer", "bureau_leader"),
    ],
)
def test_who_manages_the_person_is_told_and_nobody_else(
    cast: Cast, role: str, reader: str, other: str
) -> None:
    unused_for(cast.person(role), 181)
    remind()
    title = f"{role}甲的账号已经封存"
    assert title in letters(cast.person(reader))
    assert title not in letters(cast.person(other))


def test_a_post_that_sleeps_since_the_opening_counts_for_nobody(cast: Cast) -> None:
    sleeper = unused_for(Person.objects.create_person("sleeper", "待确认甲"), 181)
    Post.objects.create(
        person=sleeper,
        role="bureau_leader",
        unit=cast.county,
        starts_on=clock.today() - timedelta(days=181),
        asleep=True,
    )
    remind()
    assert not Message.objects.exists()


def test_the_registrar_opens_a_sealed_teacher_again(cast: Cast) -> None:
    teacher = with_password(unused_for(cast.person("class_teacher"), 181))
    assert "学籍管理员、校长" in page(sign_in(Client(), teacher.username))
    registrar = client_of(cast.person("registrar"))
    assert "解除封存" in page(registrar.get(f"/staff/{teacher.pk}/"))
    address = f"/staff/{teacher.pk}/unseal/"
    assert "解除class_teacher甲账号的封存" in page(registrar.get(address))
    assert registrar.post(address, {"reason": "产假后返岗"}).status_code == 302
    assert sign_in(Client(), teacher.username).status_code == 302
    assert AuditEvent.objects.get(verb="account_unsealed").object_id == teacher.pk


def test_a_registrar_does_not_open_the_head_s_account(cast: Cast) -> None:
    head = unused_for(cast.person("head_teacher"), 181)
    registrar = client_of(cast.person("registrar"))
    answer = registrar.post(f"/staff/{head.pk}/unseal/", {"reason": "返岗"})
    assert "不由您管理" in page(answer, 422)
