"""A child missing without reason for more than one day becomes a case by itself (R1, P1)."""

from datetime import date

import pytest

from cases.models import Case, CaseEvent
from cases.policy import Act, Level, Stage
from foundation.messaging.models import Message
from tests.cases.steps import (
    a_case,
    by_half_days,
    call_roll,
    deadline,
    do,
    due,
    reach,
    school_days,
    stage,
    sweep_on,
    the_case,
)
from tests.cast import Cast, make_child

WED, THU, FRI = date(2025, 9, 10), date(2025, 9, 11), date(2025, 9, 12)
MON, TUE = date(2025, 9, 15), date(2025, 9, 16)


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


def test_one_day_opens_nothing(cast, child) -> None:
    call_roll(cast, THU, child)
    assert not Case.objects.exists()


def test_the_second_day_in_a_row_opens_a_case(cast, child) -> None:
    call_roll(cast, WED)
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    case = the_case(child)
    assert (case.stage, case.opened_on) == (Stage.D1, FRI)
    assert (case.first_missed_on, case.last_present_on) == (THU, WED)
    assert case.number == "530999-2025-0001"


def test_the_opening_is_an_event_on_the_day(cast, child) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    opened = CaseEvent.objects.get(act=Act.OPEN)
    assert (opened.from_stage, opened.to_stage, opened.occurred_on) == ("", "D1", FRI)


def test_friday_and_monday_are_two_days_in_a_row(cast, child) -> None:
    call_roll(cast, FRI, child)
    call_roll(cast, MON, child)
    assert the_case(child).opened_on == MON


def test_a_day_there_in_between_begins_anew(cast, child) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI)
    call_roll(cast, MON, child)
    assert not Case.objects.exists()
    call_roll(cast, TUE, child)
    assert the_case(child).first_missed_on == MON


def test_leave_opens_nothing_until_its_end_date_is_past(cast, child) -> None:
    call_roll(cast, WED, child, kind="sick", until=FRI)
    call_roll(cast, THU, child, kind="sick", until=FRI)
    call_roll(cast, FRI, child, kind="sick", until=FRI)
    assert not Case.objects.exists()
    call_roll(cast, MON, child)
    assert not Case.objects.exists()
    call_roll(cast, TUE, child)
    assert the_case(child).first_missed_on == MON


def test_an_absence_entered_after_the_leave_that_followed_it_opens_a_case(cast, child) -> None:
    """In the order of the days it would have: a leave does not bring a child back."""
    call_roll(cast, FRI, child, kind="sick", until=FRI)
    call_roll(cast, WED, child, today=FRI)
    assert not Case.objects.exists()
    call_roll(cast, THU, child, today=FRI)
    assert (the_case(child).first_missed_on, the_case(child).opened_on) == (WED, FRI)


def test_an_absence_entered_after_the_day_the_child_was_back_opens_nothing(cast, child) -> None:
    call_roll(cast, FRI)
    call_roll(cast, MON, child, kind="sick", until=MON)
    call_roll(cast, WED, child, today=MON)
    call_roll(cast, THU, child, today=MON)
    assert not Case.objects.exists()


def test_nobody_reached_counts_as_without_reason(cast, child) -> None:
    call_roll(cast, THU, child, kind="unreachable")
    call_roll(cast, FRI, child, kind="unreachable")
    assert the_case(child).stage == Stage.D1


def test_a_day_that_was_not_called_neither_breaks_nor_adds(cast, child) -> None:
    call_roll(cast, THU, child)
    # Friday: 未点名
    assert not Case.objects.exists()
    call_roll(cast, MON, child)
    case = the_case(child)
    assert (case.first_missed_on, case.opened_on) == (THU, MON)


def test_the_third_half_day_in_a_row_opens(cast, child) -> None:
    by_half_days(cast)
    call_roll(cast, THU, child, session="am")
    call_roll(cast, THU, child, session="pm")
    assert not Case.objects.exists()
    call_roll(cast, FRI, child, session="am")
    assert the_case(child).opened_on == FRI


