"""An entrant who was entered by mistake is taken off the list with a reason; the row stays."""

from datetime import date
from typing import Any

import pytest

from foundation import clock
from foundation.accounts.models import AuditEvent
from students.census.models import Entrant
from tests.browsing import client_of, page
from tests.cases.steps import at
from tests.cast import Cast
from tests.census.steps import REGISTRATION, SPRING, Primary, a_row, enter, issue, make_primary

WHY = "重复登记，同一名儿童已用另一姓名登记"


@pytest.fixture
def primary(cast: Cast) -> Primary:
    return make_primary(cast.here)


@pytest.fixture
def desk(primary: Primary, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "now", lambda: at(SPRING))
    return client_of(primary.registrar.person)


def take_back(desk: Any, found: Entrant, reason: str = WHY, status: int = 200) -> str:
    url = f"/census/{found.pk}/withdraw/"
    return page(desk.post(url, {"reason": reason}, follow=True), status)


def test_it_leaves_the_list_and_its_page_tells_why(primary: Primary, desk: Any) -> None:
    (found,) = enter(primary)
    assert "登记错了，撤回" in page(desk.get(f"/census/{found.pk}/"))
    shown = take_back(desk, found)
    assert WHY in shown
    assert "登记已撤回" in shown
    assert "登记错了，撤回" not in shown
    listed = page(desk.get("/census/?year=2026"))
    assert "王新生" not in listed
    assert "已撤回的登记1条" in listed
    assert "王新生" in page(desk.get("/census/?year=2026&withdrawn=1"))
    event = AuditEvent.objects.get(verb="withdraw_entrant")
    assert (event.reason, event.children) == (WHY, [found.child_id])


def test_nobody_is_missed_who_was_taken_back(primary: Primary, desk: Any) -> None:
    (found,) = enter(primary)
    day = date(2026, 9, 5)
    assert Entrant.objects.missing_on(day).exists()
    take_back(desk, found)
    assert not Entrant.objects.missing_on(day).exists()


def test_the_same_child_is_entered_again(primary: Primary, desk: Any) -> None:
    (found,) = enter(primary)
    take_back(desk, found)
    (again,) = enter(primary, a_row())
    assert (again.child_id, again.pk) != (found.child_id, found.pk)
    assert again.child_id == found.child_id


def test_a_notice_is_cancelled_first(cast: Cast, primary: Primary, desk: Any) -> None:
    (found,) = enter(primary)
    issue(cast, [found])
    assert "请乡镇领导先在文书里作废" in take_back(desk, found, status=422)
    assert "登记错了，撤回" not in page(desk.get(f"/census/{found.pk}/"))


def test_who_is_missing_after_the_day_is_a_case(
    primary: Primary, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = enter(primary)
    monkeypatch.setattr(clock, "now", lambda: at(REGISTRATION.replace(month=9, day=2)))
    assert "已按未报到立案" in take_back(desk, found, status=422)


@pytest.mark.parametrize("reason", ["", "无"])
def test_a_reason_is_asked_for(primary: Primary, desk: Any, reason: str) -> None:
    (found,) = enter(primary)
    take_back(desk, found, reason, 422)
    found.refresh_from_db()
    assert found.withdrawn_on is None
