"""The day after the registration day a case opens for who did not come; arriving stops it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.arriving import note_arrival, take_arrival_back
from cases.models import Case
from cases.policy import Act
from foundation.accounts.actions import Refused
from students.census import actions as census
from students.census.models import CheckIn, Entrant
from students.roster.models import Enrolment
from students.roster.pupils.acts.pupils import open_class
from tests.cases.steps import at, sweep_on
from tests.cast import Cast
from tests.census.steps import (
    REGISTRATION,
    SPRING,
    YEAR,
    Primary,
    a_leaver,
    accept,
    enter,
    hand_over,
    make_primary,
    tick,
    tick_junior,
)
from tests.doers import doing

DAY_BEFORE, DAY_AFTER = REGISTRATION - timedelta(1), REGISTRATION + timedelta(1)


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school of our township."""
    return make_primary(cast.here)


def cases_of(entrant: Entrant) -> list[Case]:
    """The cases of the child."""
    return list(Case.objects.filter(child_id=entrant.child_id))


@pytest.mark.parametrize(("day", "opened"), [(DAY_BEFORE, 0), (REGISTRATION, 0), (DAY_AFTER, 1)])
def test_a_case_opens_the_day_after_the_registration_day(
    cast: Cast, primary: Primary, day: date, opened: int
) -> None:
    (entrant,) = enter(primary)
    sweep_on(day)
    assert len(cases_of(entrant)) == opened


