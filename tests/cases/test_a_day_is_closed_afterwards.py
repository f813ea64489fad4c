"""停课 and 补课 entered later: spells and cases as if the calendar had been so from the start."""

from datetime import date

import pytest
from django.utils import timezone

from cases.models import Case, Deadline
from cases.policy import Act, Stage
from foundation.accounts.actions import shift_clock
from foundation.accounts.audit import Origin
from students.attendance.models import AbsenceSpell, FollowedOverride
from students.attendance.rolls.entries import RollRefused
from students.calendars.actions import set_override
from students.calendars.models import SchoolDayOverride
from tests.attendance.help import spells
from tests.browsing import client_of
from tests.cases.steps import a_case, at, call_roll, do, event, stage, sweep_on, the_case
from tests.cast import Cast, make_child
from tests.doers import doing

WED, THU, FRI = date(2025, 9, 10), date(2025, 9, 11), date(2025, 9, 12)
SAT, MON, TUE = date(2025, 9, 13), date(2025, 9, 15), date(2025, 9, 16)


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


@pytest.fixture
def other(cast: Cast, child):
    """So that the class is never empty."""
    return make_child(cast.here, "李小红")


def close(cast: Cast, *days: date, held: bool = False, whole_county: bool = False) -> None:
    """The county enters the days; nobody follows them yet."""
    viewer, school = cast.viewer("county_desk"), cast.here.school.unit
    for day in days:
        where = None if whole_county else school
        set_override(doing(viewer, Origin()), cast.county, (day, day), held, "暴雨停课", where)


def test_a_day_closed_since_takes_the_case_back_before_the_school_s_entry(cast, child) -> None:
    case = a_case(cast, child)
    close(cast, FRI)
    sweep_on(FRI)
    case.refresh_from_db()
    assert (case.stage, case.outcome) == (Stage.DX, "W")
    assert spells(child) == [(THU, None, 2)]
    assert event(case, Act.WITHDRAW).to_stage == "DX"
    assert not Deadline.objects.owed().filter(case=case).exists()


def test_after_the_school_s_entry_a_closure_closes_nothing_by_itself(cast, child) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", FRI)
    do(cast, case, Act.REGISTER, "registrar", FRI)
    close(cast, FRI)
    sweep_on(FRI)
    assert stage(case) != Stage.DX
    assert spells(child) == [(THU, None, 2)]


def test_a_closure_taken_back_brings_the_absence_and_a_case_again(cast, child) -> None:
    case = a_case(cast, child)
    close(cast, FRI)
    sweep_on(FRI)
    close(cast, FRI, held=True)
    sweep_on(FRI)
    assert spells(child) == [(THU, None, 4)]
    again = Case.objects.open().get(child=child)
    assert again != case


def test_a_presence_on_a_closed_day_no_longer_cuts_the_absence(cast, child, other) -> None:
    call_roll(cast, WED, child)
    call_roll(cast, THU)
    call_roll(cast, FRI, child)
    assert not Case.objects.exists()
    close(cast, THU)
    sweep_on(FRI)
    assert spells(child) == [(WED, None, 4)]
    assert the_case(child).first_missed_on == WED
    assert not AbsenceSpell.objects.filter(child=other).exists()


def test_days_closed_in_the_middle_of_an_observation_are_not_counted(cast, child) -> None:
    case = a_case(cast, child)
    call_roll(cast, MON)
    assert stage(case) == Stage.D9
    close(cast, MON)
    sweep_on(TUE)
    call_roll(cast, TUE)
    call_roll(cast, date(2025, 9, 17))
    assert stage(case) == Stage.D9  # two school days, not three
    call_roll(cast, date(2025, 9, 18))
    assert stage(case) == Stage.DX


def test_leaves_around_a_closed_day_are_one_run(cast, child) -> None:
    days = [date(2025, 9, n) for n in (3, 4, 5, 8, 9, 10)]
    for day in days:
        away = () if day.day == 8 else (child,)
        call_roll(cast, day, *away, kind="sick", until=WED)
    assert spells(child) == []
    close(cast, date(2025, 9, 8))
    sweep_on(WED)
    assert spells(child) == [(date(2025, 9, 9), None, 4)]


def test_a_make_up_day_is_called_and_joins_the_absence(cast, child) -> None:
    call_roll(cast, FRI, child)
    with pytest.raises(RollRefused):
        call_roll(cast, SAT, child, today=MON)
    close(cast, SAT, held=True)
    sweep_on(MON)
    call_roll(cast, SAT, child, today=MON)
    assert spells(child) == [(FRI, None, 4)]
    assert the_case(child).opened_on == MON  # the clocks run from the day of recording


