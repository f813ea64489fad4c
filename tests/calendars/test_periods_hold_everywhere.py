"""What must be true of every period, wherever it begins."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from students.calendars.workdays import Calendar, DayType

DAYS = st.dates(date(2024, 6, 1), date(2027, 6, 30))
COUNTS = st.integers(0, 40)
DAY_TYPES = st.sampled_from(DayType)


@given(day=DAYS, n=COUNTS, day_type=DAY_TYPES)
def test_counting_to_the_nth_day_gives_n(
    county: Calendar, day: date, n: int, day_type: DayType
) -> None:
    end = county.nth_day_after(day, n, day_type)
    assert county.count_between(day, end, day_type) == n


@given(day=DAYS, n=st.integers(1, 40), day_type=DAY_TYPES)
def test_the_nth_day_itself_counts(county: Calendar, day: date, n: int, day_type: DayType) -> None:
    assert county.counts(county.nth_day_after(day, n, day_type), day_type)


@given(day=DAYS, n=COUNTS, day_type=DAY_TYPES)
def test_one_day_more_ends_later(county: Calendar, day: date, n: int, day_type: DayType) -> None:
    shorter = county.nth_day_after(day, n, day_type)
    assert county.nth_day_after(day, n + 1, day_type) > shorter


@given(day=DAYS, n=st.integers(1, 40), day_type=DAY_TYPES)
def test_a_later_event_never_ends_earlier(
    county: Calendar, day: date, n: int, day_type: DayType
) -> None:
    next_day = day + timedelta(days=1)
    assert county.nth_day_after(day, n, day_type) <= county.nth_day_after(next_day, n, day_type)


@given(start=DAYS, middle=DAYS, end=DAYS, day_type=DAY_TYPES)
def test_counts_of_two_halves_add_up(
    county: Calendar, start: date, middle: date, end: date, day_type: DayType
) -> None:
    first, second, third = sorted((start, middle, end))
    halves = county.count_between(first, second, day_type) + county.count_between(
        second, third, day_type
    )
    assert county.count_between(first, third, day_type) == halves


@given(day=DAYS, n=COUNTS)
def test_a_rolled_period_ends_on_a_working_day_and_never_early(
    county: Calendar, day: date, n: int
) -> None:
    end = county.calendar_period_end(day, n)
    assert county.is_working(end)
    assert end >= day + timedelta(days=n)
    assert county.count_between(day + timedelta(days=n - 1), end, DayType.WORKING) == 1


@given(day=DAYS)
def test_every_school_day_of_a_county_without_closures_is_a_working_day(
    county: Calendar, day: date
) -> None:
    assert county.is_working(day) or not county.is_school_day(day)


@given(day=st.dates(date(2026, 1, 16), date(2026, 3, 1)), n=st.integers(1, 40))
def test_a_cut_window_hands_over_on_the_first_teaching_day(
    county: Calendar, day: date, n: int
) -> None:
    end = county.paused_window_end(day, n, DayType.WORKING)
    assert county.next_working_day(end) == county.first_teaching_day_on_or_after(end)
    assert county.vacation_on(end)


@given(day=st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_the_next_and_the_previous_working_day_are_each_other_s_neighbours(
    county: Calendar, day: date
) -> None:
    following = county.next_working_day(day)
    assert county.previous_working_day(following) <= day < following
