"""A child on no roll misses every school day, so that 疑似 and 辍学 are reached without a roll."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from cases.missed import missed_of
from cases.models import Case
from cases.sweeping import sweep
from foundation import clock
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.tallies import entries_of, sums
from students.attendance.rolls.unrolled import Stays
from students.calendars.models import SchoolDayOverride
from students.calendars.workdays import Calendar
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import at
from tests.cast import Cast, make_child
from tests.reporting.facts import call_rolls, school_days
from tests.roster.changing import DUE, FRI, arrive, let_go

OPENED = DUE + timedelta(days=1)
LATER = date(2026, 1, 16)


def counts(cast: Cast, day: date) -> Counter[str]:
    """The county's month up to a day."""
    entries = entries_of(load(cast.county, ReturnMonth(day.replace(day=1), day)))
    return sums(entries, lambda entry: None).get(None, Counter())


def found(cast: Cast) -> tuple[Child, Case]:
    """Left on a Friday, confirmed by nobody; the others of its class are there every day."""
    child, _ = make_child(cast.here), make_child(cast.here, "李小红")
    call_rolls(cast.here.school_class, school_days(cast.county.pk, date(2025, 9, 1), LATER))
    let_go(cast, child)
    sweep(OPENED, at(OPENED))
    return child, Case.objects.get(child=child)


@pytest.mark.django_db
@pytest.mark.parametrize(("nth", "suspected", "dropout"), [(19, 1, 0), (20, 0, 1), (21, 0, 1)])
def test_the_twentieth_school_day_since_it_left_makes_a_dropout(
    cast: Cast, nth: int, suspected: int, dropout: int
) -> None:
    found(cast)
    day = school_days(cast.county.pk, FRI, LATER)[nth - 1]
    now = counts(cast, day)
    assert (now["suspected_end"], now["dropout_end"]) == (suspected, dropout)


@pytest.mark.django_db
def test_it_is_suspected_from_the_day_its_case_opens(cast: Cast) -> None:
    found(cast)
    assert counts(cast, DUE)["suspected_end"] == 0
    assert counts(cast, OPENED)["suspected_end"] == 1


@pytest.mark.django_db
def test_the_page_of_the_case_says_what_the_ledger_says(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, case = found(cast)
    monkeypatch.setattr(clock, "today", lambda: OPENED)
    client = client_of(cast.person("registrar"))
    assert "疑似辍学" in page(client.get(f"/cases/{case.number}/"))
    assert "疑似辍学" in page(client.get("/cases/"))


@pytest.mark.django_db
def test_once_another_class_calls_it_no_more_days_are_missed(cast: Cast) -> None:
    child, case = found(cast)
    days = school_days(cast.county.pk, date(2025, 10, 9), LATER)
    arrive(cast, child.changes.get(), days[0])
    call_rolls(cast.there.school_class, days)
    assert counts(cast, days[-1])["dropout_end"] == 0
    facts = next(one for one in load(cast.county, ReturnMonth(date(2026, 1, 1), LATER)).cases)
    assert facts.case == case
    assert max(facts.history.missed) < days[0]


@pytest.mark.django_db
def test_closed_days_of_its_school_are_not_missed(cast: Cast) -> None:
    before = _missed(cast)
    SchoolDayOverride.objects.create(
        county=cast.county,
        school=cast.here.school.unit,
        day=date(2025, 9, 16),
        is_school_day=False,
        reason="停水",
        recorded_by=cast.post("county_desk").person,
    )
    assert _missed(cast) == before - {date(2025, 9, 16)}


def _missed(cast: Cast) -> set[date]:
    if not Case.objects.exists():
        found(cast)
    facts = load(cast.county, ReturnMonth(date(2025, 9, 1), date(2025, 9, 30)))
    return set(facts.cases[0].history.missed)


def test_what_the_roll_opened_is_counted_by_the_roll_alone() -> None:
    case = Case(first_missed_on=FRI, finding="")
    calendar = calendar_of_weekdays()
    assert missed_of(case, [], Stays(), calendar, DUE) == ()
    case.finding = "transfer:1"
    assert len(missed_of(case, [], Stays(), calendar, DUE)) == 11
    assert missed_of(case, [], None, calendar, DUE) == ()


def test_days_on_which_a_class_asks_are_the_roll_s() -> None:
    case, calendar = Case(first_missed_on=FRI, finding="transfer:1"), calendar_of_weekdays()
    mon, wed = date(2025, 9, 15), date(2025, 9, 17)
    enrolled = Stays(enrolled=[(mon, date.max)])
    assert missed_of(case, [], enrolled, calendar, DUE) == (FRI,)
    away = Stays(enrolled=[(date(2025, 9, 1), date.max)], away=[(mon, wed)])
    assert missed_of(case, [], away, calendar, DUE) == (mon, date(2025, 9, 16))


def calendar_of_weekdays() -> Calendar:
    """Monday to Friday."""
    return Calendar()


@pytest.mark.django_db
def test_the_month_asks_two_more_questions_for_one_found_case_as_for_many(
    cast: Cast, count_queries
) -> None:
    found(cast)
    with count_queries(connection) as one:
        counts(cast, OPENED)
    for name in ("王一", "王二", "王三"):
        let_go(cast, make_child(cast.here, name))
    sweep(OPENED, at(OPENED))
    with count_queries(connection) as many:
        counts(cast, OPENED)
    assert Case.objects.count() == 4
    assert len(many) == len(one)
