"""Who does not come back from a suspension has a case on the first school day after it (3.7)."""

from datetime import date

import pytest

from cases.models import Case
from students.roster.changes.acts.suspensions import (
    apply_deferral,
    approve_suspension,
    file_suspension,
)
from students.roster.changes.entries import ChangeEntry
from students.roster.models import Child
from students.roster.pupils.acts.pupils import add_child, enrol
from students.roster.rules.ids import invent
from tests.cases.steps import call_roll, sweep_on, the_case
from tests.cast import Cast, make_child
from tests.roster.changing import FRI, by, papers, record, suspend

UNTIL = date(2025, 10, 24)  # a Friday
SUN, MON, TUE = date(2025, 10, 26), date(2025, 10, 27), date(2025, 10, 28)


@pytest.fixture
def child(cast: Cast) -> Child:
    """Suspended to a Friday in October."""
    child = make_child(cast.here)
    suspend(cast, child, FRI, UNTIL)
    return child


@pytest.mark.parametrize(
    ("day", "opened"), [(UNTIL, False), (SUN, False), (MON, True), (TUE, True)]
)
def test_on_the_first_school_day_and_not_on_the_weekend_before(
    cast: Cast, child: Child, day: date, opened: bool
) -> None:
    sweep_on(day)
    assert Case.objects.filter(child=child).exists() is opened


def test_it_is_missing_from_that_day_on(cast: Cast, child: Child) -> None:
    sweep_on(TUE)
    case = the_case(child)
    assert (case.source, case.first_missed_on) == ("suspension", MON)
    assert case.school_class == cast.here.school_class
    assert "2025年10月24日期满" in case.events.get(act="open").text


def test_a_vacation_postpones_it_to_the_first_day_of_term(cast: Cast) -> None:
    child = make_child(cast.here)
    suspend(cast, child, FRI, date(2026, 1, 20))
    sweep_on(date(2026, 3, 1))
    assert not Case.objects.filter(child=child).exists()
    sweep_on(date(2026, 3, 2))
    assert the_case(child).first_missed_on == date(2026, 3, 2)


def test_who_returned_in_time_has_none(cast: Cast, child: Child) -> None:
    record(cast, "return", child, UNTIL, to_class_id=cast.here.school_class.pk)
    sweep_on(MON)
    assert not Case.objects.filter(child=child).exists()


def test_a_renewal_has_none_until_it_ends_in_turn(cast: Cast, child: Child) -> None:
    suspend(cast, child, date(2025, 10, 25), date(2025, 11, 28), date(2025, 10, 20))
    sweep_on(MON)
    assert not Case.objects.filter(child=child).exists()
    sweep_on(date(2025, 12, 1))
    assert the_case(child).first_missed_on == date(2025, 12, 1)


def test_an_application_alone_is_no_renewal(cast: Cast, child: Child) -> None:
    record(
        cast,
        "suspension",
        child,
        date(2025, 10, 20),
        occurred_on=date(2025, 10, 25),
        until=date(2025, 11, 28),
        reason="10",
    )
    sweep_on(MON)
    assert the_case(child).source == "suspension"


def test_whom_the_roll_found_there_a_late_sweep_does_not_report(cast: Cast, child: Child) -> None:
    call_roll(cast, MON)
    sweep_on(TUE)
    assert not Case.objects.filter(child=child).exists()


def test_who_died_meanwhile_is_not_looked_for(cast: Cast, child: Child) -> None:
    record(cast, "death", child, date(2025, 10, 13))
    sweep_on(MON)
    assert not Case.objects.filter(child=child).exists()


def test_sweeping_again_opens_no_second_one(cast: Cast, child: Child) -> None:
    for day in (MON, MON, TUE):
        sweep_on(day)
    assert Case.objects.filter(child=child).count() == 1


def _deferred(cast: Cast) -> Child:
    """A child on no roll whose school is ours, deferred to the same Friday."""
    number = invent(date(2019, 5, 6), 1, "1")
    child = add_child(
        cast.county,
        "钱未入",
        id_no=number,
        home_village=cast.here.village,
        home_township=cast.here.township,
    )
    entry = ChangeEntry(
        kind="deferral",
        occurred_on=FRI,
        until=UNTIL,
        reason="10",
        papers=papers("监护人书面申请", "县级以上医院诊断证明"),
        more={"id_no": number},
    )
    change = apply_deferral(by(cast, "registrar", FRI), entry, cast.here.school.pk)
    approve_suspension(by(cast, "township_officer", FRI), change.pk, "诊断证明齐全，同意休学")
    file_suspension(by(cast, "county_desk", FRI), change.pk, "")
    return child


def test_a_deferral_that_ends_without_entering_school_is_the_same(cast: Cast) -> None:
    child = _deferred(cast)
    sweep_on(MON)
    case = the_case(child)
    assert (case.source, case.school) == ("suspension", cast.here.school.unit)


def test_and_is_none_once_the_child_is_enrolled(cast: Cast) -> None:
    child = _deferred(cast)
    enrol(child, cast.here.school_class, MON)
    sweep_on(MON)
    assert not Case.objects.filter(child=child).exists()
