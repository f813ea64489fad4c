"""学期起止 and holidays put right later: spells and cases as if they had been so from the start."""

from datetime import date

import pytest

from cases.models import Case
from cases.policy import Act, Stage
from foundation.accounts.audit import Origin
from students.attendance.models import AbsenceSpell, RuledDay
from students.calendars.actions import TermEntry, set_override, set_terms
from students.calendars.models import CalendarDay, TermName
from tests.attendance.help import spells
from tests.cases.steps import a_case, call_roll, do, due, stage, sweep_on, the_case
from tests.cast import Cast, make_child
from tests.doers import doing
from tests.papers import GROUNDS

WED, THU, FRI = date(2025, 9, 10), date(2025, 9, 11), date(2025, 9, 12)
MON = date(2025, 9, 15)
SEPTEMBER, JANUARY = date(2025, 9, 1), date(2026, 1, 16)


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


@pytest.fixture
def other(cast: Cast, child):
    """So that the class is never empty."""
    return make_child(cast.here, "李小红")


def begins(cast: Cast, first: date, last: date = JANUARY) -> None:
    """The county puts the autumn term right; nobody follows it yet."""
    entry = TermEntry(2025, TermName.AUTUMN, first, last, first)
    set_terms(doing(cast.viewer("county_desk"), Origin()), cast.county, [entry], GROUNDS)


def holiday(cast: Cast, day: date) -> None:
    """The county's calendar has a holiday more."""
    CalendarDay.objects.create(county=cast.county, day=day, is_working=False, source="县府办通知")


@pytest.mark.parametrize(
    ("first", "found"),
    [(THU, [(THU, None, 4)]), (FRI, [(FRI, None, 2)]), (MON, [])],
    ids=["before the absence is over", "on its last day", "after it"],
)
def test_days_before_the_term_that_is_now_on_record_count_no_more(
    cast, child, first, found
) -> None:
    a_case(cast, child)
    begins(cast, first)
    sweep_on(FRI)
    assert spells(child) == found


def test_a_case_of_days_that_were_none_is_taken_back(cast, child) -> None:
    case = a_case(cast, child)
    begins(cast, FRI)
    sweep_on(FRI)
    assert (stage(case), case.outcome) == (Stage.DX, "W")


def test_after_the_school_s_entry_it_closes_nothing_by_itself(cast, child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", FRI)
    do(cast, case, Act.REGISTER, "registrar", FRI)
    begins(cast, FRI)
    sweep_on(FRI)
    assert stage(case) != Stage.DX
    assert spells(child) == [(FRI, None, 2)]


def test_a_term_put_back_brings_the_absence_and_a_case_again(cast, child) -> None:
    case = a_case(cast, child)
    begins(cast, FRI)
    sweep_on(FRI)
    begins(cast, SEPTEMBER)
    sweep_on(FRI)
    assert spells(child) == [(THU, None, 4)]
    assert Case.objects.open().get(child=child) != case


def test_a_term_that_ended_earlier_takes_its_last_days_away(cast, child, other) -> None:
    call_roll(cast, WED, child)
    call_roll(cast, THU, child)
    call_roll(cast, FRI)
    assert spells(child) == [(WED, FRI, 4)]
    begins(cast, date(2025, 8, 25), THU)
    sweep_on(FRI)
    assert spells(child) == [(WED, None, 4)]
    assert not AbsenceSpell.objects.filter(child=other).exists()


def test_a_holiday_entered_later_takes_its_day_away_too(cast, child) -> None:
    case = a_case(cast, child)
    holiday(cast, THU)
    sweep_on(FRI)
    assert stage(case) == Stage.DX
    assert spells(child) == [(FRI, None, 2)]


def test_a_presence_on_a_day_that_was_a_holiday_no_longer_cuts_the_absence(
    cast, child, other
) -> None:
    call_roll(cast, WED, child)
    call_roll(cast, THU)
    call_roll(cast, FRI, child)
    holiday(cast, THU)
    sweep_on(FRI)
    assert spells(child) == [(WED, None, 4)]
    assert the_case(child).first_missed_on == WED


def test_a_day_that_the_county_has_taught_stands_before_the_term(cast, child) -> None:
    case = a_case(cast, child)
    school, viewer = cast.here.school.unit, cast.viewer("county_desk")
    set_override(doing(viewer, Origin()), cast.county, (THU, THU), True, "提前开学", school)
    begins(cast, FRI)
    sweep_on(FRI)
    assert spells(child) == [(THU, None, 4)]
    assert stage(case) == Stage.D1


def test_every_school_of_the_county_follows(cast, child) -> None:
    there = make_child(cast.there, "西小红")
    call_roll(cast, THU, there, there=True)
    call_roll(cast, FRI, there, there=True)
    begins(cast, FRI)
    sweep_on(FRI)
    assert stage(the_case(there)) == Stage.DX


def test_what_was_followed_is_not_followed_again(cast, child) -> None:
    a_case(cast, child)
    begins(cast, FRI)
    sweep_on(FRI)
    before = AbsenceSpell.objects.get(child=child, started_on=FRI).updated_at
    sweep_on(FRI)
    assert AbsenceSpell.objects.get(child=child, started_on=FRI).updated_at == before
    assert RuledDay.objects.get().day == THU


def test_a_term_of_days_without_a_roll_call_changes_nothing(cast, child) -> None:
    case = a_case(cast, child)
    begins(cast, SEPTEMBER, date(2026, 1, 23))
    sweep_on(FRI)
    assert not RuledDay.objects.exists()
    assert stage(case) == Stage.D1


def test_a_school_that_cannot_be_followed_is_tried_again(cast, child, monkeypatch) -> None:
    case = a_case(cast, child)
    begins(cast, FRI)
    with monkeypatch.context() as broken:
        broken.setattr("cases.recount.school_days.recount_school", _fail)
        sweep_on(FRI)
    assert stage(case) == Stage.D1
    sweep_on(FRI)
    assert stage(case) == Stage.DX


def _fail(*_: object) -> None:
    raise RuntimeError("no")


def test_a_window_that_a_vacation_now_meets_ends_with_it(cast, child) -> None:
    day = date(2026, 1, 9)
    case = do(cast, a_case(cast, child, day, date(2026, 1, 8)), Act.REPORT, "class_teacher", day)
    assert due(case, "ask_village") == date(2026, 1, 15)
    begins(cast, SEPTEMBER, date(2026, 1, 13))
    sweep_on(day)
    assert due(case, "ask_village") == date(2026, 3, 2)
