"""Computes due days from a duty's day 0, the county's rules and its calendar.

Day 0 is never counted, except that the day of return is day 1 of an observation. A period ends at
24:00 of its last counted day. A hand-over, due because a period ended, is due on the next working
day (domain 3.4, design 4.7); a school's that meets a vacation waits for the first taught day.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from cases.policy import Clock, Duty
from foundation.accounts.parameters import BY_FIELD, Parameters
from foundation.days import ONE_DAY
from students.calendars.workdays import Calendar, DayType


@dataclass(frozen=True, slots=True)
class Due:
    """A due day with its window and its reminder days, one working day before and after.

    ``window_end`` is the last day of the window: for a hand-over, of the window before it; for a
    period of months, before the end is moved to a working day.
    """

    day0: date
    window_end: date
    due_on: date
    remind_on: date
    missed_on: date
    days: int
    day_type: str
    parameter: str


class DueState(StrEnum):
    """Where a due day stands relative to today. Derived, never stored."""

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


def next_day(duty: Duty, day0: date, rules: Parameters, calendar: Calendar) -> Due:
    """The duty due one working day after ``day0`` like a hand-over, whatever its own clock."""
    due_on = _handed_over(duty, day0, 1, rules, calendar)
    return _around(Due(day0, day0, due_on, due_on, due_on, 1, "working_day", "1"), calendar)


def promised(day0: date, day: date, calendar: Calendar) -> Due:
    """Due on the day that the family promised on ``day0``."""
    days = (day - day0).days
    return _around(Due(day0, day, day, day, day, days, DayType.CALENDAR, str(days)), calendar)


def at_once(day: date, calendar: Calendar) -> Due:
    """Due on the very day, whatever the duty's clock."""
    return _around(Due(day, day, day, day, day, 0, "working_day", "0"), calendar)


def resumed(
    duty: Duty,
    old: Due,
    paused_on: date,
    resumed_on: date,
    rules: Parameters,
    calendar: Calendar,
    window: Due | None = None,
) -> Due:
    """The duty after a broken observation: it gets the time that was left on ``paused_on``.

    A child that is away again gets no new three days (domain 3.7). A duty that was overdue is due
    at once. ``window`` is the resumed window that a hand-over waits for.
    """
    if duty.clock is Clock.ABSENCE:
        return due_of(duty, resumed_on, rules, calendar)  # a presence begins the absence anew
    if duty.clock is Clock.AFTER and window is not None and old.day0 > paused_on:
        return due_of(duty, resumed_on, rules, calendar, window)
    left = _left(duty, old, max(paused_on, old.day0), calendar)
    window_end, due_on = resumed_on, resumed_on
    if left:
        window_end, due_on = _ends_again(duty, old, left, resumed_on, rules, calendar)
    kept = old.days if left and duty.clock is Clock.MONTHS else left
    moved = replace(old, day0=resumed_on, window_end=window_end, due_on=due_on, days=kept)
    return _around(moved, calendar)


def _left(duty: Duty, old: Due, paused_on: date, calendar: Calendar) -> int:
    """The days of the period not yet used, counted in the period's own day type."""
    if duty.clock is Clock.MONTHS:
        return max(0, (old.due_on - paused_on).days)
    return max(0, old.days - calendar.count_between(old.day0, paused_on, DayType(old.day_type)))


def _ends_again(
    duty: Duty, old: Due, left: int, day0: date, rules: Parameters, calendar: Calendar
) -> tuple[date, date]:
    if duty.clock is Clock.AFTER:
        return day0, _handed_over(duty, day0, left, rules, calendar)
    if duty.clock is Clock.MONTHS:
        end = day0 + timedelta(days=left)
        return end, calendar.on_or_after_working(end)
    return _ends(duty, day0, left, old.day_type, calendar, rules)


def by_rules(duty: Duty, old: Due, rules: Parameters) -> Due:
    """The same period with its days as ``rules`` have them, before it is dated anew.

    What was left of a period after a broken observation, and a day of grace, stay as they are.
    """
    if not duty.parameter or old.parameter != _shown(duty, old.days):
        return old
    days = int(getattr(rules, duty.parameter))
    return replace(
        old,
        days=days,
        day_type=_day_type(duty, rules),
        parameter=_shown(duty, days),
        window_end=old.window_end if days else old.day0,
    )


