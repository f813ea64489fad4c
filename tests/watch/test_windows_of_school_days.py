"""Which days the rules look back over, on the cast's calendar."""

from datetime import date, timedelta

from cases.watch.windows import windows_of
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar
from tests.cast import Cast
from tests.watch.help import FRI, back


def test_the_window_of_twenty_school_days_begins_with_the_twentieth(cast: Cast) -> None:
    windows = windows_of(calendar_for(cast.county.pk), FRI)
    assert (windows.recent, windows.long) == (back(cast, 20), back(cast, 60))


def test_where_school_days_run_out_the_window_begins_with_the_first() -> None:
    nothing = Calendar(suspended=())
    windows = windows_of(nothing, FRI)
    assert windows.before < windows.long < windows.recent < FRI


def test_an_ordinary_monday_comes_after_no_holiday(cast: Cast) -> None:
    windows = windows_of(calendar_for(cast.county.pk), FRI)
    assert date(2025, 12, 8) not in windows.after_holidays


def test_the_first_school_day_after_the_national_holiday_does(cast: Cast) -> None:
    windows = windows_of(calendar_for(cast.county.pk), FRI)
    assert date(2025, 10, 9) in windows.after_holidays
    assert date(2025, 10, 10) not in windows.after_holidays


def test_three_days_off_make_a_holiday_and_two_do_not() -> None:
    friday = date(2025, 12, 5)
    calendar = Calendar(off=frozenset({friday}))
    monday, next_monday = friday + timedelta(days=3), friday + timedelta(days=10)
    after = windows_of(calendar, FRI + timedelta(days=7)).after_holidays
    assert monday in after
    assert next_monday not in after
