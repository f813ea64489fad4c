"""One case that cannot be moved or told of delays only itself; and nothing due costs nothing."""

from datetime import date

import pytest
from django.db import connection

from cases.actions import lapsing, moves
from cases.actions.finding import SOURCES
from cases.models import Case, Deadline, Reminder
from cases.policy import Stage
from cases.sweeping import sweep
from foundation.accounts.actions import set_parameter
from tests.cases.steps import at, call_roll, stage, sweep_on, the_case
from tests.cast import Cast, make_child

THU, FRI, SAT, MON = (date(2025, 9, day) for day in (11, 12, 13, 15))


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    children = [make_child(cast.here, f"李{n}") for n in range(5)]
    call_roll(cast, THU, *children)
    call_roll(cast, FRI, *children)
    return [the_case(child) for child in children]


def test_a_case_that_cannot_climb_delays_only_itself(cases, monkeypatch) -> None:
    poison, *others = cases
    real = moves.enter

    def enter(case, *rest) -> None:
        if case.pk == poison.pk:
            raise ValueError("a row that nobody understands")
        real(case, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(lapsing, "enter", enter)
        done = sweep(SAT, at(SAT))
    assert (done.moved, done.failed) == (4, 1)
    assert stage(poison) == Stage.D1
    assert {stage(case) for case in others} == {Stage.D2}
    # Mended, it moves with the next tick.
    assert sweep(SAT, at(SAT)).moved == 1
    assert stage(poison) == Stage.D2


def test_a_deadline_that_cannot_be_told_of_delays_only_its_own_letter(cases) -> None:
    poison, *others = cases
    row = Deadline.objects.get(case=poison, code="report")
    Deadline.objects.filter(pk=row.pk).update(level="nobody")
    done = sweep(FRI, at(FRI))
    assert done.failed == 1
    told = set(Reminder.objects.values_list("deadline__case_id", flat=True))
    assert told == {case.pk for case in others}
    Deadline.objects.filter(pk=row.pk).update(level=row.level)
    sweep(FRI, at(FRI))
    assert Reminder.objects.filter(deadline=row).count() == 1


def test_a_letter_that_cannot_be_written_does_not_hold_the_case_back(cases) -> None:
    Deadline.objects.filter(case=cases[0], code="report").update(level="nobody")
    sweep_on(SAT)
    assert {stage(case) for case in cases} == {Stage.D2}


def test_a_county_whose_parameter_makes_no_sense_keeps_its_cases_where_they_are(
    cast, cases
) -> None:
    set_parameter(cast.county, "P4", "three", date(2025, 9, 1), "错误")
    done = sweep(SAT, at(SAT))
    assert (done.moved, done.failed) == (0, 5)
    assert {stage(case) for case in cases} == {Stage.D1}


def test_a_sweep_with_nothing_due_asks_a_handful_of_questions(cast, cases, count_queries) -> None:
    sweep_on(SAT)
    with count_queries(connection) as few:
        sweep_on(SAT)
    children = [make_child(cast.here, f"王{n}") for n in range(5)]
    away = [case.child for case in cases]
    call_roll(cast, MON, *away, *children)
    call_roll(cast, date(2025, 9, 16), *away, *children)
    sweep_on(date(2025, 9, 17))
    with count_queries(connection) as many:
        sweep_on(date(2025, 9, 17))
    # Each source is asked once, and whether the calendar (days past, deadlines), the roster or the
    # counting rules were changed, and when the last sweep was.
    assert len(few) == len(many) <= 22 + len(SOURCES)


def test_reminders_take_as_many_questions_for_one_as_for_many(cast, count_queries) -> None:
    child, *others = (make_child(cast.here, f"李{n}") for n in range(7))
    sweep_on(THU)  # the first holds the rolls against the calendar, and takes note of the roster
    sweep_on(FRI)  # the first of a day notes that it was swept
    call_roll(cast, THU, child)
    call_roll(cast, FRI, child)
    with count_queries(connection) as one:
        sweep_on(FRI)
    call_roll(cast, THU, child, *others, today=FRI)
    call_roll(cast, FRI, child, *others)
    with count_queries(connection) as many:
        sweep_on(FRI)
    assert Reminder.objects.filter(phase="on").count() == 7
    assert len(many) == len(one)


@pytest.mark.parametrize("back", [1, 30, 400])
def test_a_clock_that_goes_back_and_comes_again_moves_nothing_twice(cases, back: int) -> None:
    sweep_on(date(2025, 9, 19))
    before = Reminder.objects.count()
    sweep_on(date.fromordinal(date(2025, 9, 19).toordinal() - back))
    sweep_on(date(2025, 9, 19))
    assert Reminder.objects.count() == before
    assert {stage(case) for case in cases} == {Stage.D3}


def test_a_year_without_a_calendar_is_swept_by_plain_weekdays(cast) -> None:
    child = make_child(cast.here, "钱一")
    case = None
    for day in (date(2027, 1, 5), date(2027, 1, 6)):
        call_roll(cast, day, child)
    case = the_case(child)
    assert sweep(date(2027, 3, 31), at(date(2027, 3, 31))).failed == 0
    assert stage(case) == Stage.D4
