"""Terms, suspended days, and the vacations between terms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from foundation.days import ONE_DAY

# A term that is not entered yet is taken to begin on one of these days (month, day), so that
# a county which forgets to enter its spring term can still call the roll in March.
ASSUMED_STARTS = ((3, 1), (9, 1))
# The length of the vacation before the first term on record, whose start is unknown.
ASSUMED_VACATION = timedelta(days=30)
LONGEST_TERM = 200  # days
LONGEST_REGISTRATION = timedelta(days=60)  # before the first teaching day


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a county: first and last teaching day, both included, and registration day."""

    name: str
    first_day: date
    last_day: date
    registration_day: date


@dataclass(frozen=True, slots=True)
class SuspendedDays:
    """Days without school (停课), for example for flood or snow; both ends included."""

    first_day: date
    last_day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Vacation:
    """The days between two terms, both ends included."""

    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        """Return whether ``day`` lies in this vacation."""
        return self.first_day <= day <= self.last_day

    def days_within(self, start_exclusive: date, end_inclusive: date) -> int:
        """Return how many of its days lie after the first day, up to and with the last."""
        first = max(self.first_day, start_exclusive + ONE_DAY)
        last = min(self.last_day, end_inclusive)
        return max((last - first).days + 1, 0)


def school_year_of(day: date) -> int:
    """Return the year in which the school year of ``day`` began, on 1 September (domain 4.1)."""
    return day.year if day.month >= 9 else day.year - 1


def is_spring(last_day: date) -> bool:
    """Return whether a term that ends on this day is a spring term: April to August."""
    return 4 <= last_day.month <= 8


def term_refusal(
    school_year: int, in_spring: bool, first: date, last: date, registration: date
) -> str:
    """Why a term cannot be entered, in Chinese; empty where nothing is wrong with it alone."""
    if first > last:
        return "最后一个上课日早于第一个上课日，请改正。"
    if (last - first).days > LONGEST_TERM:
        return f"一个学期不应超过{LONGEST_TERM}天，请核对起止日期。"
    if (school_year_of(last), is_spring(last)) != (school_year, in_spring):
        return "起止日期与所选学年、学期不符，请核对。"
    if not timedelta() <= last - registration <= last - first + LONGEST_REGISTRATION:
        return "报到注册日应在开学前60天之内，且不晚于学期结束，请核对。"
    return ""


def days_of(spans: Iterable[SuspendedDays]) -> Iterator[date]:
    """Yield every suspended day. A span that ends before it begins has none."""
    for span in spans:
        for offset in range((span.last_day - span.first_day).days + 1):
            yield span.first_day + offset * ONE_DAY


def vacations_of(terms: Sequence[Term]) -> tuple[Vacation, ...]:
    """Return the vacations around the terms, in order of date.

    Between two terms that follow each other the vacation is the gap. Where the next term is not
    entered it lasts to the eve of 1 March or 1 September, whichever comes first; where the one
    before is not entered it is the 30 days before the term. No terms: no vacations.
    """
    ordered: list[Term | None] = [None, *sorted(terms, key=lambda term: term.first_day), None]
    found = (gap for before, after in pairwise(ordered) for gap in _gaps(before, after))
    return tuple(gap for gap in found if gap.first_day <= gap.last_day)


def _gaps(before: Term | None, after: Term | None) -> Iterator[Vacation]:
    if before and after and _half(after) - _half(before) <= 1:
        yield Vacation(before.last_day + ONE_DAY, after.first_day - ONE_DAY)
        return
    if before:
        yield Vacation(before.last_day + ONE_DAY, _assumed_start(before.last_day) - ONE_DAY)
    if after:
        yield Vacation(after.first_day - ASSUMED_VACATION, after.first_day - ONE_DAY)


def _half(term: Term) -> int:
    """Number the half-years of all time: two terms that follow each other differ by one.

    The last day decides, since an autumn term may begin in the last days of August.
    """
    return 2 * school_year_of(term.last_day) + is_spring(term.last_day)


def _assumed_start(after: date) -> date:
    starts = (
        date(year, *start) for year in (after.year, after.year + 1) for start in ASSUMED_STARTS
    )
    return next(start for start in starts if start > after)
