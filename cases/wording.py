"""Days and due states in the words of the interface."""

from dataclasses import dataclass
from datetime import date

from cases.duedates import DueState, days_late, state_of
from foundation.days import day_words, weekday_words
from students.calendars.workdays import Calendar, DayType


@dataclass(frozen=True, slots=True)
class DueBadge:
    """The state and words of a due day, for parts/_due.html."""

    state: str
    words: str


def badge_of(due_on: date, today: date, calendar: Calendar) -> DueBadge:
    """逾期 n 个工作日, 今日到期, 剩 n 个工作日, or the plain date (ux 5.4)."""
    state = state_of(due_on, today, calendar)
    if state is DueState.OVERDUE:
        return DueBadge("overdue", f"逾期 {days_late(due_on, today, calendar)} 个工作日")
    if state is DueState.TODAY:
        return DueBadge("today", "今日到期")
    if state is DueState.SOON:
        left = calendar.count_between(today, due_on, DayType.WORKING)
        return DueBadge("soon", f"剩 {left} 个工作日")
    return DueBadge("normal", weekday_words(due_on))


def done_badge(met_on: date, due_on: date, calendar: Calendar) -> DueBadge:
    """The badge of a duty that was fulfilled, and how late it was."""
    late = days_late(due_on, met_on, calendar)
    words = f"，迟{late}个工作日" if late else ""
    return DueBadge("done", f"{day_words(met_on)}已完成{words}")


def lapsed_badge(lapsed_on: date, due_on: date, *, climbed: bool) -> DueBadge:
    """The badge of a missed duty: whether its silence took the case up to another level.

    A case may have moved on before the duty was due.
    """
    if climbed:
        return DueBadge("escalated", f"{day_words(due_on)}逾期·已转上一级")
    if lapsed_on < due_on:
        return DueBadge("overdue", f"{day_words(lapsed_on)}转办时未办结")
    return DueBadge("overdue", f"{day_words(due_on)}到期未办结")