def redated(
    duty: Duty,
    old: Due,
    rules: Parameters,
    calendar: Calendar,
    today: date,
    window: Due | None = None,
) -> Due:
    """The same duty after the calendar was changed, from its own day 0 (domain 3.4.7).

    ``window`` is the recounted window that a hand-over follows. A due day that would now lie before
    ``today`` becomes today: nobody could keep a day that was not yet the due day.
    """
    kept = replace(old, day0=window.window_end) if window else old
    window_end, due_on = _ends_anew(duty, kept, rules, calendar)
    if due_on < today:
        window_end, due_on = (today if window_end == due_on else window_end), today
    return _around(replace(kept, window_end=window_end, due_on=due_on), calendar)


def _ends_anew(duty: Duty, old: Due, rules: Parameters, calendar: Calendar) -> tuple[date, date]:
    if not old.days:
        return old.window_end, old.day0  # due on day 0, whatever kind of day it is
    if duty.clock is Clock.MONTHS:
        return old.window_end, calendar.on_or_after_working(old.window_end)
    if duty.clock is Clock.OBSERVATION and old.day_type == DayType.WORKING:
        return old.day0, _handed_over(duty, old.day0, old.days, rules, calendar)  # next_day
    return _ends(duty, old.day0, old.days, old.day_type, calendar, rules)


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
        Clock.ABSENCE: DayType.CALENDAR.value,
        Clock.PROMISE: DayType.CALENDAR.value,
    }.get(duty.clock, duty.day_type)


def _ends(
    duty: Duty, day0: date, days: int, day_type: str, calendar: Calendar, rules: Parameters
) -> tuple[date, date]:
    """The last day of the window, and the day the duty is due."""
    kind = DayType(day_type)
    if duty.clock is Clock.AFTER:
        return day0, _handed_over(duty, day0, days, rules, calendar)
    if duty.clock is Clock.ABSENCE:
        end = _suspected_on(day0, days, rules.suspected_missed, calendar)
        return end, calendar.on_or_after_working(end)
    if duty.clock is Clock.OBSERVATION:
        # The first day the child must be there is the day of the return, if it is a school day.
        begun = 1 if days and calendar.counts(day0, kind) else 0
        end = calendar.nth_day_after(day0, days - begun, kind)
        return end, _handed_over(duty, end, duty.days, rules, calendar)
    if duty.clock is Clock.PROMISE:
        end = day0 + timedelta(days=days)
        return end, end
    if duty.clock is Clock.PAUSING and rules.pause_in_vacation:
        end = calendar.paused_window_end(day0, days, kind)
    elif duty.clock is Clock.CALENDAR:
        end = calendar.calendar_period_end(day0, days)
    elif duty.clock is Clock.MONTHS:
        end = calendar.same_day_after(day0, days)
        return end, calendar.on_or_after_working(end)
    else:
        end = calendar.nth_day_after(day0, days, kind)
    return end, end


def _suspected_on(last_there: date, days: int, missed: int, calendar: Calendar) -> date:
    """The day on which who was last at school on ``last_there`` is 疑似辍学, if he stays away: more
    than ``days`` calendar days, vacations not counted, and ``missed`` school days (P11)."""
    day = calendar.nth_day_after(last_there, missed, DayType.SCHOOL)
    while (day - last_there).days - calendar.days_in_vacation(last_there, day) <= days:
        day += ONE_DAY
    return day


def _handed_over(
    duty: Duty, window_end: date, days: int, rules: Parameters, calendar: Calendar
) -> date:
    """The day of a hand-over, ``days`` working days after the window.

    A school's own clock pauses in a vacation (domain 3.5): its hand-over that follows a vacation or
    falls into one waits for the first day really taught.
    """
    due_on = calendar.nth_day_after(window_end, days, DayType.WORKING)
    if not duty.in_term or not rules.pause_in_vacation or calendar.is_school_day(due_on):
        return due_on
    met = calendar.vacation_on(due_on) or calendar.vacation_on(window_end)
    return calendar.first_teaching_day_on_or_after(met.last_day + ONE_DAY) if met else due_on


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
