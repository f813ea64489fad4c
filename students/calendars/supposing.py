"""A county's calendars as they would be with other terms or other holidays. Reads no table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from students.calendars.loading import CountyCalendars
from students.calendars.models import TermName
from students.calendars.terms import Term, is_spring, school_year_of
from students.calendars.workdays import Calendar, differs


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term as it is entered: ``school_year`` is the year in which the school year began."""

    school_year: int
    name: TermName
    first_day: date
    last_day: date
    registration_day: date

    @property
    def term(self) -> Term:
        """The term as a calendar holds it."""
        return Term(self.name.label, self.first_day, self.last_day, self.registration_day)


def half_of(term: Term) -> tuple[int, TermName]:
    """The school year of a term on record, and which of its two terms it is."""
    name = TermName.SPRING if is_spring(term.last_day) else TermName.AUTUMN
    return school_year_of(term.last_day), name


def with_terms(calendars: CountyCalendars, entries: Iterable[TermEntry]) -> CountyCalendars:
    """The calendars with these terms beside, or in the place of, those on record."""
    new = {(entry.school_year, entry.name): entry.term for entry in entries}
    kept = [term for term in calendars.plain.terms if half_of(term) not in new]
    terms = sorted([*kept, *new.values()], key=lambda term: term.first_day)
    return _with(calendars, replace(calendars.plain, terms=tuple(terms)))


def with_days(
    calendars: CountyCalendars, year: int, days: Mapping[date, bool], cleared: Iterable[date]
) -> CountyCalendars:
    """The calendars with these days of a year's arrangement: day to whether it is worked.

    ``cleared`` are days on record that become ordinary again.
    """
    plain, gone = calendars.plain, set(cleared) | set(days)
    off = {day for day, worked in days.items() if not worked and differs(day, worked)}
    extra = {day for day, worked in days.items() if worked and differs(day, worked)}
    return _with(
        calendars,
        replace(
            plain,
            off=(plain.off - gone) | off,
            extra=(plain.extra - gone) | extra,
            covered_years=plain.covered_years | {year},
        ),
    )


def _with(calendars: CountyCalendars, plain: Calendar) -> CountyCalendars:
    return CountyCalendars(plain, calendars.overrides)
