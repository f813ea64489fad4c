"""Calendars out of the database, in four queries whatever the data."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Q

from students.calendars.models import CalendarDay, CalendarYear, SchoolDayOverride, SchoolTerm
from students.calendars.workdays import SATURDAY, Calendar, Closure, Term


def calendar_for(county_id: int, school_id: int | None = None) -> Calendar:
    """Return the calendar of a county, or of one of its schools: four queries.

    Its ``version`` grows with every change to the rows it was made of, never shrinks, and is
    comparable for the same county and school only.
    """
    reach = Q(school_id=None) | Q(school_id=school_id)
    rows = list(SchoolDayOverride.objects.filter(reach, county_id=county_id).order_by("id"))
    return with_overrides(_county_days(county_id), rows)


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
    """Return the calendars of all schools of a county: four queries."""
    overrides: dict[int | None, list[SchoolDayOverride]] = defaultdict(list)
    for row in SchoolDayOverride.objects.filter(county_id=county_id).order_by("id"):
        overrides[row.school_id].append(row)
    return CountyCalendars(_county_days(county_id), dict(overrides))


def with_overrides(calendar: Calendar, rows: Iterable[SchoolDayOverride]) -> Calendar:
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


def _county_days(county_id: int) -> Calendar:
    days = list(CalendarDay.objects.filter(county_id=county_id))
    years = list(CalendarYear.objects.filter(county_id=county_id))
    terms = list(SchoolTerm.objects.filter(county_id=county_id))
    return Calendar(
        off=frozenset(
            row.day for row in days if not row.is_working and row.day.weekday() < SATURDAY
        ),
        extra=frozenset(
            row.day for row in days if row.is_working and row.day.weekday() >= SATURDAY
        ),
        covered_years=frozenset(row.year for row in years),
        terms=tuple(
            Term(row.label, row.first_day, row.last_day, row.registration_day) for row in terms
        ),
        version=_revisions(days) + _revisions(years) + _revisions(terms),
    )


def _revisions(rows: Iterable[CalendarDay] | Iterable[CalendarYear] | Iterable[SchoolTerm]) -> int:
    return sum(row.revision for row in rows)
