"""A move, a return or an arrival entered later: spells and cases as if the roster had had it so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from cases.actions.following import follow
from cases.models import Case, CaseEvent
from cases.policy import Act, Stage
from foundation.accounts.audit import Origin
from students.attendance.actions import begin_look, end_look, moved_in, reseat
from students.attendance.models import AbsenceSpell, FollowedRoster
from students.roster.models import Child, Enrolment, SchoolClass
from students.roster.pupils.acts.pupils import enrol
from tests.attendance.help import Caller, missing, spells
from tests.cases.steps import a_case, at, call_roll, do, event, stage, sweep_on, the_case
from tests.cast import Cast, make_child
from tests.roster.changing import a_class, arrive, let_go, record, suspend

SUN = date(2025, 8, 31)
THU, FRI, SAT = date(2025, 9, 11), date(2025, 9, 12), date(2025, 9, 13)
MON, TUE, WED, NEXT, LAST = (date(2025, 9, day) for day in (15, 16, 17, 18, 19))
UNTIL = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def looked(cast: Cast) -> None:
    """The sweep has looked at the roster before anything happened."""
    look(SUN)


@pytest.fixture
def other(cast: Cast) -> SchoolClass:
    """A second class of the school, with a pupil of its own."""
    second = a_class(cast.here)
    make_child(replace(cast.here, school_class=second), "王小兰")
    return second


@pytest.fixture
def child(cast: Cast, other: SchoolClass) -> Child:
    make_child(cast.here, "李小红")  # so that the class is never empty
    return make_child(cast.here)


def call_other(cast: Cast, other: SchoolClass, day: date, *away: Child) -> None:
    """The second class calls its roll; cases follow at once."""
    by = Origin(cast.person("registrar").pk, cast.post("registrar").pk)
    with transaction.atomic():
        caller = Caller(cast, "registrar")
        result = caller.call(day, *(missing(one) for one in away), school_class=other)
        follow(result.members | result.touched, day, at(day), by, result.touched)


def move(cast: Cast, child: Child, other: SchoolClass, moved_on: date, day: date) -> None:
    """转班级 entered on a day, from a day on."""
    record(cast, "class_move", child, day, occurred_on=moved_on, to_class_id=other.pk)


def acts(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("pk").values_list("act", flat=True))


def look(day: date, hour: int = 9) -> dict[int, date]:
    """A look at the roster that counts nobody: whom it names, from which day on."""
    one = begin_look(at(day, hour))
    found = moved_in(one, Case.objects.none().values("child_id"), day)
    end_look(one, at(day, hour))
    return found


# --- another class -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moved_on", "ended_on", "rung"),
    [(FRI, MON, "D9"), (MON, MON, "D9"), (TUE, None, "D2")],
    ids=["before the other class's roll", "on its day", "after it"],
)
def test_a_move_entered_later_finds_the_child_in_the_class_it_moved_to(
    cast, child, other, moved_on, ended_on, rung
) -> None:
    case = a_case(cast, child)
    call_other(cast, other, MON)
    sweep_on(MON)
    assert stage(case) == "D2"
    move(cast, child, other, moved_on, TUE)
    sweep_on(TUE)
    assert spells(child) == [(THU, ended_on, 4)]
    assert stage(case) == rung


def test_a_day_there_in_the_class_it_had_left_was_none(cast, child, other) -> None:
    case = a_case(cast, child)
    for day in (MON, TUE, WED):
        call_roll(cast, day)
    assert stage(case) == Stage.DX
    move(cast, child, other, MON, WED)
    sweep_on(WED)
    assert spells(child) == [(THU, None, 4)]
    assert stage(case) == Stage.D2
    assert acts(case)[-3:] == [Act.CLOSE_BY_ROLL, Act.REOPEN, Act.RELAPSE]


def test_a_move_that_cuts_no_absence_changes_nothing(cast, child, other) -> None:
    call_roll(cast, MON)
    move(cast, child, other, MON, TUE)
    sweep_on(TUE)
    assert not AbsenceSpell.objects.exists()
    assert not Case.objects.exists()


def test_a_presence_between_two_missed_days_goes_with_its_class(cast, child, other) -> None:
    call_roll(cast, THU, child)
    call_roll(cast, FRI)
    move(cast, child, other, FRI, MON)
    call_other(cast, other, MON, child)
    assert not Case.objects.exists()
    sweep_on(MON)
    assert spells(child) == [(THU, None, 4)]
    assert the_case(child).first_missed_on == THU


# --- back in class, or out of it ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("back_on", "rung"), [(MON, "D9"), (TUE, "D2")], ids=["on the day of a roll", "after it"]
)
def test_a_return_from_suspension_entered_later_finds_the_child_in_class(
    cast, child, back_on, rung
) -> None:
    case = a_case(cast, child)
    suspend(cast, child, SAT, UNTIL, SAT)
    call_roll(cast, MON)
    sweep_on(MON)
    assert stage(case) == "D2"
    class_id = cast.here.school_class.pk
    record(cast, "return", child, TUE, occurred_on=back_on, to_class_id=class_id)
    sweep_on(TUE)
    assert stage(case) == rung


def test_a_suspension_filed_later_leaves_the_days_before_it_as_they_were_called(
    cast, child
) -> None:
    """The roster itself begins it on the day of filing; the case ends as 休学 by two units."""
    case = a_case(cast, child)
    suspend(cast, child, THU, UNTIL, MON)
    sweep_on(MON)
    assert spells(child) == [(THU, None, 4)]
    assert stage(case) == Stage.D2


def test_a_suspension_takes_the_day_on_which_it_was_filed(cast, child) -> None:
    case = a_case(cast, child)
    for day in (MON, TUE, WED):
        call_roll(cast, day)
    suspend(cast, child, WED, UNTIL, WED)
    sweep_on(WED)
    assert stage(case) == Stage.D9  # two days there, not three


def test_an_arrival_entered_later_finds_the_child_at_the_school_it_came_to(cast, child) -> None:
    case = a_case(cast, child)
    make_child(cast.there, "西小红")
    change = let_go(cast, child, FRI)
    call_roll(cast, MON, there=True)
    sweep_on(MON)
    assert stage(case) == "D2"
    arrive(cast, change, TUE, MON)
    sweep_on(TUE)
    assert spells(child) == [(THU, MON, 4)]
    assert stage(case) == Stage.D9


# --- the school's entry ------------------------------------------------------------------------


def test_after_the_school_s_entry_no_change_of_the_roster_closes_a_case(cast, child, other) -> None:
    case = a_case(cast, child)
    do(cast, case, Act.REPORT, "class_teacher", FRI)
    do(cast, case, Act.REGISTER, "registrar", FRI)
    call_other(cast, other, MON)
    move(cast, child, other, MON, TUE)
    sweep_on(TUE)
    assert stage(case) == Stage.D9
    assert event(case, Act.RETURN).occurred_on == MON


# --- the look ----------------------------------------------------------------------------------


def test_a_mass_of_children_without_an_absence_is_not_counted(cast, child, count_queries) -> None:
    a_case(cast, child)
    look(FRI)
    asked = []
    for family in ("赵小", "钱小"):
        call_roll(cast, MON, child, make_child(cast.here, f"{family}零"))
        for number in range(20):
            make_child(cast.here, f"{family}{number}")
        with count_queries(connection) as seen:
            assert len(look(MON)) == 1
        asked.append(len(seen))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(("starts_on", "looked_at"), [(THU, True), (FRI, True), (SAT, False)])
def test_only_a_day_past_or_present_is_looked_at(cast, child, other, starts_on, looked_at) -> None:
    a_case(cast, child)
    look(THU)
    Enrolment.objects.filter(child=child).update(ends_on=starts_on - timedelta(days=1))
    enrol(child, other, starts_on)
    assert look(FRI) == ({child.pk: starts_on} if looked_at else {})


@pytest.mark.parametrize(
    ("change", "day"),
    [
        ({"ends_on": FRI}, SAT),
        ({"starts_on": date(2025, 8, 25)}, date(2025, 8, 25)),
        ({"starts_on": date(2025, 9, 8)}, date(2025, 9, 1)),
        ({"voided_on": FRI}, date(2025, 9, 1)),
        ({"seat_no": "7"}, None),
    ],
    ids=["ended", "begun before", "begun later", "voided", "another seat"],
)
def test_a_row_put_right_tells_from_which_day_on_it_says_another_thing(
    cast, child, change, day
) -> None:
    a_case(cast, child)
    look(LAST)
    Enrolment.objects.filter(child=child).update(**change)
    assert look(LAST) == ({child.pk: day} if day else {})


def test_what_was_followed_is_looked_at_once_more_on_the_next_day_and_moves_nothing(
    cast, child, other
) -> None:
    case = a_case(cast, child)
    look(FRI)
    call_other(cast, other, MON)
    move(cast, child, other, MON, MON)
    sweep_on(MON)
    before, counted = acts(case), AbsenceSpell.objects.get().updated_at
    assert stage(case) == Stage.D9
    assert look(MON, 18) == {}
    sweep_on(TUE)
    assert acts(case) == before
    assert AbsenceSpell.objects.get().updated_at == counted


def test_a_row_that_was_committed_late_is_found_within_a_day(cast, child, other) -> None:
    a_case(cast, child)
    look(SAT)
    move(cast, child, other, FRI, SAT)
    # Their numbers were taken before other rows', which were followed already.
    end_look(replace(begin_look(at(SAT, 10)), since=None), at(SAT, 10))
    assert look(SAT, 18) == {}
    assert look(date(2025, 9, 14), 8) == {}
    assert look(date(2025, 9, 14), 9) == {child.pk: FRI}


def test_after_a_month_without_a_sweep_it_is_followed_all_the_same(cast, child, other) -> None:
    case = a_case(cast, child)
    sweep_on(FRI)
    call_other(cast, other, MON)
    move(cast, child, other, MON, TUE)
    sweep_on(date(2025, 10, 16))
    assert spells(child) == [(THU, MON, 4)]
    assert event(case, Act.RETURN).occurred_on == MON


def test_a_child_that_cannot_be_counted_delays_only_itself_and_is_tried_again(
    cast, child, other, monkeypatch
) -> None:
    second = make_child(cast.here, "孙小梅")
    for day in (THU, FRI):
        call_roll(cast, day, child, second)
    case = the_case(child)
    call_other(cast, other, MON)
    for one in (child, second):
        move(cast, one, other, MON, TUE)
    with monkeypatch.context() as broken:
        broken.setattr("cases.recount.roster.reseat", _all_but(child))
        sweep_on(TUE)
    assert (spells(child), spells(second)) == ([(THU, None, 4)], [(THU, MON, 4)])
    assert FollowedRoster.objects.count() == 1
    sweep_on(TUE)
    assert stage(case) == Stage.D9


def _all_but(child: Child):
    def work(children, first, until):
        if child.pk in children:
            raise RuntimeError("no")
        reseat(children, first, until)

    return work
