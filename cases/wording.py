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


def badge_of(due_on: date, today: date, calendar: Calendar, climbed: bool = False) -> DueBadge:
    """逾期 n 个工作日, 今日到期, 剩 n 个工作日, or the plain date (ux 5.4)."""
    state = state_of(due_on, today, calendar)
    if climbed:
        return DueBadge("escalated", f"{day_words(due_on)}逾期·已转上一级")
    if state is DueState.OVERDUE:
        return DueBadge("overdue", f"逾期 {days_late(due_on, today, calendar)} 个工作日")
    if state is DueState.TODAY:
        return DueBadge("today", "今日到期")
    if state is DueState.SOON:
        left = calendar.count_between(today, due_on, DayType.WORKING)
        return DueBadge("soon", f"剩 {left} 个工作日")
    return DueBadge("normal", weekday_words(due_on))


def done_badge(day: date) -> DueBadge:
    """The badge of a duty that was fulfilled."""
    return DueBadge("done", f"{day_words(day)}已完成")