def test_a_make_up_day_found_present_cuts_the_absence(cast, child) -> None:
    call_roll(cast, FRI, child)
    call_roll(cast, MON, child)
    case = the_case(child)
    close(cast, SAT, held=True)
    call_roll(cast, SAT, today=MON)
    assert spells(child) == [(FRI, SAT, 2), (MON, None, 2)]
    assert stage(case) == Stage.DX


def test_the_whole_county_is_followed_by_the_sweep_school_by_school(cast, child) -> None:
    case = a_case(cast, child)
    there = make_child(cast.there, "西小红")
    call_roll(cast, THU, there, there=True)
    call_roll(cast, FRI, there, there=True)
    close(cast, FRI, whole_county=True)
    sweep_on(FRI)
    assert stage(case) == Stage.DX
    assert stage(the_case(there)) == Stage.DX
    assert FollowedOverride.objects.count() == 1


def test_one_school_s_closure_leaves_the_next_school_alone(cast, child) -> None:
    a_case(cast, child)
    there = make_child(cast.there, "西小红")
    call_roll(cast, THU, there, there=True)
    call_roll(cast, FRI, there, there=True)
    close(cast, FRI)
    sweep_on(FRI)
    assert stage(the_case(there)) == Stage.D1


def test_what_was_followed_is_not_followed_again(cast, child) -> None:
    a_case(cast, child)
    close(cast, FRI)
    sweep_on(FRI)
    before = AbsenceSpell.objects.get(child=child).updated_at
    sweep_on(FRI)
    assert AbsenceSpell.objects.get(child=child).updated_at == before
    assert FollowedOverride.objects.count() == 1


def test_a_school_that_cannot_be_followed_is_tried_again(cast, child, monkeypatch) -> None:
    case = a_case(cast, child)
    close(cast, FRI)
    with monkeypatch.context() as broken:
        broken.setattr("cases.recount.school_days.recount_school", _fail)
        sweep_on(FRI)
    assert stage(case) == Stage.D1
    assert not FollowedOverride.objects.exists()
    sweep_on(FRI)
    assert stage(case) == Stage.DX


def _fail(*_: object) -> None:
    raise RuntimeError("no")


@pytest.fixture
def desk(cast, settings):
    """The county's browser on that Friday."""
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(FRI) - timezone.now())
    return client_of(cast.person("county_desk"))


def test_the_county_enters_a_closure_and_its_school_is_followed_at_once(cast, child, desk) -> None:
    case = a_case(cast, child)
    data = {
        "where": cast.here.school.pk,
        "held": "no",
        "first": "2025-09-12",
        "last": "2025-09-12",
        "reason": "山洪停课",
    }
    page = desk.post("/calendars/days/", data, follow=True).content.decode()
    assert "重新核算了1名学生的缺勤" in page
    assert "山洪停课" in page
    assert stage(case) == Stage.DX


def test_days_in_the_wrong_order_are_refused_and_nothing_is_lost(desk) -> None:
    data = {
        "where": "county",
        "held": "no",
        "first": "2025-09-12",
        "last": "2025-09-11",
        "reason": "山洪停课",
    }
    answer = desk.post("/calendars/days/", data)
    assert answer.status_code == 422
    assert "结束日期早于开始日期" in answer.content.decode()
    assert "山洪停课" in answer.content.decode()


def test_the_whole_county_is_not_closed_by_leaving_a_field_as_it_stands(desk) -> None:
    data = {"held": "no", "first": "2025-09-12", "last": "2025-09-12", "reason": "山洪停课"}
    answer = desk.post("/calendars/days/", data)
    assert answer.status_code == 422
    assert "请选择学校或全县" in answer.content.decode()
    assert not SchoolDayOverride.objects.exists()


def test_a_closure_taken_back_gives_an_observation_its_day_again(cast, child) -> None:
    case = a_case(cast, child)
    call_roll(cast, MON)
    call_roll(cast, TUE)
    close(cast, TUE)
    sweep_on(TUE)
    call_roll(cast, date(2025, 9, 17))
    assert stage(case) == Stage.D9
    close(cast, TUE, held=True)
    sweep_on(date(2025, 9, 17))
    assert stage(case) == Stage.DX
