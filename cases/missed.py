"""The school days a child of a case has missed: as the roll tells, and where no roll asks."""

from collections.abc import Collection, Iterable
from datetime import date

from cases.models import Case
from foundation.days import ONE_DAY
from students.attendance.rolls.unrolled import Stays, stays_of
from students.attendance.rules.spells import DayFact, missed_days
from students.calendars.workdays import Calendar


def stays_of_found(cases: Iterable[Case], until: date) -> dict[int, Stays]:
    """The stays of the children whose case no roll call opened: two queries, or none."""
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

    A child that a source found (transfer, suspension …) is on no roll, so that no roll can say it
    was missing: every school day since ``first_missed_on`` on which no class asked for it counts.
    """
    missed = set(missed_days(facts))
    if case.finding and stays is not None:
        days = _days(case.first_missed_on, until)
        missed |= {d for d in days if calendar.is_school_day(d) and not stays.is_called_on(d)}
    return tuple(sorted(missed))


def _days(first: date, last: date) -> Collection[date]:
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]
