"""A form of a case sent again, by Back or a second tap, is recognised as the one already stored."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.policy import Act
from foundation import clock
from tests.browsing import stale_client_of
from tests.cases.steps import LAST_PRESENT, OPENED, at, do
from tests.cast import Cast
from tests.roster.pages import text

TALK = {
    "time": "16:30",
    "method": "visit",
    "participants": "班主任甲",
    "met": "祖母",
    "attitude": "hesitates",
    "content": "讲明义务教育法的要求，动员返校",
    "contact_result": "hesitates",
}
TOLD = "没有重复保存"


@pytest.fixture
def case(cast: Cast, standing_case) -> Case:
    return standing_case()


@pytest.fixture
def teacher(cast: Cast, monkeypatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: at(OPENED))
    return stale_client_of(cast.person("class_teacher"))


def send(client: Client, case: Case, act: Act, version: int, **fields: object) -> str:
    data = {"version": version, "occurred_on": OPENED, **fields}
    address = reverse("act", args=[case.number, act])
    return text(client.post(address, data, follow=True))


@pytest.mark.django_db
@pytest.mark.parametrize("newer", [0, 1])  # Back shows the old form, or loads it anew
def test_back_and_the_button_again_store_one_talk(case, teacher, newer: int) -> None:
    case.refresh_from_db()
    version = case.version
    assert TOLD not in send(teacher, case, Act.CONTACT, version, **TALK)

    shown = send(teacher, case, Act.CONTACT, version + newer, **TALK)

    assert TOLD in shown
    assert case.contacts.count() == 1


@pytest.mark.django_db
def test_a_second_talk_of_the_day_is_stored(case, teacher) -> None:
    case.refresh_from_db()
    send(teacher, case, Act.CONTACT, case.version, **TALK)
    send(teacher, case, Act.CONTACT, case.version + 1, **TALK | {"time": "19:00"})
    assert case.contacts.count() == 2


@pytest.mark.django_db
def test_the_same_words_of_another_person_are_another_talk(cast, case, teacher) -> None:
    case.refresh_from_db()
    send(teacher, case, Act.CONTACT, case.version, **TALK)
    do(cast, case, Act.CONTACT, "registrar", OPENED, **TALK)
    assert case.contacts.count() == 2


@pytest.mark.django_db
def test_a_report_sent_again_after_the_case_moved_is_told_the_same(case, teacher) -> None:
    case.refresh_from_db()
    said = {
        "last_seen_on": LAST_PRESENT,
        "cause": "02",
        "contact_tried": "上午给家长打了两次电话，都无人接听",
    }
    send(teacher, case, Act.REPORT, case.version, **said)
    assert TOLD in send(teacher, case, Act.REPORT, case.version, **said)
    assert case.events.filter(act=Act.REPORT).count() == 1
