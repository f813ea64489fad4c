"""Spells after a correction are as if the day had been called so from the start."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from students.attendance.actions import recount
from students.attendance.models import Absence, AbsenceSpell
from students.attendance.rolls.facts import facts_of, last_present_before
from students.attendance.rules.spells import Spell, spells_of
from students.roster.models import Child, Enrolment, SchoolClass
from students.roster.pupils.acts.pupils import enrol, open_class
from tests.attendance.help import FRI, MON, THU, TUE, WED, Caller, missing, spells
from tests.cast import Cast, make_child
from tests.walks import examples


def test_a_wrong_absence_taken_back_leaves_a_void_spell(
    teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    desk.call(THU, today=FRI, reason="实际到校")
    assert spells(hua) == []
    assert AbsenceSpell.objects.get().is_void


def test_the_same_spell_stands_again_when_it_was_right_after_all(
    teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    desk.call(THU, today=FRI, reason="实际到校")
    desk.call(THU, missing(hua), today=FRI, reason="仍是缺勤")
    assert spells(hua) == [(THU, None, 2)]
    assert AbsenceSpell.objects.count() == 1


def test_a_presence_in_the_middle_cuts_a_spell_in_two(
    teacher: Caller, desk: Caller, hua: Child
) -> None:
    for day in (WED, THU, FRI):
        teacher.call(day, missing(hua))
    desk.call(THU, today=FRI, reason="实际到校")
    assert spells(hua) == [(WED, THU, 2), (FRI, None, 2)]
    assert AbsenceSpell.objects.get(started_on=FRI).last_present_on == THU


def test_an_absence_in_the_middle_joins_two_spells(
    teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(WED, missing(hua))
    teacher.call(THU)
    teacher.call(FRI, missing(hua))
    assert spells(hua) == [(WED, THU, 2), (FRI, None, 2)]
    desk.call(THU, missing(hua), today=FRI, reason="漏记")
    assert spells(hua) == [(WED, None, 6)]


def test_a_late_roll_call_cuts_an_ended_spell(teacher: Caller, hua: Child) -> None:
    teacher.call(WED, missing(hua))
    teacher.call(FRI, missing(hua))
    teacher.call(MON)
    assert spells(hua) == [(WED, MON, 4)]
    teacher.call(THU, today=MON, reason="停电补点")
    assert spells(hua) == [(WED, THU, 2), (FRI, MON, 2)]


def test_a_late_presence_dates_the_last_day_at_school(teacher: Caller, hua: Child) -> None:
    teacher.call(WED)
    teacher.call(FRI, missing(hua))
    assert AbsenceSpell.objects.get().last_present_on == WED
    teacher.call(THU, today=FRI, reason="停电补点")
    assert AbsenceSpell.objects.get().last_present_on == THU


def test_a_correction_touches_nobody_else(
    teacher: Caller, desk: Caller, hua: Child, ming: Child
) -> None:
    teacher.call(WED, missing(ming))
    teacher.call(THU)
    teacher.call(FRI, missing(hua))
    result = desk.call(FRI, missing(hua, "sick", FRI), reason="补交病假条")
    assert result.touched == {hua.pk}
    assert spells(ming) == [(WED, THU, 2)]


def test_a_leave_past_its_end_counts_as_unexcused(teacher: Caller, hua: Child) -> None:
    for day in (WED, THU, FRI):
        teacher.call(day, missing(hua, "sick", FRI))
    Absence.objects.filter(day__in=(WED, THU, FRI)).update(leave_until=THU)
    facts = facts_of([hua.pk], WED, FRI)[hua.pk]
    assert [(fact.day, fact.unexcused, fact.excused) for fact in facts] == [
        (WED, 0, 2),
        (THU, 0, 2),
        (FRI, 2, 0),
    ]


def test_a_child_counts_in_the_class_it_was_in_on_each_day(
    cast: Cast, teacher: Caller, desk: Caller, hua: Child
) -> None:
    other = open_class(cast.here.school, "2", 2024, 3)
    teacher.call(WED)
    Enrolment.objects.filter(child=hua).update(ends_on=WED)
    enrol(hua, other, THU)
    desk.call(THU, missing(hua), school_class=other)
    teacher.call(THU)
    assert [fact.halves for fact in facts_of([hua.pk], WED, THU)[hua.pk]] == ["pp", "uu"]
    assert AbsenceSpell.objects.get().school_class == other
    assert last_present_before([hua.pk], FRI) == {hua.pk: WED}


DAYS = (WED, THU, FRI, MON, TUE, TUE + timedelta(days=1))
ACTS = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from(["", "unexcused", "sick"])),
    min_size=1,
    max_size=10,
)


@settings(
    max_examples=examples(40, 10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_any_order_of_entries_and_corrections_counts_as_a_fresh_recount(
    cast: Cast, desk: Caller, acts: list[tuple[date, str]]
) -> None:
    number = SchoolClass.objects.filter(school=cast.here.school).count() + 1
    side = replace(cast.here, school_class=open_class(cast.here.school, "2", 2024, number))
    child = make_child(side)
    for day, kind in acts:
        marks = [missing(child, kind, day if kind == "sick" else None)] if kind else []
        desk.call(day, *marks, today=DAYS[-1], reason="更正", school_class=side.school_class)
    rows = AbsenceSpell.objects.standing().filter(child=child).order_by("started_on")
    kept = [Spell(*row) for row in rows.values_list(*Spell.__slots__)]
    assert kept == spells_of(facts_of([child.pk], DAYS[0], DAYS[-1])[child.pk])


def test_a_recount_of_nobody_does_nothing(cast: Cast) -> None:
    recount([], FRI, FRI)
    assert not AbsenceSpell.objects.exists()
