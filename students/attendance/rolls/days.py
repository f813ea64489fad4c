"""Checks for which days a roll may be called, and says why not."""

from datetime import date

from foundation.days import ONE_DAY, near_day_words
from students.attendance.rolls.entries import RollRefused
from students.attendance.rules.kinds import EVENING
from students.calendars.models import CalendarDay
from students.calendars.workdays import SATURDAY, Calendar
from students.roster.rules.grades import school_year_of


def why_no_school(calendar: Calendar, county_id: int, day: date) -> str:
    """Why school is not held on ``day``: 国庆节放假, 周末, 寒暑假, or the reason of 停课."""
    closed = next((c.reason for c in calendar.suspended if c.first_day <= day <= c.last_day), "")
    if closed:
        return f"停课：{closed}"
    if calendar.vacation_on(day):
        return "寒暑假"
    note = CalendarDay.objects.filter(county_id=county_id, day=day, is_working=False)
    return next(iter(note.values_list("note", flat=True)), "") or (
        "周末" if day.weekday() >= SATURDAY else "法定节假日"
    )


def earliest_day(calendar: Calendar, today: date) -> date:
    """The first day that may still be entered or corrected: the start of the last begun term."""
    begun = [term.first_day for term in calendar.terms if term.first_day <= today]
    return max(begun, default=date(school_year_of(today), 9, 1))


def check_day(calendar: Calendar, county_id: int, day: date, today: date) -> None:
    """Raises RollRefused when no roll can be called for ``day``."""
    said = near_day_words(day, today)
    if day > today:
        raise RollRefused(f"{said}还没有到，只能为今天或以前的上课日点名。")
    if day < earliest_day(calendar, today):
        raise RollRefused(f"{said}早于本学期开学，不能再点名；确需更正请联系教育局。")
    if not calendar.is_school_day(day):
        why = why_no_school(calendar, county_id, day)
        raise RollRefused(
            f"{said}不是上课日（{why}），不需要点名。如当天补课，请先由教育局登记校历。"
        )


def is_return_evening(calendar: Calendar, day: date) -> bool:
    """Whether boarders come back on ``day``: no school, and school on the next day."""
    return not calendar.is_school_day(day) and calendar.is_school_day(day + ONE_DAY)


def check_day_of(session: str, calendar: Calendar, county_id: int, day: date, today: date) -> None:
    """Raises RollRefused when this session cannot be called for ``day``."""
    if session != EVENING:
        check_day(calendar, county_id, day, today)
        return
    if not earliest_day(calendar, today) - ONE_DAY <= day <= today:
        raise RollRefused("只能登记今天或本学期以前的返校情况。")
    if not is_return_evening(calendar, day):
        raise RollRefused(
            f"{near_day_words(day, today)}不是返校日：住校生在上课前一天晚上返校时才登记。"
        )
