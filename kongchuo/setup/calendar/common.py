"""What the pages of the calendar share: crumbs, years, and the days that a change touches."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from foundation.days import ONE_DAY
from students.calendars.loading import CountyCalendars
from students.calendars.workdays import Calendar

SUMMER = range(5, 9)  # months in which a summer vacation begins


def years_offered(today: date) -> range:
    """The calendar years whose holidays may be entered: this one and the two after it."""
    return range(today.year, today.year + 3)


def crumbs(*labels: str) -> list[dict[str, Any]]:
    """The crumbs: the county's calendar, its administration, then the labels below."""
    return [
        {"label": "校历", "url": reverse("calendars:school_year")},
        {"label": "学年与放假安排", "url": reverse("calendar_setup:index") if labels else ""},
        *({"label": label, "url": ""} for label in labels),
    ]


def taught_otherwise(
    before: CountyCalendars, after: CountyCalendars, first: date, last: date
) -> int:
    """How many days from first to last become, or cease to be, days of school."""
    old, new = before.county, after.county
    days = (first + n * ONE_DAY for n in range((last - first).days + 1))
    return sum(old.is_school_day(day) != new.is_school_day(day) for day in days)


def first_and_last(days: Iterable[date], today: date) -> tuple[date, date]:
    """The span of the days that has passed, today included."""
    found = sorted(days)
    return found[0], min(found[-1], today)


def vacation_words(calendar: Calendar, year: int) -> list[str]:
    """The vacations that begin in a school year, in words."""
    span = date(year, 9, 1), date(year + 1, 8, 31)
    found = [one for one in calendar.vacations if span[0] <= one.first_day <= span[1]]
    return [
        f"{'暑假' if one.first_day.month in SUMMER else '寒假'}："
        f"{one.first_day:%Y-%m-%d}至{one.last_day:%Y-%m-%d}，"
        f"{(one.last_day - one.first_day).days + 1}天"
        for one in found
    ]
