"""Asks the county's desk for the holidays of a year that nobody entered yet."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from foundation.accounts.models import Unit, UnitKind
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.calendars.coverage import years_asked
from students.calendars.models import CalendarYear


def ask_for_arrangements(today: date) -> int:
    """Write to each county that has not entered a year it needs, once a month; returns how many.

    The next year is asked for from 1 November (domain 3.4, 8), more urgently once it is near.
    """
    known: dict[int, set[int]] = {}
    for county, year in CalendarYear.objects.values_list("county_id", "year"):
        known.setdefault(county, set()).add(year)
    counties = Unit.objects.filter(kind=UnitKind.COUNTY, is_open=True).order_by("pk")
    letters = [
        letter
        for county in counties.values_list("pk", flat=True)
        for letter in _letters(county, known.get(county, set()), today)
    ]
    return post_letters(letters, today)


def _letters(county_id: int, known: set[int], today: date) -> Iterator[Letter]:
    for year in years_asked(today, known):
        is_near = year == today.year or today.month == 12
        yield Letter(
            f"arrangement:{county_id}:{year}:{today:%Y-%m}",
            county_id,
            f"请登记{year}年放假调休安排",
            "国务院办公厅的通知一般在上一年11月发布，发布后请马上登记。"
            f"登记之前，{year}年的期限暂按周一至周五计算，登记后没有到期的自动改期。",
            reverse("calendar_setup:arrangement", args=[year]),
            today,
            Message.URGENT if is_near else Message.INFO,
        )
