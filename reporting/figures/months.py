"""The month that a return covers, and the day of its figures."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from foundation.days import ONE_DAY, days_between, full_day_words, month_words
from students.calendars.terms import school_year_of


@dataclass(frozen=True, slots=True)
class ReturnMonth:
    """A month up to ``as_of``: its last day, or today while the month runs."""

    first: date
    as_of: date

    @classmethod
    def of(cls, first: str, as_of: str) -> "ReturnMonth":
        """The month from the two ISO dates that a return keeps."""
        return cls(date.fromisoformat(first), date.fromisoformat(as_of))

    @property
    def before(self) -> date:
        """The last day of the month before, on which 上月结转 is counted."""
        return self.first - ONE_DAY

    @property
    def school_year(self) -> int:
        """The year in which the school year of ``as_of`` began (1 September, domain 4.1)."""
        return school_year_of(self.as_of)

    @property
    def year_start(self) -> date:
        """学年初, 1 September."""
        return date(self.school_year, 9, 1)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day from the first to ``as_of``."""
        return tuple(days_between(self.first, self.as_of))

    @property
    def words(self) -> str:
        """2026年11月."""
        return month_words(self.first)

    @property
    def as_of_words(self) -> str:
        """2026年11月30日."""
        return full_day_words(self.as_of)


def month_until(day_in_month: date, today: date) -> ReturnMonth:
    """The month of ``day_in_month`` up to its last day, or up to ``today`` while it runs.

    Raises ValueError for a month that has not begun.
    """
    first = day_in_month.replace(day=1)
    if first > today:
        raise ValueError(f"the month of {first} has not begun")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return ReturnMonth(first, min(last, today))


def months_back(today: date, count: int) -> tuple[date, ...]:
    """The first days of the running month and of the months before it, the newest first."""
    firsts = [today.replace(day=1)]
    while len(firsts) < count:
        firsts.append((firsts[-1] - ONE_DAY).replace(day=1))
    return tuple(firsts)
