"""A return on somebody's word that the roll denies is refused, or taken back (design 4)."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case, Deadline
from cases.policy import Act, Stage
from foundation import clock
from foundation.days import full_day_words
from foundation.messaging.models import Message
from tests.browsing import stale_client_of
from tests.cases.steps import (
    at,
    by_half_days,
    call_roll,
    do,
    event,
    reach,
    stage,
    sweep_on,
)
from tests.cast import Cast
from tests.roster.pages import text

pytestmark = pytest.mark.django_db

FRI, MON, TUE, WED, THU = (date(2025, 9, day) for day in (12, 15, 16, 17, 18))


@pytest.fixture
def child(case):
    return case.child


@pytest.fixture
def case(cast: Cast, standing_case) -> Case:
    return standing_case()


@pytest.fixture
def enter(cast, case, monkeypatch):
    """``enter(today, day, status)``: the registrar enters a return on ``day`` by the form."""

    def post(today: date, day: date, status: int) -> str:
        monkeypatch.setattr(clock, "now", lambda: at(today))
        case.refresh_from_db()
        client = stale_client_of(cast.person("registrar"))
        data = {"version": case.version, "occurred_on": day, "placement": "same_class"}
        return text(client.post(reverse("act", args=[case.number, Act.RETURN]), data), status)

    return post


def owed(case: Case) -> list[tuple[str, date]]:
    rows = Deadline.objects.owed().filter(case=case)
    return sorted(rows.values_list("code", "due_on"))


def test_on_a_day_the_roll_missed_the_child_it_is_refused(cast, case, child, enter) -> None:
    call_roll(cast, MON, child)

    shown = enter(MON, MON, 422)

    assert "点名记着今天未到，不能登记今天返校" in shown
    assert "请先更正点名" in shown
    assert stage(case) == Stage.D2


def test_the_page_offers_no_return_while_the_roll_has_the_child_missing_today(
    cast, case, child, monkeypatch
) -> None:
    call_roll(cast, MON, child)
    monkeypatch.setattr(clock, "now", lambda: at(MON))
    client = stale_client_of(cast.person("registrar"))
    url, act = f"/cases/{case.number}/", reverse("act", args=[case.number, Act.RETURN])
    shown = text(client.get(url))
    assert act not in shown
    assert "点名记着今天未到，还不能登记返校" in shown
    monkeypatch.setattr(clock, "now", lambda: at(TUE))
    assert act in text(client.get(url))


def test_an_earlier_roll_is_asked_too(cast, case, child, enter) -> None:
    call_roll(cast, MON, child)

    assert "点名记着2025-09-15未到" in enter(TUE, MON, 422)
    enter(TUE, TUE, 302)


def test_who_came_after_a_missed_morning_is_back(cast, case, child, enter) -> None:
    by_half_days(cast)
    call_roll(cast, MON, child, session="am")

    enter(MON, MON, 302)
    call_roll(cast, MON, session="pm")

    assert stage(case) == Stage.D9


@pytest.mark.parametrize("missed", [MON, TUE], ids=["the day itself", "the next day"])
def test_a_later_roll_without_the_child_takes_it_back(cast, case, child, enter, missed) -> None:
    reach(cast, case, "D2")
    before = owed(case)
    assert ("visit", WED) in before
    enter(MON, MON, 302)
    assert not owed(case)

    call_roll(cast, missed, child)

    case.refresh_from_db()
    assert (case.stage, case.returned_on) == (Stage.D2, None)
    assert owed(case) == before
    moved = event(case, Act.RELAPSE)
    assert (moved.occurred_on, moved.text) == (
        MON,
        f"{full_day_words(missed)}的点名记为无故未到。",
    )
    titles = Message.objects.filter(to_unit=cast.here.school.unit).values_list("title", flat=True)
    assert any("点名未到，登记的返校撤销" in title for title in titles)


def test_the_word_gains_no_time(cast, case, child) -> None:
    """What fell due meanwhile has lapsed on its day, as if nobody had said anything."""
    do(cast, case, Act.RETURN, "registrar", WED)
    sweep_on(date(2025, 9, 19))
    call_roll(cast, date(2025, 9, 19), child)

    assert stage(case) == Stage.D3
    assert event(case, Act.LAPSE).occurred_on == THU


def test_a_presence_between_makes_the_absence_one_of_the_observation(
    cast, case, child, enter
) -> None:
    enter(MON, MON, 302)
    call_roll(cast, TUE)
    call_roll(cast, WED, child)
    assert stage(case) == Stage.D9


def test_two_days_without_a_roll_bear_it_out_as_well(cast, case, child, enter) -> None:
    enter(MON, MON, 302)
    call_roll(cast, THU, child)
    assert stage(case) == Stage.D9
    call_roll(cast, WED, child, today=THU)
    assert stage(case) == Stage.D2


def test_leave_says_nothing_either_way(cast, case, child, enter) -> None:
    enter(MON, MON, 302)
    call_roll(cast, TUE, child, kind="sick", until=TUE)
    assert stage(case) == Stage.D9


def test_the_timeline_says_why(cast, case, child, enter) -> None:
    enter(MON, MON, 302)
    call_roll(cast, TUE, child)
    client = stale_client_of(cast.person("registrar"))

    assert "点名未到，登记的返校撤销" in text(client.get(reverse("case", args=[case.number])))
