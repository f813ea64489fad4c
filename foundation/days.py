"""Lengths of time that every app counts with, and days in Chinese words."""

from datetime import date, datetime, timedelta

ONE_DAY = timedelta(days=1)
HALF_A_YEAR = timedelta(days=183)
_WEEKDAYS = "一二三四五六日"


def days_between(first: date, last: date) -> list[date]:
    """Every day from ``first`` to ``last``, both included."""
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]


def years_between(born: date, day: date) -> int:
    """Whole years of age on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def day_words(day: date) -> str:
    """A day of this school year in words: 9月12日."""
    return f"{day.month}月{day.day}日"


def weekday_words(day: date) -> str:
    """A day with its weekday: 9月12日 周五."""
    return f"{day_words(day)} 周{_WEEKDAYS[day.weekday()]}"


def month_words(day: date) -> str:
    """The month of a day: 2025年9月."""
    return f"{day.year}年{day.month}月"


def full_day_words(day: date) -> str:
    """A day as official papers write it: 2025年9月12日."""
    return f"{day.year}年{day_words(day)}"


def near_day_words(day: date, today: date) -> str:
    """9月12日, with its year where it is more than half a year from today."""
    return full_day_words(day) if abs(day - today) > HALF_A_YEAR else day_words(day)


def moment_words(moment: datetime) -> str:
    """A moment as the clock of its own time zone shows it: 2025年9月12日 07:52."""
    return f"{full_day_words(moment)} {moment:%H:%M}"
