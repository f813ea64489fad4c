"""The school's hand-over waits for the first day really taught (domain 3.5, design 4)."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case, CaseEvent
from cases.policy import Act, Stage
from foundation import clock
from foundation.accounts.actions import set_parameter
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import a_case, call_roll, deadline, do, due, event, stage, sweep_on
from tests.cast import Cast, make_child

LAST_DAY, FIRST_DAY = date(2026, 1, 16), date(2026, 3, 2)  # of the terms on record
CLOSED, TAUGHT, NEXT = (date(2026, 3, 2), date(2026, 3, 3)), date(2026, 3, 4), date(2026, 3, 5)


@pytest.fixture
def child(cast: Cast) -> Child:
    return make_child(cast.here)


def at_d2(cast: Cast, child: Child, first: date, day: date) -> Case:
    case = a_case(cast, child, day, first)
    return do(cast, case, Act.REPORT, "class_teacher", day)


@pytest.fixture
def case(cast: Cast, child: Child) -> Case:
    """A case whose window the winter vacation meets."""
    return at_d2(cast, child, date(2026, 1, 13), date(2026, 1, 14))


def close_school(cast: Cast, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """The county enters the first two teaching days as closed."""
    enter(cast, today, CLOSED, monkeypatch)


def enter(
    cast: Cast, today: date, closed: tuple[date, date], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: today)
    first, last = (day.isoformat() for day in closed)
    where = cast.here.school.unit.pk
    data = {"where": where, "held": "no", "first": first, "last": last, "reason": "暴雪停课"}
    page(client_of(cast.person("county_desk")).post(reverse("school_days"), data), 302)


@pytest.mark.parametrize("entered", [date(2026, 2, 27), FIRST_DAY])
def test_the_request_is_due_on_the_first_day_really_taught(
    cast, case, entered, monkeypatch
) -> None:
    close_school(cast, entered, monkeypatch)
    assert due(case, "ask_village") == TAUGHT
    sweep_on(TAUGHT)
    assert stage(case) == Stage.D2
    sweep_on(NEXT)
    assert stage(case) == Stage.D3
    assert event(case, Act.LAPSE).occurred_on == TAUGHT


def test_a_child_present_that_day_never_reached_the_village(cast, case, monkeypatch) -> None:
    close_school(cast, date(2026, 2, 27), monkeypatch)
    for day in (FIRST_DAY, CLOSED[1], TAUGHT):
        sweep_on(day)
    call_roll(cast, TAUGHT)
    sweep_on(NEXT)
    case.refresh_from_db()
    assert (case.stage, case.back_to, case.village_asked_on) == (Stage.D9, "D2", None)


def test_days_closed_in_the_middle_of_the_term_delay_no_hand_over(cast, child, monkeypatch) -> None:
    case = at_d2(cast, child, date(2026, 3, 9), date(2026, 3, 10))
    assert due(case, "ask_village") == date(2026, 3, 16)
    enter(cast, date(2026, 3, 11), (date(2026, 3, 16), date(2026, 3, 16)), monkeypatch)
    assert due(case, "ask_village") == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("first", "opened", "window_end", "request_due"),
    [
        (date(2026, 1, 9), date(2026, 1, 12), date(2026, 1, 15), LAST_DAY),
        (date(2026, 1, 12), date(2026, 1, 13), LAST_DAY, FIRST_DAY),
        (date(2026, 1, 13), date(2026, 1, 14), date(2026, 3, 1), FIRST_DAY),
    ],
    ids=["the day before", "into the vacation", "the window meets it"],
)
def test_a_hand_over_that_falls_into_the_vacation_waits(
    cast, child, first, opened, window_end, request_due
) -> None:
    case = at_d2(cast, child, first, opened)
    assert (deadline(case, "visit").window_end, due(case, "ask_village")) == (
        window_end,
        request_due,
    )
    sweep_on(date(2026, 2, 20))
    climbed = CaseEvent.objects.filter(case=case, act=Act.LAPSE, from_stage="D2")
    assert climbed.exists() == (request_due == LAST_DAY)


def test_a_county_whose_clocks_run_on_waits_for_nobody(cast, child) -> None:
    set_parameter(cast.county, "P14", False, date(2026, 1, 1), "县文〔2026〕1号")
    case = at_d2(cast, child, date(2026, 1, 12), date(2026, 1, 13))
    assert due(case, "ask_village") == date(2026, 1, 19)


def test_the_page_says_why_it_waits(cast, case, monkeypatch) -> None:
    close_school(cast, date(2026, 2, 27), monkeypatch)
    row = deadline(case, "ask_village")
    words = page(
        client_of(cast.person("registrar")).get(reverse("why", args=[case.number, row.pk]))
    )
    assert "遇寒暑假顺延，开学后第一个实际上课日办理转办：3月4日 周三" in words
    assert "3月3日 周二（停课）" in words
