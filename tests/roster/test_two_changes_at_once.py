"""Two people on one change, or two changes of one child: one stands, the other is told."""

from datetime import date

import pytest

from students.roster.changes.acts.recording import withdraw_change
from students.roster.changes.acts.reports import report_day
from students.roster.changes.acts.suspensions import approve_suspension
from students.roster.models import Change, ChangeEvent, ChangeReport
from students.roster.rules.change_kinds import ChangeRefused
from tests.cases.together import together
from tests.cast import Cast, make_cast, make_child
from tests.roster.changing import FRI, arrive, away, by, let_go, record, spells, state

MON = date(2025, 9, 15)


@pytest.fixture
def committed(own_database: str) -> Cast:
    """Everybody, seen by every connection."""
    return make_cast()


def refusals(ends: list[object]) -> int:
    """How many were told; whatever else went wrong fails."""
    assert all(
        end is None or isinstance(end, Change | ChangeReport | ChangeRefused) for end in ends
    )
    return sum(isinstance(end, ChangeRefused) for end in ends)


def test_an_arrival_is_confirmed_once(committed: Cast):
    child = make_child(committed.here)
    change = let_go(committed, child)

    ends = together(*[lambda: arrive(committed, change, MON)] * 2)

    assert refusals(ends) == 1
    assert len(spells(child)) == 2
    assert ChangeEvent.objects.filter(act="confirm").count() == 1


def test_confirmed_and_taken_back_at_once_only_one_stands(committed: Cast):
    child = make_child(committed.here)
    change = let_go(committed, child)
    back = by(committed, "registrar", MON)

    ends = together(
        lambda: arrive(committed, change, MON),
        lambda: withdraw_change(back, change.pk, "不转了"),
    )

    assert refusals(ends) == 1
    assert len(spells(child)) == (2 if state(change) == "confirmed" else 1)


def test_a_child_is_not_sent_to_two_schools_at_once(committed: Cast):
    child = make_child(committed.here)

    ends = together(*[lambda: let_go(committed, child)] * 2)

    assert refusals(ends) == 1
    assert away(child) == [(FRI, None)]


def test_a_suspension_is_approved_once(committed: Cast):
    child = make_child(committed.here)
    change = record(committed, "suspension", child, until=date(2026, 3, 1), reason="10")
    who = by(committed, "township_officer", FRI)

    ends = together(*[lambda: approve_suspension(who, change.pk, "诊断证明齐全，同意休学")] * 2)

    assert refusals(ends) == 1
    assert state(change) == "approved"


def test_a_class_reports_a_day_once_from_two_telephones(committed: Cast):
    make_child(committed.here)
    who = by(committed, "class_teacher", FRI)
    pk = committed.here.school_class.pk

    ends = together(*[lambda: report_day(who, pk, FRI, ())] * 2)

    assert refusals(ends) == 1
    assert ChangeReport.objects.count() == 1