def test_the_catchment_school_answers_for_a_new_child(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    sweep_on(DAY_AFTER)
    (case,) = cases_of(entrant)
    assert (case.school_id, case.source) == (primary.school.pk, "entrant")
    assert (case.first_missed_on, case.village) == (REGISTRATION, cast.here.village)


def test_the_original_primary_school_answers_for_a_leaver(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    (entrant,) = accept(cast, hand_over(cast, primary))
    sweep_on(REGISTRATION)
    assert not cases_of(entrant)
    sweep_on(DAY_AFTER)
    (case,) = cases_of(entrant)
    assert (case.school_id, case.source) == (primary.school.pk, "handover")


def test_a_case_is_opened_once_however_often_the_sweep_runs(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    for day in (DAY_AFTER, DAY_AFTER, date(2026, 9, 3)):
        sweep_on(day)
    assert len(cases_of(entrant)) == 1


def test_the_school_s_own_day_counts_before_the_county_s(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    own = date(2026, 9, 2)
    census.set_registration_day(
        doing(primary.viewer(), primary.origin, today=SPRING),
        primary.school,
        YEAR,
        own,
        "校门口",
        "",
        {},
    )
    sweep_on(own)
    assert not cases_of(entrant)
    sweep_on(own + timedelta(1))
    assert cases_of(entrant)[0].first_missed_on == own


def test_who_came_opens_no_case(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    tick(primary, entrant, REGISTRATION)
    sweep_on(DAY_AFTER)
    assert not cases_of(entrant)


def test_who_is_excused_with_proof_opens_no_case(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    census.exempt(
        doing(primary.viewer(), primary.origin, today=SPRING),
        entrant.pk,
        "elsewhere",
        "就读证明",
        None,
    )
    sweep_on(DAY_AFTER)
    assert not cases_of(entrant)


def test_after_its_last_day_a_deferral_excuses_no_more(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    until = date(2026, 10, 30)
    census.exempt(
        doing(primary.viewer(), primary.origin, today=SPRING),
        entrant.pk,
        "deferred",
        "东政缓〔2026〕1号",
        until,
    )
    sweep_on(until)
    assert not cases_of(entrant)
    sweep_on(until + timedelta(1))
    assert cases_of(entrant)[0].first_missed_on == until


def test_an_arrival_puts_the_open_case_under_observation(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    sweep_on(DAY_AFTER)
    tick(primary, entrant, DAY_AFTER)
    note_arrival(entrant.child_id, DAY_AFTER, at(DAY_AFTER), primary.origin)
    (case,) = cases_of(entrant)
    assert (case.stage, case.returned_on) == ("D9", DAY_AFTER)
    assert case.events.filter(act=Act.RETURN).get().text == "已到校报到"
    sweep_on(date(2026, 9, 20))
    assert len(cases_of(entrant)) == 1


def test_an_arrival_taken_back_puts_the_case_where_it_was(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    sweep_on(DAY_AFTER)
    tick(primary, entrant, DAY_AFTER)
    note_arrival(entrant.child_id, DAY_AFTER, at(DAY_AFTER), primary.origin)
    census.undo_check_in(
        doing(primary.viewer(DAY_AFTER), primary.origin, today=DAY_AFTER), entrant.pk
    )
    take_arrival_back(entrant.child_id, DAY_AFTER, at(DAY_AFTER, 10), primary.origin)
    assert cases_of(entrant)[0].stage == "D1"
    assert cases_of(entrant)[0].returned_on is None


def test_registration_begins_on_its_day_and_not_before(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    with pytest.raises(Refused, match="还没有开始报到"):
        tick(primary, entrant, DAY_BEFORE)
    tick(primary, entrant, REGISTRATION)
    assert CheckIn.objects.get().day == REGISTRATION


def test_a_new_child_is_enrolled_from_the_day_it_came(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    school_class = open_class(primary.school, "1", YEAR, 1)
    tick(primary, entrant, REGISTRATION, school_class.pk)
    spell = Enrolment.objects.get(child=entrant.child)
    assert (spell.school_class, spell.starts_on) == (school_class, REGISTRATION)


def test_a_leaver_s_primary_spell_ends_before_the_junior_one_begins(
    cast: Cast, primary: Primary
) -> None:
    child = a_leaver(cast.here, primary)
    (entrant,) = accept(cast, hand_over(cast, primary))
    grade_7 = open_class(cast.here.school, "2", YEAR, 1)
    tick_junior(cast, entrant, REGISTRATION, grade_7.pk)
    later, before = child.enrolments.all()
    assert (before.ends_on, later.starts_on) == (date(2026, 7, 10), REGISTRATION)


def test_a_class_chosen_later_counts_from_the_day_of_arrival(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    school_class = open_class(primary.school, "1", YEAR, 1)
    tick(primary, entrant, REGISTRATION)
    later = date(2026, 9, 3)
    census.place(doing(primary.viewer(later), primary.origin), [entrant.pk], school_class.pk)
    assert Enrolment.objects.get(child=entrant.child).starts_on == REGISTRATION


def test_a_tick_is_taken_back_on_its_day_alone(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    tick(primary, entrant, REGISTRATION)
    with pytest.raises(Refused, match="只能在当天撤销"):
        census.undo_check_in(
            doing(primary.viewer(DAY_AFTER), primary.origin, today=DAY_AFTER), entrant.pk
        )
    census.undo_check_in(
        doing(primary.viewer(REGISTRATION), primary.origin, today=REGISTRATION), entrant.pk
    )
    sweep_on(DAY_AFTER)
    assert len(cases_of(entrant)) == 1


def test_a_child_ticked_again_after_a_mistake_may_sit_in_another_class(
    cast: Cast, primary: Primary
) -> None:
    (entrant,) = enter(primary)
    first = open_class(primary.school, "1", YEAR, 1)
    second = open_class(primary.school, "1", YEAR, 2)
    tick(primary, entrant, REGISTRATION, first.pk)
    census.undo_check_in(
        doing(primary.viewer(REGISTRATION), primary.origin, today=REGISTRATION), entrant.pk
    )
    tick(primary, entrant, REGISTRATION, second.pk)
    spell = Enrolment.objects.get(child=entrant.child)
    assert (spell.school_class, spell.ends_on) == (second, None)


def test_another_school_ticks_nobody_of_ours(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    with pytest.raises(PermissionDenied):
        tick_junior(cast, entrant, REGISTRATION)
