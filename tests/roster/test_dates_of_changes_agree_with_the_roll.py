"""A child whom the roll found at school was not gone by then: the dates of changes are checked."""

from datetime import date
from typing import Any

import pytest

from foundation import clock
from students.calendars.terms import Term
from students.calendars.workdays import Calendar
from students.roster.changes.acts import common
from students.roster.changes.presence import last_there
from students.roster.models import Change, Child
from students.roster.rules.change_kinds import ChangeRefused
from tests.attendance.help import Caller, missing
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.roster.changing import FRI, record
from tests.roster.test_pages_of_changes import filled

pytestmark = pytest.mark.django_db

WED, THU = date(2025, 9, 10), date(2025, 9, 11)
LEAVING: dict[str, dict[str, Any]] = {
    "transfer_out": {"outside_school": "邻县一中", "outside_place": "邻县"},
    "suspension": {"until": date(2026, 3, 1), "reason": "10"},
    "abroad": {"outside_place": "泰国"},
    "death": {},
}


@pytest.fixture
def child(cast: Cast) -> Child:
    """There on Wednesday and Thursday, ill on Friday."""
    child = make_child(cast.here)
    make_child(cast.here)
    caller = Caller(cast)
    caller.call(WED)
    caller.call(THU)
    caller.call(FRI, missing(child, "sick", FRI))
    return child


def test_the_roll_answers_when_a_child_was_last_there(cast: Cast, child: Child) -> None:
    assert last_there(child.pk, FRI) == THU
    assert last_there(child.pk, WED) == WED
    assert last_there(make_child(cast.there).pk, FRI) is None


@pytest.mark.parametrize("kind", LEAVING)
def test_gone_before_the_last_day_at_school_is_refused_with_that_day(
    cast: Cast, child: Child, kind: str
) -> None:
    with pytest.raises(ChangeRefused, match="点名记着该生2025-09-11还在校"):
        record(cast, kind, child, occurred_on=WED, **LEAVING[kind])
    assert not Change.objects.exists()
    assert record(cast, kind, child, occurred_on=THU, **LEAVING[kind]).occurred_on == THU


def test_the_form_says_it_and_keeps_what_was_typed(cast: Cast, child: Child, monkeypatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRI)
    data = filled(cast, "transfer_out") | {"occurred_on": "2025-09-10"}
    url = f"/changes/pupil/{child.pk}/transfer_out/"

    shown = page(client_of(cast.person("registrar")).post(url, data), 422)

    assert "离校日期不能早于这一天" in shown
    assert "邻县一中" in shown


def test_a_child_the_roll_never_asked_for_left_after_last_term(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = (date(2025, 2, 17), date(2025, 7, 4)), (date(2025, 9, 1), date(2026, 1, 16))
    spring, autumn = (Term("学期", first, last, first) for first, last in days)
    terms = Calendar(terms=(spring, autumn))
    monkeypatch.setattr(common, "calendar_for", lambda county: terms)
    child = make_child(cast.here)
    child.enrolments.update(starts_on=date(2024, 9, 1))
    more = LEAVING["transfer_out"]
    with pytest.raises(ChangeRefused, match="不能早于上学期最后一天（2025-07-04）"):
        record(cast, "transfer_out", child, occurred_on=date(2025, 7, 3), **more)
    assert record(cast, "transfer_out", child, occurred_on=date(2025, 7, 4), **more).pk
