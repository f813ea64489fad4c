"""A year whose State Council arrangement is missing runs Monday to Friday and never raises."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from students.calendars.workdays import Calendar, DayType

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
DAY_TYPES = st.sampled_from(DayType)


def test_the_year_after_the_last_arrangement_is_provisional(county: Calendar) -> None:
    assert not county.is_provisional(date(2026, 12, 31))
    assert county.is_provisional(date(2027, 1, 1))
    assert county.is_working(date(2027, 1, 1))  # a Friday: the holiday is not known yet
    assert not county.is_working(date(2027, 1, 2))


@given(day=DAYS)
def test_every_day_of_an_empty_calendar_is_a_plain_weekday_or_weekend(day: date) -> None:
    empty = Calendar()
    assert empty.is_provisional(day)
    assert empty.is_working(day) == empty.is_school_day(day) == (day.weekday() < 5)


@given(day=DAYS, n=st.integers(0, 60), day_type=DAY_TYPES)
def test_no_question_raises_in_any_year(
    county: Calendar, day: date, n: int, day_type: DayType
) -> None:
    answers = (
        county.nth_day_after(day, n, day_type),
        county.paused_window_end(day, n, day_type),
        county.calendar_period_end(day, n),
        county.months_after(day, n),
        county.previous_working_day(day),
        county.first_teaching_day_on_or_after(day),
        county.report_due_day(day.year, day.month),
    )
    assert all(isinstance(answer, date) for answer in answers)
    assert county.school_year_of(day) in (day.year, day.year - 1)
