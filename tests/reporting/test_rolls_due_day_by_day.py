"""应点名班次 is counted day by day and class by class, and 点名率 never exceeds 100 %."""

from collections import Counter
from datetime import date

import pytest

from reporting.figures.loading import load
from reporting.figures.months import month_until
from reporting.figures.tallies import entries_of, sums
from students.attendance.models import RollCall
from students.attendance.mornings.rates import SCHOOL, rates_of
from students.attendance.rolls.due import rolls_of
from students.attendance.rules.figures import Period
from students.roster.models import Enrolment, SchoolClass
from tests.cast import Cast, make_child
from tests.reporting.facts import call_rolls, school_days

FIRST, LAST = date(2025, 10, 1), date(2025, 10, 31)


@pytest.fixture
def days(cast):
    """The school days of October."""
    return school_days(cast.county.pk, FIRST, LAST)


def october(cast: Cast) -> Counter[str]:
    entries = entries_of(load(cast.county, month_until(FIRST, LAST)))
    return sums(entries, lambda entry: None)[None]


def begin(cast: Cast, day: date) -> None:
    """The class has its only pupil from this day on."""
    make_child(cast.here)
    Enrolment.objects.update(starts_on=day)


@pytest.mark.parametrize("day", [date(2025, 10, 17), date(2025, 10, 20), date(2025, 10, 21)])
def test_a_class_that_begins_in_the_month_owes_rolls_from_its_first_day(cast, days, day):
    begin(cast, day)
    call_rolls(cast.here.school_class, [d for d in days if d >= day])
    counts = october(cast)
    assert counts["rolls_due"] == len([d for d in days if d >= day])
    assert counts["rolls_called"] == counts["rolls_due"]


@pytest.mark.parametrize("day", [date(2025, 10, 14), date(2025, 10, 15), date(2025, 10, 16)])
def test_a_class_that_loses_its_pupils_owes_rolls_up_to_its_last_day(cast, days, day):
    make_child(cast.here)
    Enrolment.objects.update(ends_on=day)
    call_rolls(cast.here.school_class, [d for d in days if d <= day])
    counts = october(cast)
    assert counts["rolls_due"] == len([d for d in days if d <= day])
    assert counts["rolls_called"] == counts["rolls_due"]


def test_a_class_closed_on_a_day_owes_none_from_that_day_on(cast, days):
    make_child(cast.here)
    SchoolClass.objects.update(closed_on=date(2025, 10, 15))
    call_rolls(cast.here.school_class, days)  # some by mistake after the closing
    counts = october(cast)
    assert counts["rolls_due"] == len([d for d in days if d < date(2025, 10, 15)])
    assert counts["rolls_called"] == counts["rolls_due"]


def test_rolls_called_before_a_class_had_pupils_do_not_count(cast, days):
    begin(cast, date(2025, 10, 20))
    call_rolls(cast.here.school_class, days)
    counts = october(cast)
    assert counts["rolls_called"] == counts["rolls_due"] == len([d for d in days if d.day >= 20])


def test_a_school_that_changed_to_whole_days_keeps_what_it_called(cast, days):
    make_child(cast.here)
    for session in ("am", "pm"):
        RollCall.objects.create(
            school_class=cast.here.school_class,
            day=days[0],
            session=session,
            expected=1,
            absent=0,
            first_called_at=f"{days[0]}T09:00+08:00",
        )
    counts = october(cast)
    assert counts["rolls_due"] == len(days) + 1  # two on that day
    assert counts["rolls_called"] == 2


def test_the_return_and_the_page_of_rates_count_the_same(cast, days):
    begin(cast, date(2025, 10, 20))
    call_rolls(cast.here.school_class, [d for d in days if d.day >= 20][:3])
    page = rates_of([cast.here.school], cast.county.pk, Period("month", FIRST, LAST), SCHOOL).total
    counts = october(cast)
    assert (counts["rolls_due"], counts["rolls_called"]) == (page.due, page.in_time + page.late)


@pytest.mark.parametrize(
    ("halves", "called", "due", "made"),
    [
        (False, [], 1, 0),
        (False, ["d"], 1, 1),
        (False, ["am"], 2, 1),
        (True, [], 2, 0),
        (True, ["d"], 2, 2),
        (True, ["pm"], 2, 1),
        (True, ["am", "pm"], 2, 2),
        (True, ["d", "am", "pm"], 2, 2),
    ],
)
def test_no_more_rolls_are_called_than_due(halves, called, due, made):
    assert rolls_of(halves, called) == (due, made)
