"""An observation broken by more than P1: back to its rung with what was left (domain 3.7)."""

from datetime import date

import pytest

from cases.models import Deadline
from cases.policy import Act, Stage
from tests.cases.steps import (
    by_half_days,
    call_roll,
    deadline,
    do,
    due,
    event,
    reach,
    school_days,
    stage,
    sweep_on,
)
from tests.cast import Cast

MON, TUE, WED, THU, FRI = (date(2025, 9, day) for day in (15, 16, 17, 18, 19))


@pytest.fixture
def child(case):
    return case.child


@pytest.fixture
def case(cast: Cast, standing_case):
    """Opened on Friday the 12th: the visit is due on the 17th, the request on the 18th."""
    return standing_case()


def test_one_day_away_does_not_break_the_observation(cast, case, child) -> None:
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    assert stage(case) == Stage.D9


def test_the_second_day_takes_the_case_back_to_its_rung(cast, case, child) -> None:
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    call_roll(cast, WED, child)
    case.refresh_from_db()
    assert (case.stage, case.back_to, case.returned_on) == (Stage.D2, "", None)
    moved = event(case, Act.RELAPSE)
    assert (moved.from_stage, moved.to_stage, moved.occurred_on) == ("D9", "D2", WED)


def test_what_was_left_of_the_three_days_runs_on_across_a_weekend(cast, case, child) -> None:
    # Monday the 15th used up one of three days; two are left on Wednesday the 17th.
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    call_roll(cast, WED, child)
    assert (deadline(case, "visit").days, due(case, "visit")) == (2, FRI)
    assert due(case, "ask_village") == date(2025, 9, 22)
    sweep_on(date(2025, 9, 22))
    assert stage(case) == Stage.D2
    sweep_on(date(2025, 9, 23))
    assert stage(case) == Stage.D3
    assert event(case, Act.LAPSE).occurred_on == date(2025, 9, 22)


def test_the_report_counts_from_the_last_day_at_school_and_not_from_the_day_it_was_found(
    cast, case, child
) -> None:
    # P11: more than seven days and five school days after Monday the 15th, whenever it is found.
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    call_roll(cast, WED, child)
    row = deadline(case, "dual_report")
    assert (row.day0, row.due_on) == (MON, date(2025, 9, 23))


def test_the_report_of_an_absence_over_a_weekend_counts_from_the_friday(cast, case, child) -> None:
    for day in (THU, FRI):
        call_roll(cast, day)
    for day in (date(2025, 9, 22), date(2025, 9, 23)):
        call_roll(cast, day, child)
    assert stage(case) == Stage.D2
    row = deadline(case, "dual_report")
    assert (row.day0, row.window_end) == (FRI, date(2025, 9, 27))
    assert row.due_on == date(2025, 9, 28)  # a Sunday that is worked


def test_back_on_the_last_day_of_the_window_only_the_hand_over_is_left(cast, case, child) -> None:
    call_roll(cast, WED)
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    assert due(case, "visit") == FRI
    assert due(case, "ask_village") == date(2025, 9, 22)


def test_back_on_the_due_day_nothing_is_left(cast, case, child) -> None:
    call_roll(cast, THU)
    call_roll(cast, FRI, child)
    call_roll(cast, date(2025, 9, 22), child)
    assert due(case, "ask_village") == date(2025, 9, 22)
    sweep_on(date(2025, 9, 23))
    assert stage(case) == Stage.D3


def test_what_was_left_of_the_village_s_days_runs_on_across_national_day(cast, case, child) -> None:
    # D3 from the 18th: the answer is due on the 23rd; one of three days was used up on the 19th.
    reach(cast, case, "D3")
    call_roll(cast, FRI)
    for day in school_days(cast, date(2025, 9, 22), 6):  # to the 28th, a Sunday that is worked
        call_roll(cast, day)
    call_roll(cast, date(2025, 9, 29), child)
    call_roll(cast, date(2025, 9, 30), child)
    assert stage(case) == Stage.D3
    assert due(case, "answer") == date(2025, 10, 10)
    assert due(case, "report_township") == date(2025, 10, 11)  # a Saturday that is worked
    sweep_on(date(2025, 10, 11))
    assert stage(case) == Stage.D3
    sweep_on(date(2025, 10, 12))
    assert stage(case) == Stage.D4


def test_twice_broken_there_are_no_new_days(cast, case, child) -> None:
    days = school_days(cast, MON, 9)
    for there, *away in (days[0:3], days[3:6]):
        call_roll(cast, there)
        for day in away:
            call_roll(cast, day, child)
    # Day 1 went before the first return, day 2 between the first relapse and the second return.
    assert deadline(case, "visit").days == 1
    assert due(case, "visit") == days[6]


