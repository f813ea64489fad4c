"""The State Council's days of 2025 and 2026, and a county that teaches by them."""

from collections.abc import Iterable
from datetime import date

import pytest

from foundation.accounts.actions import add_unit, grant_post
from foundation.accounts.models import Person, Region, Unit, UnitKind
from foundation.accounts.querysets import viewer_on
from foundation.accounts.viewer import Viewer
from students.calendars.actions import TermEntry
from students.calendars.models import TermName
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


@pytest.fixture
def term_entries() -> tuple[TermEntry, ...]:
    """The two terms of the school year 2025 as a county enters them."""
    names = (TermName.AUTUMN, TermName.SPRING)
    return tuple(
        TermEntry(2025, name, term.first_day, term.last_day, term.registration_day)
        for name, term in zip(names, TERMS, strict=True)
    )


@pytest.fixture
def bureau(db: None) -> Unit:
    """A county that has entered nothing yet."""
    return _county("530998", "乙县教育体育局")


@pytest.fixture
def next_bureau(db: None) -> Unit:
    """The county beside it in the same installation."""
    return _county("530997", "丙县教育体育局")


@pytest.fixture
def schools(bureau: Unit) -> list[Unit]:
    """Two schools of the county."""
    return [
        add_unit(UnitKind.SCHOOL, name, bureau.region, bureau) for name in ("东镇小学", "西镇小学")
    ]


@pytest.fixture
def officer(bureau: Unit) -> Viewer:
    """Who may manage the county's calendar."""
    return _viewer("officer", "county_desk", bureau)


@pytest.fixture
def head_teacher(schools: list[Unit]) -> Viewer:
    """Who reads the calendar of the first school and may not change it."""
    return _viewer("head", "head_teacher", schools[0])


def _county(code: str, name: str) -> Unit:
    region = Region.objects.create(code=code, name=name[:2], valid_from=date(2024, 9, 1))
    return add_unit(UnitKind.COUNTY, name, region, None)


def _viewer(login: str, role: str, unit: Unit) -> Viewer:
    person = Person.objects.create_person(login, "甲")
    grant_post(person, role, unit, date(2024, 9, 1), None)
    return viewer_on(person, date(2025, 9, 12))
