"""Days and due states in the words of the interface."""

from dataclasses import dataclass
from datetime import date

from cases.duedates import DueState, days_late, state_of
from students.calendars.workdays import Calendar, DayType

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class DueBadge:
    """The state and words of a due day, for parts/_due.html."""

    state: str
    words: str


def day_words(day: date) -> str:
    """11月23日 周一."""
    return f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


def badge_of(due_on: date, today: date, calendar: Calendar, climbed: bool = False) -> DueBadge:
    """逾期 n 个工作日, 今日到期, 剩 n 个工作日, or the plain date (ux 5.4)."""
    state = state_of(due_on, today, calendar)
    if climbed:
        return DueBadge("escalated", f"{due_on.month}月{due_on.day}日逾期·已转上一级")
    if state is DueState.OVERDUE:
        return DueBadge("overdue", f"逾期 {days_late(due_on, today, calendar)} 个工作日")
    if state is DueState.TODAY:
        return DueBadge("today", "今日到期")
    if state is DueState.SOON:
        left = calendar.count_between(today, due_on, DayType.WORKING)
        return DueBadge("soon", f"剩 {left} 个工作日")
    return DueBadge("normal", day_words(due_on))


def done_badge(day: date) -> DueBadge:
    """The badge of a duty that was fulfilled."""
    return DueBadge("done", f"{day.month}月{day.day}日已完成")
