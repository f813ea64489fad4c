"""The context of a write to a case: rules, calendar, day, moment and person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from cases.models import Case
from foundation.accounts.audit import Origin
from foundation.accounts.parameters import ParameterHistory, Parameters
from foundation.accounts.querysets import parameter_history
from foundation.prepared import prepared
from students.attendance.rolls.morning import ClassMorning
from students.calendars.loading import CountyCalendars, calendars_of
from students.calendars.workdays import Calendar


class SomebodyWasFirst(Exception):
    """The case was changed since the page was opened; nothing was written."""


@dataclass(frozen=True, slots=True)
class Context:
    """The day of the write, the rules of the day that the write counts from, and the calendar."""

    rules: Parameters
    calendar: Calendar
    today: date
    now: datetime
    by: Origin


class Contexts:
    """Contexts for one day and one person. Loads each county's rules and calendars once.

    ``morning`` is the class whose roll is being called, if any: it has its school's calendar.
    """

    def __init__(
        self, today: date, now: datetime, by: Origin, morning: ClassMorning | None = None
    ) -> None:
        self.today, self.now, self.by = today, now, by
        self._morning = morning
        self._rules: dict[tuple[int, date], Parameters] = {}
        self._histories: dict[int, ParameterHistory] = {}
        self._calendars: dict[int, CountyCalendars] = {}

    def of_the_clock(self) -> "Contexts":
        """The same contexts without a person, for moves of the clock. Shares what was loaded."""
        clock = Contexts(self.today, self.now, Origin(), self._morning)
        clock._rules, clock._calendars = self._rules, self._calendars
        clock._histories = self._histories
        return clock

    def supposing(
        self,
        county_id: int,
        *,
        calendars: CountyCalendars | None = None,
        history: ParameterHistory | None = None,
    ) -> "Contexts":
        """The same contexts as if the county had other calendars, or another history of values."""
        other = Contexts(self.today, self.now, self.by)
        other._calendars[county_id] = calendars or self.calendars_of(county_id)
        other._histories[county_id] = history or self.history_of(county_id)
        return other

    def calendars_of(self, county_id: int) -> CountyCalendars:
        """The calendars of a county and of all its schools."""
        if county_id not in self._calendars:
            self._calendars[county_id] = calendars_of(county_id)
        return self._calendars[county_id]

    def of(self, case: Case, day: date | None = None) -> Context:
        """The context of a case's county and school, with the rules of ``day`` or of today."""
        return self.at(case.county_id, case.school_id, day)

    def at(self, county_id: int, school_id: int | None, day: date | None = None) -> Context:
        """The context of a county and school, with the rules of ``day`` or of today."""
        calendar = self.calendar_of(county_id, school_id)
        rules = self.rules_on(county_id, day or self.today)
        return Context(rules, calendar, self.today, self.now, self.by)

    def calendar_of(self, county_id: int, school_id: int | None) -> Calendar:
        """The calendar of a county, or of one of its schools."""
        held = self._morning
        if held and (county_id, school_id) == (held.county_id, held.school_class.school_id):
            return held.calendar
        calendars = self.calendars_of(county_id)
        return calendars.of_school(school_id) if school_id else calendars.county

    def terms_of(self, county_id: int) -> Calendar:
        """A county's terms and holidays, without its suspended and make-up days."""
        return self.calendars_of(county_id).plain

    def rules_on(self, county_id: int, day: date) -> Parameters:
        """The county's parameters in force on a day."""
        key = (county_id, day)
        if key not in self._rules:
            self._rules[key] = self.history_of(county_id).on(day)
        return self._rules[key]

    def history_of(self, county_id: int) -> ParameterHistory:
        """All values that a county has set for its parameters."""
        if county_id not in self._histories:
            self._histories[county_id] = parameter_history(county_id)
        return self._histories[county_id]


def lock(case_id: int, seen_version: int | None = None) -> Case:
    """Lock the case until the transaction ends.

    Raises SomebodyWasFirst if its version is not ``seen_version``.
    """
    case: Case = _locked(case=case_id)[0]
    check_version(case, seen_version)
    return case


def check_version(case: Case, seen_version: int | None) -> None:
    """Raise SomebodyWasFirst if the case changed since the version that the page showed."""
    if seen_version is not None and case.version != seen_version:
        raise SomebodyWasFirst


@prepared
def _locked(*, case: Any) -> QuerySet[Case]:
    rows: QuerySet[Case] = Case.objects.filter(pk=case)
    return rows.select_for_update(of=("self",), no_key=True)
