"""The roll put right after it had closed a case by itself (P20): as if it had been so at once."""

from datetime import date

import pytest

from cases.actions.following import follow
from cases.models import Case, CaseEvent, Closure, Deadline
from cases.policy import Act, Stage
from foundation.accounts.actions import set_parameter
from foundation.accounts.audit import Origin
from foundation.messaging.models import Message
from foundation.protected import sealed
from students.attendance.actions import record_slip, take_back_slip
from students.attendance.rolls.entries import SlipEntry
from students.calendars.actions import TermEntry, set_override, set_terms
from students.calendars.models import TermName
from tests.cases.steps import (
    a_case,
    at,
    by_half_days,
    call_roll,
    deadline,
    do,
    event,
    stage,
    sweep_on,
    take_roll_back,
    the_case,
)
from tests.cast import Cast, make_child
from tests.doers import doing
from tests.papers import GROUNDS

THU, FRI = date(2025, 9, 11), date(2025, 9, 12)
MON, TUE, WED, NEXT, LAST = (date(2025, 9, day) for day in (15, 16, 17, 18, 19))
AGAIN = "点名已更正，自动销号撤销，恢复观察"


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


@pytest.fixture
def other(cast: Cast, child):
    """So that the class is never empty."""
    return make_child(cast.here, "李小红")


@pytest.fixture
def case(cast: Cast, child, other):
    """Away on Thursday and Friday, back on Monday, and closed on Wednesday."""
    case = a_case(cast, child)
    for day in (MON, TUE, WED):
        call_roll(cast, day)
    assert stage(case) == Stage.DX
    return case


def acts(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("pk").values_list("act", flat=True))


def close(cast: Cast, day: date, held: bool = False) -> None:
    """The county says of the school's day that it was none, or was one after all."""
    viewer, school = cast.viewer("county_desk"), cast.here.school.unit
    set_override(doing(viewer, Origin()), cast.county, (day, day), held, "暴雨停课", school)


# --- back under observation --------------------------------------------------------------------


@pytest.mark.parametrize("day", [MON, TUE, WED])
def test_a_day_of_the_three_that_was_missed_begins_them_anew(cast, case, child, day) -> None:
    call_roll(cast, day, child, today=WED)
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_on) == (Stage.D9, "", None)
    # The presence of Monday, once corrected, never happened: the child is back since Tuesday.
    assert (case.back_to, case.returned_on) == (Stage.D2, TUE if day == MON else MON)
    moved = event(case, Act.REOPEN)
    assert (moved.from_stage, moved.to_stage, moved.occurred_on) == ("DX", "D9", WED)
    assert moved.text == "点名更正后，自动销号的依据不再成立，个案恢复观察。"
    assert moved.data == {"closed_on": "2025-09-17"}


@pytest.mark.parametrize(("corrected_on", "expected"), [(WED, "D9"), (NEXT, "D9"), (LAST, "DX")])
def test_unless_three_other_days_have_closed_it_meanwhile(
    cast, case, child, corrected_on, expected
) -> None:
    for day in (NEXT, LAST):
        if day <= corrected_on:
            call_roll(cast, day)
    call_roll(cast, TUE, child, today=corrected_on)
    assert stage(case) == expected
    assert (Act.REOPEN in acts(case)) == (expected == "D9")


def test_it_closes_again_on_the_third_day_there(cast, case, child) -> None:
    call_roll(cast, WED, child, today=WED)
    for day in (NEXT, LAST):
        call_roll(cast, day)
        assert stage(case) == Stage.D9
    call_roll(cast, date(2025, 9, 22))
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_on) == (Stage.DX, "C01", date(2025, 9, 22))


def test_put_right_once_more_it_is_closed_as_before(cast, case, child) -> None:
    call_roll(cast, TUE, child, today=WED)
    call_roll(cast, TUE, today=WED)
    assert stage(case) == Stage.DX
    assert acts(case)[-3:] == [Act.CLOSE_BY_ROLL, Act.REOPEN, Act.CLOSE_BY_ROLL]


def test_a_day_missed_before_or_after_the_three_opens_nothing_again(cast, case, child) -> None:
    call_roll(cast, date(2025, 9, 10), child, today=WED)
    call_roll(cast, NEXT, child)
    assert stage(case) == Stage.DX
    assert Act.REOPEN not in acts(case)


def test_a_day_there_entered_after_one_that_was_missed_closes_it_all_the_same(
    cast, child, other
) -> None:
    case = a_case(cast, child)
    call_roll(cast, MON)
    call_roll(cast, WED)
    call_roll(cast, NEXT, child)
    assert stage(case) == Stage.D9
    call_roll(cast, TUE, today=NEXT)
    assert stage(case) == Stage.DX
    assert Case.objects.filter(child=child).count() == 1


