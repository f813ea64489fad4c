"""A roster that tells of an earlier day: the days before it came are no missing rolls."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from foundation.accounts.models import Unit
from reporting.figures.loading import load
from reporting.figures.months import month_until
from reporting.figures.tallies import entries_of, sums
from students.attendance.mornings.rates import SCHOOL, rates_of, uncalled_by_school
from students.attendance.rolls.month import month_of_class
from students.attendance.rules.figures import DAY, Period
from students.roster.models import ImportBatch, ImportTurn
from tests.cast import Cast, make_child
from tests.reporting.facts import call_rolls, school_days

FIRST, LAST = date(2025, 10, 1), date(2025, 10, 31)
BEFORE, CAME, AFTER = date(2025, 10, 17), date(2025, 10, 20), date(2025, 10, 21)


def roster_came(cast: Cast, unit: Unit, day: date, state: str = ImportBatch.DONE) -> None:
    """A roster of the school that was written on the day; it tells of 1 September."""
    moment = datetime(day.year, day.month, day.day, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    batch = ImportBatch.objects.create(
        school=unit,
        state=state,
        file_name="名册.xlsx",
        file_hash="0" * 64,
        uploaded_by=cast.post("registrar"),
        uploaded_at=moment,
        as_of=date(2025, 9, 1),
        done_at=moment,
    )
    ImportTurn.objects.create(batch=batch, school=unit, is_open=False)


@pytest.fixture
def days(cast):
    """The school days of October."""
    make_child(cast.here)
    make_child(cast.there, "周小山")
    return school_days(cast.county.pk, FIRST, LAST)


def due_in_october(cast: Cast, school) -> tuple[int, int]:
    """应点名班次 of the school as the return and as the page of rates count it."""
    entries = entries_of(load(cast.county, month_until(FIRST, LAST)))
    counts = sums(entries, lambda entry: entry.school_id).get(school.pk, Counter())
    period = Period("month", FIRST, LAST)
    return counts["rolls_due"], rates_of([school], cast.county.pk, period, SCHOOL).total.due


def test_rolls_are_due_from_the_day_on_which_the_roster_came(cast, days) -> None:
    roster_came(cast, cast.here.school.unit, CAME)
    owed = len([day for day in days if day >= CAME])
    assert 0 < owed < len(days)
    assert due_in_october(cast, cast.here.school) == (owed, owed)
    assert due_in_october(cast, cast.there.school) == (len(days), len(days))


def test_the_first_roster_counts_and_no_later_one(cast, days) -> None:
    roster_came(cast, cast.here.school.unit, AFTER)
    roster_came(cast, cast.here.school.unit, CAME)
    owed = len([day for day in days if day >= CAME])
    assert due_in_october(cast, cast.here.school) == (owed, owed)


def test_a_roster_that_was_taken_back_never_came(cast, days) -> None:
    roster_came(cast, cast.here.school.unit, CAME, ImportBatch.UNDONE)
    assert due_in_october(cast, cast.here.school) == (len(days), len(days))


def test_a_roll_of_a_day_before_makes_no_rate_above_all(cast, days) -> None:
    roster_came(cast, cast.here.school.unit, CAME)
    call_rolls(cast.here.school_class, days)
    period = Period("month", FIRST, LAST)
    rate = rates_of([cast.here.school], cast.county.pk, period, SCHOOL).total
    assert rate.in_time + rate.late == rate.due == len([day for day in days if day >= CAME])


@pytest.mark.parametrize(("day", "missing"), [(BEFORE, 0), (CAME, 1), (AFTER, 1)])
def test_the_class_is_uncalled_from_that_day_on(cast, days, day: date, missing: int) -> None:
    roster_came(cast, cast.here.school.unit, CAME)
    school = cast.here.school
    assert len(uncalled_by_school([school], cast.county.pk, day)) == missing
    assert rates_of([school], cast.county.pk, Period(DAY, day, day), SCHOOL).total.due == missing


def test_the_grid_of_the_class_says_why(cast, days) -> None:
    roster_came(cast, cast.here.school.unit, CAME)
    (row,) = month_of_class(cast.here.school_class, FIRST, LAST)
    marks = {one.day: one.mark.words for one in row.days}
    assert (marks[BEFORE], marks[CAME], marks[AFTER]) == ("名册导入以前", "未点名", "未点名")
