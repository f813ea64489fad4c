"""The counted ledger says what the page of a case says, and only what changed is counted again."""

from datetime import date

import pytest

from cases.models import Case, CountedLedger, CountedStanding
from cases.policy import Act
from cases.recount.standings import count_ledgers
from cases.standing import standings
from tests.cases.steps import OPENED, at, call_roll, do

SUSPECTED_ON = date(2025, 9, 18)  # the eighth day after the last day at school, six days missed


@pytest.fixture
def case(cast, standing_case):
    case = standing_case()
    for day in (15, 16, 17, 18):
        call_roll(cast, date(2025, 9, day), case.child)
    return case


def test_the_count_agrees_with_the_standing_of_each_day(cast, case) -> None:
    for day in (OPENED, date(2025, 9, 17), SUSPECTED_ON):
        count_ledgers(day, at(day))
        found = CountedStanding.objects.get(case=case)
        assert found.category == standings([case], day)[case.pk].category
        assert found.day == day
    assert found.category == "suspected"
    assert list(Case.objects.standing_as("suspected")) == [case]


def test_only_what_changed_is_counted_again(cast, case) -> None:
    assert count_ledgers(SUSPECTED_ON, at(SUSPECTED_ON)) == 1
    CountedStanding.objects.update(read_at=at(date(2099, 1, 1)))  # long after the last roll call
    assert count_ledgers(SUSPECTED_ON, at(SUSPECTED_ON, 10)) == 0
    assert CountedLedger.objects.get(county=cast.county).counted_at == at(SUSPECTED_ON, 10)
    do(cast, case, Act.CONTACT, "registrar", SUSPECTED_ON)
    assert count_ledgers(SUSPECTED_ON, at(SUSPECTED_ON, 11)) == 1


def test_a_roll_call_of_the_child_is_counted_again(cast, case) -> None:
    count_ledgers(SUSPECTED_ON, at(SUSPECTED_ON))
    assert count_ledgers(SUSPECTED_ON, at(SUSPECTED_ON, 10)) == 1  # its rolls are of this minute


def test_a_child_that_came_back_this_month_is_counted_once(cast, case) -> None:
    day = date(2025, 9, 19)
    call_roll(cast, day)
    count_ledgers(day, at(day))
    assert not Case.objects.standing_as("suspected").exists()
    assert list(Case.objects.returned_since(date(2025, 9, 1))) == [case]
    assert not Case.objects.returned_since(date(2025, 10, 1)).exists()