def test_leave_on_a_day_of_the_three_takes_it_out_of_the_count(cast, case, child) -> None:
    call_roll(cast, TUE, child, kind="sick", until=TUE, today=WED)
    assert stage(case) == Stage.D9
    call_roll(cast, NEXT)
    assert stage(case) == Stage.DX


def test_a_roll_that_is_taken_back_takes_back_what_it_closed(cast, case) -> None:
    take_roll_back(cast, WED)
    assert stage(case) == Stage.D9
    call_roll(cast, WED)
    assert stage(case) == Stage.DX


def test_missing_on_the_third_afternoon_the_child_was_not_there_three_days(
    cast, child, other
) -> None:
    by_half_days(cast)
    for day in (THU, FRI):
        call_roll(cast, day, child, session="am")
        call_roll(cast, day, child, session="pm")
    for day in (MON, TUE, WED):
        call_roll(cast, day, session="am")
        if day != WED:
            call_roll(cast, day, session="pm")
    case = the_case(child)
    assert stage(case) == Stage.DX
    call_roll(cast, WED, child, session="pm")
    assert stage(case) == Stage.D9


def test_a_slip_that_is_taken_back_makes_its_fourth_day_a_missed_one(cast, child, other) -> None:
    case = a_case(cast, child)
    post, monday, tuesday = cast.post("registrar"), date(2025, 9, 22), date(2025, 9, 23)
    origin = Origin(post.person_id, post.pk)
    call_roll(cast, MON)
    entry = SlipEntry(child.pk, "sick", TUE, LAST, "发烧")
    slip = record_slip(doing(cast.viewer("registrar", TUE), origin, today=TUE, now=at(TUE)), entry)
    for day in (TUE, WED, NEXT, LAST):
        call_roll(cast, day, child, kind="sick", until=day)
    call_roll(cast, monday)
    call_roll(cast, tuesday)
    assert stage(case) == Stage.DX
    viewer = cast.viewer("registrar", tuesday)
    take_back_slip(doing(viewer, origin, today=tuesday, now=at(tuesday)), slip, "日期有误")
    follow([child.pk], tuesday, at(tuesday), origin)
    assert stage(case) == Stage.D9


@pytest.mark.parametrize("day", [MON, TUE, WED])
def test_a_day_of_the_three_closed_since_is_none(cast, case, day) -> None:
    close(cast, day)
    sweep_on(WED)
    assert stage(case) == Stage.D9
    close(cast, day, held=True)
    sweep_on(WED)
    assert stage(case) == Stage.DX


def test_a_day_closed_after_the_three_changes_nothing(cast, case) -> None:
    call_roll(cast, NEXT)
    close(cast, NEXT)
    sweep_on(LAST)
    assert stage(case) == Stage.DX


def test_a_term_that_begins_later_takes_the_days_before_it_away(cast, case) -> None:
    entry = TermEntry(2025, TermName.AUTUMN, TUE, date(2026, 1, 16), TUE)
    set_terms(doing(cast.viewer("county_desk"), Origin()), cast.county, [entry], GROUNDS)
    sweep_on(WED)
    case.refresh_from_db()
    assert (case.stage, case.outcome) == (Stage.DX, "W")


# --- away after all ----------------------------------------------------------------------------


def test_missed_on_more_than_one_day_it_goes_back_to_its_rung(cast, case, child) -> None:
    call_roll(cast, TUE, child, today=WED)
    call_roll(cast, WED, child, today=WED)
    case.refresh_from_db()
    assert (case.stage, case.back_to, case.returned_on) == (Stage.D2, "", None)
    assert acts(case)[-3:] == [Act.CLOSE_BY_ROLL, Act.REOPEN, Act.RELAPSE]
    assert Deadline.objects.owed().filter(case=case).exists()
    assert Case.objects.filter(child=child).count() == 1


def test_what_was_left_of_the_three_days_of_the_school_runs_on(cast, case, child) -> None:
    call_roll(cast, TUE, child, today=WED)
    call_roll(cast, WED, child, today=WED)
    assert (deadline(case, "visit").days, deadline(case, "visit").due_on) == (2, LAST)
    assert deadline(case, "ask_village").due_on == date(2025, 9, 22)


