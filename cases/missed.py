"""The school days that a case's child has missed, by the roll or, off the roll, by the calendar."""

from collections.abc import Iterable
from datetime import date

from cases.models import Case
from foundation.days import days_between
from students.attendance.rolls.unrolled import Stays, stays_of
from students.attendance.rules.spells import DayFact, missed_days
from students.calendars.workdays import Calendar


def stays_of_found(cases: Iterable[Case], until: date) -> dict[int, Stays]:
    """The enrolments of the children whose case a source found. At most two queries."""
    found = [case for case in cases if case.finding]
    if not found:
        return {}
    since = min(case.first_missed_on for case in found)
    return stays_of([case.child_id for case in found], since, until)


def missed_of(
    case: Case,
    facts: Iterable[DayFact],
    stays: Stays | None,
    calendar: Calendar,
    until: date,
) -> tuple[date, ...]:
    """The missed school days in order, each whole day once.

    No roll can miss a child that a source found (transfer, suspension …). For such a child every
    school day since ``first_missed_on`` counts on which no class expected it.
    """
    missed = set(missed_days(facts))
    if case.finding and stays is not None:
        days = days_between(case.first_missed_on, until)
        missed |= {d for d in days if calendar.is_school_day(d) and not stays.is_called_on(d)}
    return tuple(sorted(missed))
