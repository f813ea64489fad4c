"""Days and months that an address asks for: where another is shown, the page says so in words."""

from collections.abc import Callable
from datetime import date

from foundation.days import full_day_words, month_words

EARLIEST = date(2000, 1, 1)  # no county has rows from before; arithmetic on days stays safe

Asked = tuple[date, str]


def day_asked(text: str, today: date) -> Asked:
    """The day of ``text`` (2025-09-12), and why another is shown; no words for no text.

    A day to come becomes today, one before every row the earliest day.
    """
    return _asked(text, today, "日期", "今天", full_day_words)


def month_asked(text: str, today: date) -> Asked:
    """The first day of the month of ``text`` (2025-09), and why another month is shown."""
    asked = f"{text}-01" if text else ""
    return _asked(asked, today.replace(day=1), "月份", "本月", month_words)


def _asked(text: str, latest: date, kind: str, now: str, words: Callable[[date], str]) -> Asked:
    if not text:
        return latest, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return latest, f"没有看懂要查的{kind}，现在显示{now}（{words(latest)}）。"
    if day > latest:
        return latest, f"{words(day)}还没有到，现在显示{now}（{words(latest)}）。"
    if day < EARLIEST:
        return EARLIEST, f"{words(day)}太早，没有数据，现在显示{words(EARLIEST)}。"
    return day, ""