def test_a_whole_day_and_no_more_opens_nothing_by_half_days(cast, child) -> None:
    by_half_days(cast)
    call_roll(cast, THU, session="am")
    call_roll(cast, THU, child, session="pm")
    call_roll(cast, FRI, child, session="am")
    call_roll(cast, FRI, session="pm")
    assert not Case.objects.exists()


def test_a_late_entry_dates_the_absence_by_its_days_and_the_clocks_by_today(cast, child) -> None:
    call_roll(cast, THU, child, today=TUE)
    call_roll(cast, FRI, child, today=TUE)
    case = the_case(child)
    assert (case.first_missed_on, case.opened_on) == (THU, TUE)
    assert due(case, "report") == TUE


def test_an_earlier_day_found_later_dates_the_absence_anew_and_leaves_the_clocks(
    cast, child
) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    call_roll(cast, WED, child, today=FRI)
    case = the_case(child)
    assert (case.first_missed_on, case.opened_on) == (WED, FRI)


def test_the_opening_is_told_to_teacher_school_township_and_county(cast, child) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    told = {(m.to_unit, m.to_post) for m in Message.objects.all()}
    assert told == {
        (cast.here.school.unit, cast.post("class_teacher")),
        (cast.here.school.unit, None),
        (cast.here.township, None),
        (cast.county, None),
    }


def test_a_child_with_no_village_here_falls_to_the_township_of_the_school(cast) -> None:
    child = make_child(cast.here, home_village=None, home_township=None)
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    case = the_case(child)
    assert (case.village, case.township) == (None, cast.here.township)
    reach(cast, case, "D3")
    owed = deadline(case, "answer")
    assert (owed.unit, owed.level, owed.due_on) == (
        cast.here.township,
        Level.VILLAGE,
        date(2025, 9, 23),
    )
    do(cast, case, Act.ANSWER, "township_officer", date(2025, 9, 22))
    assert deadline(case, "answer").met_on == date(2025, 9, 22)


def test_the_next_township_hears_of_its_child_at_our_school(cast) -> None:
    child = make_child(
        cast.here, home_village=cast.there.village, home_township=cast.there.township
    )
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    assert the_case(child).township == cast.there.township
    for unit in (cast.here.township, cast.there.township):
        assert Message.objects.filter(to_unit=unit, title="新立个案").count() == 1
    sweep_on(date(2025, 9, 25))
    # What is owed is asked of who owes it, and of nobody else.
    sweep_on(date(2025, 9, 30))
    reminded = Message.objects.filter(key__contains="due:", title__contains="乡镇劝返")
    assert {m.to_unit for m in reminded} == {cast.there.township}


def test_following_twice_opens_once(cast, child) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    before = CaseEvent.objects.count(), Message.objects.count()
    call_roll(cast, FRI, child)
    assert Case.objects.count() == 1
    assert (CaseEvent.objects.count(), Message.objects.count()) == before


def test_a_child_that_was_placed_elsewhere_and_is_still_on_the_roll_opens_no_new_case(
    cast, child
) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    case = the_case(child)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", FRI, outcome="C06")
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", FRI)
    call_roll(cast, MON, child)
    call_roll(cast, TUE, child)
    assert Case.objects.count() == 1


def test_a_child_that_stays_away_again_after_its_case_was_closed_has_a_new_one(cast, child) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    for day in (MON, TUE, date(2025, 9, 17)):
        call_roll(cast, day)
    assert the_case(child).outcome == "C01"
    call_roll(cast, date(2025, 9, 18), child)
    call_roll(cast, date(2025, 9, 19), child)
    case = the_case(child)
    assert (case.number, case.stage) == ("530999-2025-0002", Stage.D1)


def test_after_one_that_the_roll_closed_by_itself_is_another_case(cast, child) -> None:
    first = a_case(cast, child)
    for day in school_days(cast, MON, 3):
        call_roll(cast, day)
    assert stage(first) == Stage.DX
    for day in school_days(cast, date(2025, 9, 22), 2):
        call_roll(cast, day, child)
    assert the_case(child) != first
