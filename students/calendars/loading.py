"""Calendars out of the database, in one query or two whatever the data."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from foundation.prepared import ask, prepared
from students.calendars.models import SchoolDayOverride, TermName
from students.calendars.workdays import SATURDAY, Calendar, Closure, Term


def calendar_for(county_id: int, school_id: int | None = None) -> Calendar:
    """Return the calendar of a county, or of one of its schools: one query.

    Its ``version`` grows with every change to the rows it was made of, never shrinks, and is
    comparable for the same county and school only.
    """
    rows = _rows_of(county_id, school_id)
    overrides = [Override(row.revision, row.day, row.flag, row.word) for row in rows["override"]]
    return with_overrides(_county_days(rows), overrides)


class Override(NamedTuple):
    """Of a closure or make-up day what its reading needs."""

    pk: int
    day: date
    is_school_day: bool
    reason: str


@dataclass(frozen=True)
class CountyCalendars:
    """The calendars of all schools of a county, loaded together; for sweeps and figures."""

    plain: Calendar
    overrides: Mapping[int | None, list[SchoolDayOverride]]
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
    """Return the calendars of all schools of a county: two queries."""
    overrides: dict[int | None, list[SchoolDayOverride]] = defaultdict(list)
    for row in _all_overrides(county=county_id):
        overrides[row.school_id].append(row)
    return CountyCalendars(_county_days(_rows_of(county_id)), dict(overrides))


@prepared
def _all_overrides(*, county: Any) -> QuerySet[SchoolDayOverride]:
    return SchoolDayOverride.objects.filter(county_id=county).order_by("id")


def with_overrides(calendar: Calendar, rows: Iterable[SchoolDayOverride | Override]) -> Calendar:
    """Return the calendar with closures and make-up days; of a day's rows the newest counts."""
    ordered = sorted(rows, key=lambda row: row.pk)
    newest = {row.day: row for row in ordered}.values()
    return replace(
        calendar,
        closures=tuple(
            Closure(row.day, row.day, row.reason) for row in newest if not row.is_school_day
        ),
        make_up_teaching=frozenset(row.day for row in newest if row.is_school_day),
        version=calendar.version + len(ordered),
    )


def _rows_of(county_id: int, school_id: int | None = None) -> "dict[str, list[_Row]]":
    rows: dict[str, list[_Row]] = defaultdict(list)
    for kind, *row in ask(_ROWS, {"county": county_id, "school": school_id}):
        rows[kind].append(_Row(*row))
    return rows


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
    """A row of one of the four tables, in the columns they share."""

    revision: int
    day: date
    flag: bool
    word: str
    last_day: date
    registration_day: date


# Read with every roll call of a morning: one statement, and no object a row.
_ROWS = """
SELECT 'day', revision, day, is_working, '', day, day
  FROM calendars_calendarday WHERE county_id = %(county)s
UNION ALL
SELECT 'year', revision, make_date(year, 1, 1), true, '', make_date(year, 1, 1),
       make_date(year, 1, 1)
  FROM calendars_calendaryear WHERE county_id = %(county)s
UNION ALL
SELECT 'term', revision, first_day, true, name, last_day, registration_day
  FROM calendars_schoolterm WHERE county_id = %(county)s
UNION ALL
SELECT 'override', id, day, is_school_day, reason, day, day
  FROM calendars_schooldayoverride
 WHERE county_id = %(county)s AND (school_id IS NULL OR school_id = %(school)s)
 ORDER BY 1, 3
"""
