"""Counts working days and school days, and finds the day a period ends (domain 3.4 and 3.5)."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from foundation.days import ONE_DAY
from students.calendars.terms import (
    SuspendedDays,
    Term,
    Vacation,
    days_of,
    school_year_of,
    vacations_of,
)

__all__ = ["Calendar", "DayType", "SuspendedDays", "Term", "Vacation", "school_year_of"]

SATURDAY = 5


class DayType(StrEnum):
    """Which days a period counts. Periods of months and years have functions of their own."""

    LITERAL_WEEKDAY = (
        "literal_weekday"  # Monday to Friday and nothing else, 不含双休日 to the letter
    )
    WORKING = "working_day"  # the State Council's calendar
    SCHOOL = "school_day"  # working days in term, less suspended days, plus make-up teaching days
    CALENDAR = "calendar_day"


@dataclass(frozen=True)
class Calendar:
    """One county's days, or one school's, as they stand at ``version``.

    Day 0, the day of the event, is never counted. A year outside ``covered_years`` has no State
    Council arrangement yet and runs Monday to Friday; nothing here raises for a day of such a year.
    Where no term is on record, a school day is a working day and there is no vacation.
    """

    off: frozenset[date] = frozenset()
    """Mondays to Fridays on which nobody works (statutory holidays and days moved to them)."""
    extra: frozenset[date] = frozenset()
    """Saturdays and Sundays that are worked (调休上班)."""
    covered_years: frozenset[int] = frozenset()
    terms: tuple[Term, ...] = ()
    suspended: tuple[SuspendedDays, ...] = ()
    make_up_teaching: frozenset[date] = frozenset()
    """Days taught whatever the rest says; they win over suspended days and vacations."""
    version: int = 0

    # --- what a day is ------------------------------------------------------------------------

    def is_literal_weekday(self, day: date) -> bool:
        """Return whether ``day`` is Monday to Friday, holidays included."""
        return day.weekday() < SATURDAY

    def is_working(self, day: date) -> bool:
        """Return whether ``day`` is worked under the State Council's arrangement."""
        if day in self.extra:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def is_school_day(self, day: date) -> bool:
        """Return whether school is held on ``day``."""
        if day in self.make_up_teaching:
            return True
        if day in self._closed or not self.is_working(day):
            return False
        return self.vacation_on(day) is None

    def counts(self, day: date, day_type: DayType) -> bool:
        """Return whether ``day`` counts in a period of ``day_type``."""
        match day_type:
            case DayType.LITERAL_WEEKDAY:
                return self.is_literal_weekday(day)
            case DayType.WORKING:
                return self.is_working(day)
            case DayType.SCHOOL:
                return self.is_school_day(day)
            case DayType.CALENDAR:
                return True

    def is_provisional(self, day: date) -> bool:
        """Return whether the State Council's arrangement for the year of ``day`` is missing."""
        return day.year not in self.covered_years

    # --- the end of a period ------------------------------------------------------------------

    def nth_day_after(self, day0: date, n: int, day_type: DayType) -> date:
        """Return the ``n``-th counted day after ``day0``; 0 gives ``day0`` itself.

        "3日内" from a Friday ends on this day at 24:00 with ``n`` 3. A negative ``n`` is a
        ``ValueError``.
        """
        _refuse_negative(n)
        day, left = day0, n
        while left:
            day += ONE_DAY
            left -= self.counts(day, day_type)
        return day

    def count_between(self, start_exclusive: date, end_inclusive: date, day_type: DayType) -> int:
        """Return how many counted days lie after the first day, up to and with the last."""
        return sum(self.counts(day, day_type) for day in _days(start_exclusive, end_inclusive))

    def calendar_period_end(self, day0: date, days: int) -> date:
        """Return the last day of ``days`` calendar days, moved forward to a working day.

        一周内 from service is 7 (domain Q6); the roll follows 民法典 201–203.
        """
        _refuse_negative(days)
        return self.on_or_after_working(day0 + days * ONE_DAY)

    def months_after(self, day0: date, months: int) -> date:
        """Return the same day ``months`` later, moved forward to a working day."""
        return self.on_or_after_working(self.same_day_after(day0, months))

    def same_day_after(self, day0: date, months: int) -> date:
        """Return the same day ``months`` later, worked or not.

        31 January and one month is the last day of February.
        """
        _refuse_negative(months)
        return _add_months(day0, months)

    def report_due_day(self, year: int, month: int) -> date:
        """Return the last day of the month, moved back to a working day (P15, 每月底)."""
        last = date(year, month, monthrange(year, month)[1])
        return self.previous_working_day(last + ONE_DAY)

    # --- working days next to a day -----------------------------------------------------------

    def next_working_day(self, day: date) -> date:
        """Return the first working day strictly after ``day``: the hand-over between two rungs."""
        return self.nth_day_after(day, 1, DayType.WORKING)

    def previous_working_day(self, day: date) -> date:
        """Return the last working day strictly before ``day``."""
        day -= ONE_DAY
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def on_or_after_working(self, day: date) -> date:
        """Return ``day`` if it is worked, otherwise the next working day."""
        return day if self.is_working(day) else self.next_working_day(day)

    # --- terms and vacations ------------------------------------------------------------------

    def vacation_on(self, day: date) -> Vacation | None:
        """Return the vacation that ``day`` lies in, if any."""
        index = bisect_right(self.vacations, day, key=lambda vacation: vacation.first_day)
        vacation = self.vacations[index - 1] if index else None
        return vacation if vacation and vacation.covers(day) else None

    def days_in_vacation(self, start_exclusive: date, end_inclusive: date) -> int:
        """Return how many calendar days of vacations lie after the first, up to the last day."""
        return sum(v.days_within(start_exclusive, end_inclusive) for v in self.vacations)

    def term_of(self, day: date) -> Term | None:
        """Return the term on record that ``day`` lies in, weekends and suspended days included."""
        return next((t for t in self.terms if t.first_day <= day <= t.last_day), None)

    def last_term_before(self, day: date) -> Term | None:
        """Return the last term on record before the one that ``day`` lies in or follows."""
        begun = [term for term in self.terms if term.first_day <= day]
        return begun[-2] if len(begun) > 1 else None

    def in_term(self, day: date) -> bool:
        """Return whether ``day`` lies outside every vacation; always, where no term is known."""
        return self.vacation_on(day) is None

    def first_teaching_day_on_or_after(self, day: date) -> date:
        """Return ``day`` if school is held on it, otherwise the next day on which it is.

        From a term's first day this is day 0 of the clocks that run from 开学 (domain 3.4, 9).
        """
        return day if self.is_school_day(day) else self.nth_day_after(day, 1, DayType.SCHOOL)

    def school_year_of(self, day: date) -> int:
        """Return the year in which the school year of ``day`` began.

        It turns on 1 September, or with the first day of an autumn term that begins before it.
        """
        term = self.term_of(day)
        return school_year_of(term.last_day if term else day)

    def paused_window_end(self, day0: date, n: int, day_type: DayType) -> date:
        """Return the last day of a school's own window of ``n`` days (domain 3.5).

        A school's clock pauses in a vacation, and a paused window is not resumed: it ends with
        the vacation's last day, so that the hand-over one working day later falls on the first
        teaching day and the case climbs at once. With day 0 in a vacation it ends likewise.
        """
        _refuse_negative(n)
        plain = self.nth_day_after(day0, n, day_type)
        met = (v for v in self.vacations if v.first_day <= plain and v.last_day >= day0)
        vacation = next(met, None) if n else None
        return vacation.last_day if vacation else plain

    # --- worked out once ----------------------------------------------------------------------

    @cached_property
    def _closed(self) -> frozenset[date]:
        return frozenset(days_of(self.suspended))

    @cached_property
    def vacations(self) -> tuple[Vacation, ...]:
        """The vacations between the terms on record, in order."""
        return vacations_of(self.terms)


def differs(day: date, is_working: bool) -> bool:
    """Return whether a day so worked differs from Monday to Friday worked, weekend free."""
    return is_working != (day.weekday() < SATURDAY)


def _days(start_exclusive: date, end_inclusive: date) -> Iterator[date]:
    for offset in range(1, (end_inclusive - start_exclusive).days + 1):
        yield start_exclusive + timedelta(days=offset)


def _add_months(day: date, months: int) -> date:
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def _refuse_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"a period cannot be negative: {n}")
