"""The deadline engine: the due day of a duty from its day 0, the county's rules and its calendar.

Day 0 is never counted; a period ends at 24:00 of its last counted day; what is due because a
period ended is due on the next working day, the hand-over (domain 3.4, design 4.7).
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cases.policy import Clock, Duty
from foundation.accounts.parameters import BY_FIELD, Parameters
from students.calendars.workdays import Calendar, DayType


@dataclass(frozen=True, slots=True)
class Due:
    """A due day and how it came about; the two reminder days stand one working day around it."""

    day0: date
    window_end: date
    due_on: date
    remind_on: date
    missed_on: date
    days: int
    day_type: str
    parameter: str


class DueState(StrEnum):
    """How a due day stands to today; derived, never stored."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    NORMAL = "normal"


SOON_DAYS = 2  # working days (ux 5.4)


def due_of(
    duty: Duty, day0: date, rules: Parameters, calendar: Calendar, before: Due | None = None
) -> Due:
    """When the duty is due. ``before`` is the window that a hand-over follows (Clock.AFTER)."""
    days = int(getattr(rules, duty.parameter)) if duty.parameter else duty.days
    day_type = _day_type(duty, rules)
    if duty.clock is Clock.AFTER:
        day0 = before.window_end if before else day0
    window_end, due_on = _ends(duty, day0, days, day_type, calendar, rules)
    return _around(
        Due(day0, window_end, due_on, due_on, due_on, days, day_type, _shown(duty, days)), calendar
    )


def shifted(due: Due, paused_on: date, resumed_on: date, calendar: Calendar) -> Due:
    """The same duty after a broken observation: what was left on ``paused_on`` starts anew.

    A child that stays away again gets no new three days (domain 3.7).
    """
    day_type = DayType(due.day_type)

    def later(day: date) -> date:
        left = calendar.count_between(paused_on, day, day_type) if day > paused_on else 0
        return calendar.nth_day_after(resumed_on, left, day_type)

    moved = replace(
        due, day0=resumed_on, window_end=later(due.window_end), due_on=later(due.due_on)
    )
    return _around(moved, calendar)


def state_of(due_on: date, today: date, calendar: Calendar) -> DueState:
    """逾期 after the due day, 今日到期 on it, 临期 within two working days before it."""
    if due_on < today:
        return DueState.OVERDUE
    if due_on == today:
        return DueState.TODAY
    left = calendar.count_between(today, due_on, DayType.WORKING)
    return DueState.SOON if left <= SOON_DAYS else DueState.NORMAL


def days_late(due_on: date, today: date, calendar: Calendar) -> int:
    """Working days since the due day, at least 1 when it is past at all; 0 otherwise."""
    if due_on >= today:
        return 0
    return max(1, calendar.count_between(due_on, today, DayType.WORKING))


def _day_type(duty: Duty, rules: Parameters) -> str:
    if duty.day_type_parameter:
        return str(getattr(rules, duty.day_type_parameter))
    return {
        Clock.CALENDAR: DayType.CALENDAR.value,
        Clock.MONTHS: DayType.CALENDAR.value,
        Clock.OBSERVATION: DayType.SCHOOL.value,
    }.get(duty.clock, duty.day_type)


def _ends(
    duty: Duty, day0: date, days: int, day_type: str, calendar: Calendar, rules: Parameters
) -> tuple[date, date]:
    kind = DayType(day_type)
    if duty.clock is Clock.PAUSING and rules.pause_in_vacation:
        end = calendar.paused_window_end(day0, days, kind)
    elif duty.clock is Clock.CALENDAR:
        end = calendar.calendar_period_end(day0, days)
    elif duty.clock is Clock.MONTHS:
        end = calendar.months_after(day0, days)
    elif duty.clock is Clock.OBSERVATION:
        # The day of the return is the first day the child must be there.
        end = calendar.nth_day_after(day0, max(days - 1, 0), kind)
        return end, calendar.nth_day_after(end, duty.days, DayType.WORKING)
    else:
        end = calendar.nth_day_after(day0, days, kind)
    return end, end


def _around(due: Due, calendar: Calendar) -> Due:
    return replace(
        due,
        remind_on=calendar.previous_working_day(due.due_on),
        missed_on=calendar.next_working_day(due.due_on),
    )


def _shown(duty: Duty, days: int) -> str:
    if not duty.parameter:
        return f"{days}"
    spec = BY_FIELD[duty.parameter]
    return f"{spec.code}={days}"
