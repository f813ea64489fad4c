"""Nobody acts, and the case climbs rung by rung, each move dated by its deadline (domain 3.4)."""

from datetime import date

import pytest

from cases.models import CaseEvent
from cases.policy import Act, Stage
from foundation.messaging.models import Message
from tests.cases.steps import OPENED, do, due, night_after, stage, sweep_on
from tests.cast import Cast


@pytest.fixture
def case(cast: Cast, standing_case):
    return standing_case()


def test_on_the_day_of_opening_the_teacher_owes_the_report(case) -> None:
    assert case.stage == Stage.D1
    assert due(case, "report") == OPENED
    sweep_on(OPENED)
    assert stage(case) == Stage.D1


def test_the_day_after_the_silent_report_lapses_to_the_school(case) -> None:
    night_after(OPENED)
    assert stage(case) == Stage.D2
    move = CaseEvent.objects.get(case=case, act=Act.LAPSE)
    assert (move.occurred_on, move.recorded_on) == (OPENED, date(2025, 9, 13))
    assert due(case, "register") == due(case, "contact") == OPENED


def test_three_working_days_after_the_report_the_village_request_is_due(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    assert due(case, "visit") == date(2025, 9, 17)
    assert due(case, "ask_village") == date(2025, 9, 18)


@pytest.mark.parametrize(
    ("day", "rung"),
    [
        (date(2025, 9, 17), Stage.D2),
        (date(2025, 9, 18), Stage.D2),
        (date(2025, 9, 19), Stage.D3),
        (date(2025, 9, 24), Stage.D3),
        (date(2025, 9, 25), Stage.D4),
    ],
)
def test_the_worked_example_without_anybody_acting(case, day: date, rung: Stage) -> None:
    sweep_on(day)
    assert stage(case) == rung


def test_every_clock_move_is_dated_by_its_deadline_even_after_a_month_of_silence(case) -> None:
    sweep_on(date(2025, 11, 20))
    moves = CaseEvent.objects.filter(case=case, act=Act.LAPSE).order_by("id")
    assert [(m.from_stage, m.to_stage, m.occurred_on) for m in moves] == [
        ("D1", "D2", date(2025, 9, 12)),
        ("D2", "D3", date(2025, 9, 18)),
        ("D3", "D4", date(2025, 9, 24)),
    ]
    assert {m.recorded_on for m in moves} == {date(2025, 11, 20)}
    assert due(case, "answer") == date(2025, 9, 23)
    assert due(case, "report_township") == date(2025, 9, 24)
    assert due(case, "serve_order") == date(2025, 9, 30)


def test_the_township_rung_waits_overdue_and_the_county_is_told_once(cast, case) -> None:
    sweep_on(date(2025, 9, 30))
    missed = Message.objects.filter(to_unit=cast.county, key__startswith="missed:")
    told = missed.exclude(title__contains="书面报告")  # the school's own, told before (双报告)
    assert not told.exists()
    sweep_on(date(2025, 10, 9))
    sweep_on(date(2025, 10, 10))
    assert stage(case) == Stage.D4
    assert told.count() == 1


def test_a_served_order_gives_the_guardian_one_week_moved_to_a_working_day(cast, case) -> None:
    _reach_township(cast, case)
    do(cast, case, Act.SERVE_ORDER, "township_officer", date(2025, 9, 30))
    assert stage(case) == Stage.D5
    assert due(case, "await_return") == date(2025, 10, 9)
    sweep_on(date(2025, 10, 9))
    assert stage(case) == Stage.D5
    sweep_on(date(2025, 10, 10))
    assert stage(case) == Stage.D6
    assert due(case, "review") == date(2025, 11, 10)  # 11-09 is a Sunday


def test_a_review_starts_the_next_month(cast, case) -> None:
    _reach_township(cast, case)
    do(cast, case, Act.SERVE_ORDER, "township_officer", date(2025, 9, 30))
    sweep_on(date(2025, 10, 10))
    do(cast, case, Act.REVIEW, "township_leader", date(2025, 11, 5))
    assert stage(case) == Stage.D6
    assert due(case, "review") == date(2025, 12, 5)


def test_the_sweep_run_twice_moves_nothing_twice(case) -> None:
    sweep_on(date(2025, 9, 19))
    before = CaseEvent.objects.count(), Message.objects.count()
    sweep_on(date(2025, 9, 19))
    assert (CaseEvent.objects.count(), Message.objects.count()) == before


def _reach_township(cast, case) -> None:
    sweep_on(date(2025, 9, 25))
    for day in (date(2025, 9, 25), date(2025, 9, 26), date(2025, 9, 28)):
        do(cast, case, Act.CONTACT, "township_officer", day, method="visit")