def test_the_absence_of_a_return_that_never_was_is_one(cast, case, child) -> None:
    for day in (MON, TUE, WED):
        call_roll(cast, day, child, today=WED)
    case.refresh_from_db()
    assert (case.stage, case.first_missed_on) == (Stage.D2, THU)
    assert Case.objects.filter(child=child).count() == 1


# --- never away --------------------------------------------------------------------------------


def test_without_its_absence_it_is_taken_back(cast, case) -> None:
    call_roll(cast, FRI, today=WED)
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_on) == (Stage.DX, "W", WED)
    assert acts(case)[-2:] == [Act.REOPEN, Act.WITHDRAW]
    assert not Message.objects.filter(title=AGAIN).exists()


def test_after_the_school_s_entry_the_school_asks_for_c15(cast, child, other) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", FRI)
    do(cast, case, Act.REGISTER, "registrar", FRI)
    for day in (MON, TUE, WED):
        call_roll(cast, day)
    assert stage(case) == Stage.DX
    call_roll(cast, FRI, today=WED)
    assert stage(case) == Stage.D9
    owed = Deadline.objects.owed().get(case=case)
    assert (owed.code, owed.due_on) == ("request_closure", NEXT)
    sweep_on(WED)
    assert stage(case) == Stage.D9
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", WED, outcome="C15")
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", NEXT)
    assert (case.stage, case.outcome) == (Stage.DX, "C15")


# --- what stays --------------------------------------------------------------------------------


def test_what_two_units_closed_the_roll_never_opens(cast, child, other) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", FRI, outcome="C14")
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", FRI)
    for day in (MON, TUE, WED):
        call_roll(cast, day)
    call_roll(cast, TUE, child, today=WED)
    call_roll(cast, FRI, today=WED)
    assert (stage(case), case.outcome) == (Stage.DX, "C14")


def test_a_return_that_two_units_approved_the_roll_never_opens(cast, case, child) -> None:
    asked = event(case, Act.CLOSE_BY_ROLL)
    Closure.objects.create(
        case=case,
        outcome="C01",
        requested=asked,
        **sealed(evidence_note="观察期点名记录"),
        needs_township=False,
        decided=asked,
        approved=True,
    )
    call_roll(cast, TUE, child, today=WED)
    assert stage(case) == Stage.DX


def test_a_county_that_asks_for_more_days_opens_nothing_again(cast, case, child) -> None:
    set_parameter(cast.county, "P20", 5, NEXT, "县文〔2025〕1号")
    call_roll(cast, NEXT, child)
    assert stage(case) == Stage.DX


def test_twice_is_harmless(cast, case, child) -> None:
    call_roll(cast, TUE, child, today=WED)
    before = acts(case)
    call_roll(cast, TUE, child, today=WED)
    close(cast, date(2025, 9, 8))
    sweep_on(WED)
    assert acts(case) == before


def test_who_heard_of_the_return_hears_of_it(cast, case, child) -> None:
    call_roll(cast, TUE, child, today=WED)
    told = Message.objects.filter(title=AGAIN)
    assert {m.to_unit for m in told} == {cast.here.school.unit, cast.here.township}


def test_it_is_drawn_for_the_county_s_sample_no_more(cast, case, child) -> None:
    Case.objects.filter(pk=case.pk).update(sampled=True)
    call_roll(cast, TUE, child, today=WED)
    case.refresh_from_db()
    assert not case.sampled


# --- one open case a child ---------------------------------------------------------------------


@pytest.fixture
def second(cast, case, child):
    """Away again after the first case was closed: a case of its own."""
    call_roll(cast, NEXT, child)
    call_roll(cast, LAST, child)
    return the_case(child)


def test_a_later_case_tells_of_the_absence_and_the_first_one_says_so(
    cast, case, child, second
) -> None:
    assert second != case
    call_roll(cast, TUE, child, today=LAST)
    assert (stage(case), stage(second)) == (Stage.DX, Stage.D1)
    noted = event(case, Act.MERGE)
    assert (noted.to_stage, noted.data) == ("DX", {"case": second.number})
    assert second.number in noted.text


def test_it_says_so_once(cast, case, child, second) -> None:
    call_roll(cast, TUE, child, today=LAST)
    call_roll(cast, MON, child, today=LAST)
    assert acts(case).count(Act.MERGE) == 1


def test_when_the_later_case_is_taken_back_the_first_one_is_opened_again(
    cast, case, child, second
) -> None:
    call_roll(cast, TUE, child, today=LAST)
    call_roll(cast, LAST, today=LAST)
    assert (stage(second), second.outcome) == (Stage.DX, "W")
    assert stage(case) == Stage.D9
    assert Case.objects.open().get(child=child) == case