def test_what_was_overdue_is_due_at_once(cast, case, child) -> None:
    reach(cast, case, "D4")
    sweep_on(date(2025, 10, 9))
    days = school_days(cast, date(2025, 10, 9), 3)
    call_roll(cast, days[0])
    call_roll(cast, days[1], child)
    call_roll(cast, days[2], child)
    assert stage(case) == Stage.D4
    assert due(case, "serve_order") == days[2]


def test_the_guardian_s_week_runs_on_by_calendar_days(cast, case, child) -> None:
    reach(cast, case, "D5")  # served on 30 September, one week to the 7th, moved to the 9th
    call_roll(cast, date(2025, 9, 30))
    call_roll(cast, date(2025, 10, 9), child)
    call_roll(cast, date(2025, 10, 10), child)
    assert (deadline(case, "await_return").days, due(case, "await_return")) == (
        7,
        date(2025, 10, 17),
    )


def test_the_monthly_review_keeps_its_distance(cast, case, child) -> None:
    reach(cast, case, "D6")  # the review is due on 10 November, 31 days after 10 October
    call_roll(cast, date(2025, 10, 10))
    call_roll(cast, date(2025, 10, 11), child)
    call_roll(cast, date(2025, 10, 13), child)
    assert due(case, "review") == date(2025, 11, 13)


def test_the_register_entry_is_owed_again(cast, case, child) -> None:
    reach(cast, case, "D3")
    call_roll(cast, FRI)
    assert not deadline(case, "register").is_open
    call_roll(cast, date(2025, 9, 22), child)
    call_roll(cast, date(2025, 9, 23), child)
    assert stage(case) == Stage.D3
    assert deadline(case, "register").is_open


def test_what_was_met_stays_met(cast, case, child) -> None:
    do(cast, case, Act.REPORT, "class_teacher", case.opened_on)
    do(cast, case, Act.CONTACT, "class_teacher", case.opened_on, method="visit")
    do(cast, case, Act.REGISTER, "registrar", case.opened_on)
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    call_roll(cast, WED, child)
    owed = Deadline.objects.owed().filter(case=case)
    assert [row.code for row in owed] == ["ask_village", "dual_report"]
    assert owed.get(code="ask_village").due_on == date(2025, 9, 22)


def test_a_visit_on_the_first_day_away_again_counts(cast, case, child) -> None:
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    do(cast, case, Act.CONTACT, "class_teacher", TUE, method="visit")
    call_roll(cast, WED, child)
    assert deadline(case, "visit").met_on == TUE


def test_somebody_s_word_that_the_roll_bore_out_is_broken_by_two_days_after_it(
    cast, case, child
) -> None:
    do(cast, case, Act.RETURN, "registrar", MON)
    call_roll(cast, MON)
    call_roll(cast, TUE, child)
    assert stage(case) == Stage.D9
    call_roll(cast, WED, child)
    assert stage(case) == Stage.D2


def test_away_from_the_afternoon_of_the_return_on(cast, case, child) -> None:
    by_half_days(cast)
    call_roll(cast, MON, session="am")
    call_roll(cast, MON, child, session="pm")
    call_roll(cast, TUE, child, session="am")
    assert stage(case) == Stage.D9
    call_roll(cast, TUE, child, session="pm")
    assert stage(case) == Stage.D2


def test_a_return_that_the_roll_takes_back_was_none(cast, case, child) -> None:
    call_roll(cast, MON)
    assert stage(case) == Stage.D9
    call_roll(cast, MON, child, today=TUE)
    assert stage(case) == Stage.D2


def test_a_return_that_was_leave_after_all_was_none(cast, case, child) -> None:
    call_roll(cast, MON)
    call_roll(cast, MON, child, kind="sick", until=MON, today=TUE)
    case.refresh_from_db()
    assert (case.stage, case.returned_on) == (Stage.D2, None)
    assert event(case, Act.RELAPSE).text == "点名更正后，没有到校记录。"
    call_roll(cast, MON, child, kind="sick", until=MON, today=TUE)
    assert stage(case) == Stage.D2


def test_under_leave_the_observation_stands(cast, case, child) -> None:
    call_roll(cast, MON)
    for day in (TUE, WED, THU):
        call_roll(cast, day, child, kind="sick", until=THU)
    assert stage(case) == Stage.D9
