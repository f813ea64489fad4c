"""Loads calendars from the database, one query for any number of schools."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from foundation.prepared import ask
from students.calendars.models import TermName
from students.calendars.workdays import SATURDAY, Calendar, SuspendedDays, Term


def calendar_for(county_id: int, school_id: int | None = None) -> Calendar:
    """Return the calendar of a county, or of one of its schools: one query.

    Its ``version`` grows with every change to its rows and never shrinks. Compare versions of the
    same county and school only.
    """
    rows = _rows_of(_OF_ONE, county_id, school_id)
    return with_overrides(_county_days(rows), [_override(row) for row in rows["override"]])


class Override(NamedTuple):
    """The fields of a suspended or make-up day that a calendar reads."""

    pk: int
    day: date
    is_school_day: bool
    reason: str


@dataclass(frozen=True)
class CountyCalendars:
    """The calendars of all schools of a county, loaded together, for sweeps and figures."""

    plain: Calendar
    overrides: Mapping[int | None, list[Override]]  # by school; of the whole county under None
    _made: dict[int, Calendar] = field(default_factory=dict)

    @cached_property
    def county(self) -> Calendar:
        """The calendar of the county without the exceptions of single schools."""
        return with_overrides(self.plain, self.overrides.get(None, []))

    def of_school(self, school_id: int) -> Calendar:
        """Return the calendar of a school; one without exceptions shares the county's."""
        if school_id not in self.overrides:
            return self.county
        if school_id not in self._made:
            rows = [*self.overrides.get(None, []), *self.overrides[school_id]]
            self._made[school_id] = with_overrides(self.plain, rows)
        return self._made[school_id]


def calendars_of(county_id: int) -> CountyCalendars:
    """Return the calendars of all schools of a county: one query."""
    rows = _rows_of(_OF_ALL, county_id)
    overrides: dict[int | None, list[Override]] = defaultdict(list)
    for row in rows["override"]:
        overrides[row.school_id].append(_override(row))
    return CountyCalendars(_county_days(rows), dict(overrides))


def with_overrides(calendar: Calendar, rows: Iterable[Override]) -> Calendar:
    """Return the calendar with suspended and make-up days; the newest row of a day counts."""
    ordered = sorted(rows, key=lambda row: row.pk)
    newest = {row.day: row for row in ordered}.values()
    return replace(
        calendar,
        suspended=tuple(
            SuspendedDays(row.day, row.day, row.reason) for row in newest if not row.is_school_day
        ),
        make_up_teaching=frozenset(row.day for row in newest if row.is_school_day),
        version=calendar.version + len(ordered),
    )


def _rows_of(
    statement: str, county_id: int, school_id: int | None = None
) -> "dict[str, list[_Row]]":
    rows: dict[str, list[_Row]] = defaultdict(list)
    for kind, *row in ask(statement, {"county": county_id, "school": school_id}):
        rows[kind].append(_Row(*row))
    return rows


def _override(row: "_Row") -> Override:
    return Override(row.revision, row.day, row.flag, row.word)


def _county_days(rows: "Mapping[str, list[_Row]]") -> Calendar:
    days = rows["day"]
    return Calendar(
        off=frozenset(row.day for row in days if not row.flag and row.day.weekday() < SATURDAY),
        extra=frozenset(row.day for row in days if row.flag and row.day.weekday() >= SATURDAY),
        covered_years=frozenset(row.day.year for row in rows["year"]),
        terms=tuple(
            Term(TermName(row.word).label, row.day, row.last_day, row.registration_day)
            for row in rows["term"]
        ),
        version=sum(row.revision for kind in ("day", "year", "term") for row in rows[kind]),
    )


class _Row(NamedTuple):
    """A row of one of the four tables, with the columns they share."""

    revision: int
    day: date
    flag: bool
    word: str
    last_day: date
    registration_day: date
    school_id: int | None


# Read with every roll call of a morning: one statement, and no model instances.
_DAYS = """
SELECT 'day', revision, day, is_working, '', day, day, NULL::bigint
  FROM calendars_calendarday WHERE county_id = %(county)s
UNION ALL
SELECT 'year', revision, make_date(year, 1, 1), true, '', make_date(year, 1, 1),
       make_date(year, 1, 1), NULL
  FROM calendars_calendaryear WHERE county_id = %(county)s
UNION ALL
SELECT 'term', revision, first_day, true, name, last_day, registration_day, NULL
  FROM calendars_schoolterm WHERE county_id = %(county)s
UNION ALL
SELECT 'override', id, day, is_school_day, reason, day, day, school_id
  FROM calendars_schooldayoverride WHERE county_id = %(county)s
"""
_OF_ONE = f"{_DAYS} AND (school_id IS NULL OR school_id = %(school)s) ORDER BY 1, 3"
_OF_ALL = f"{_DAYS} ORDER BY 1, 3"
