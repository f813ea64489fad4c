"""The State Council's days of 2025 and 2026, and a county that teaches by them."""

from collections.abc import Iterable
from datetime import date

import pytest

from students.calendars.workdays import Calendar, Term

OFF = {
    2025: (
        "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 "
        "10-01 10-02 10-03 10-06 10-07 10-08"
    ),
    2026: (
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 "
        "10-01 10-02 10-05 10-06 10-07"
    ),
}
EXTRA = {
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
TERMS = (
    Term("秋季学期", date(2025, 9, 1), date(2026, 1, 16), date(2025, 8, 31)),
    Term("春季学期", date(2026, 3, 2), date(2026, 7, 10), date(2026, 3, 1)),
)


def _dates(table: dict[int, str]) -> Iterable[date]:
    return (date.fromisoformat(f"{year}-{day}") for year in table for day in table[year].split())


@pytest.fixture(scope="session")
def state_council() -> Calendar:
    """Working days only: no term is on record."""
    return Calendar(
        off=frozenset(_dates(OFF)),
        extra=frozenset(_dates(EXTRA)),
        covered_years=frozenset({2025, 2026}),
    )


@pytest.fixture(scope="session")
def county(state_council: Calendar) -> Calendar:
    """The same with the two terms of the school year 2025: vacation 2026-01-17 to 03-01."""
    return Calendar(
        off=state_council.off,
        extra=state_council.extra,
        covered_years=state_council.covered_years,
        terms=TERMS,
    )
