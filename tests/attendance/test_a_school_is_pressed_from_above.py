"""催办 from above: who answers for an area writes to a school whose classes are not called."""

from typing import Any

import pytest

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.messaging.models import Message
from students.roster.models import Child
from tests.attendance.help import FRI, Caller, at
from tests.browsing import client_of, page
from tests.cast import Cast

RATES = "/mornings/rates/"


@pytest.fixture(autouse=True)
def _friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(FRI, 10, 5))


def press(cast: Cast, role: str, there: bool = False) -> Any:
    """Press the school of ours."""
    address = f"{RATES}schools/{cast.here.school.pk}/press/"
    return client_of(cast.person(role, there)).post(address, follow=True)


@pytest.mark.parametrize("role", ["county_desk", "township_officer", "central_school"])
def test_the_school_is_written_to_once_an_hour(cast: Cast, hua: Child, role: str) -> None:
    assert 'form="press"' in page(client_of(cast.person(role)).get(RATES))
    assert "还有1个班没有点名" in page(press(cast, role))
    letter = Message.objects.get()
    assert letter.to_unit_id == cast.here.school.pk
    assert letter.title == f"{cast.post(role).unit.name}催办：今天还有1个班没有点名"
    assert "八年级2班" in letter.body
    assert "没有重复发送" in page(press(cast, role))
    assert Message.objects.count() == 1
    assert AuditEvent.objects.filter(verb="press_school").count() == 1


def test_a_school_that_has_called_is_not_pressed(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    assert "都已点名" in page(press(cast, "county_desk"))
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", ["head_teacher", "supervisor", "bureau_leader"])
def test_who_presses_no_school_is_refused(cast: Cast, hua: Child, role: str) -> None:
    assert press(cast, role).status_code == 403
    assert 'form="press"' not in page(client_of(cast.person(role)).get(RATES))


def test_the_next_township_finds_no_such_school(cast: Cast, hua: Child) -> None:
    assert press(cast, "township_officer", there=True).status_code == 404
