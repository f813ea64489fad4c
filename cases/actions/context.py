"""What every write to a case needs to know: rules, calendar, day, moment and who."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Case
from foundation.accounts.audit import Origin
from foundation.accounts.parameters import Parameters
from foundation.accounts.querysets import parameters_on
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar


class SomebodyWasFirst(Exception):
    """The case was changed since the page was opened; nothing was written."""


@dataclass(frozen=True, slots=True)
class Context:
    """The day of the write, and the rules and calendar in force on it."""

    rules: Parameters
    calendar: Calendar
    today: date
    now: datetime
    by: Origin


def context_for(
    county_id: int, school_id: int | None, today: date, now: datetime, by: Origin
) -> Context:
    """Load rules and calendar of a county, with the exceptions of one school."""
    return Context(
        parameters_on(county_id, today), calendar_for(county_id, school_id), today, now, by
    )


class Contexts:
    """Contexts of one day and one doer, each county and school loaded once."""

    def __init__(self, today: date, now: datetime, by: Origin) -> None:
        self._day = (today, now, by)
        self._known: dict[tuple[int, int | None], Context] = {}

    def of(self, case: Case) -> Context:
        """The context of a case's county and school."""
        return self.at(case.county_id, case.school_id)

    def at(self, county_id: int, school_id: int | None) -> Context:
        """The context of a county and school."""
        key = (county_id, school_id)
        if key not in self._known:
            self._known[key] = context_for(*key, *self._day)
        return self._known[key]


def lock(case_id: int, seen_version: int | None = None) -> Case:
    """The case, held until the transaction ends; raises SomebodyWasFirst when it has moved on."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if seen_version is not None and case.version != seen_version:
        raise SomebodyWasFirst
    return case
