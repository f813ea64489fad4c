"""The list of school years and of the years' holidays, and every change of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.days import day_words, full_day_words
from foundation.pages.paging import page_of
from kongchuo.setup.calendar.common import crumbs, vacation_words, years_offered
from kongchuo.setup.calendar.views.terms import entries_of, school_days_of
from kongchuo.setup.steps import county_of
from students.calendars.actions import TermEntry
from students.calendars.loading import calendar_for
from students.calendars.models import CalendarChange, CalendarChangeKind, CalendarYear, TermName
from students.calendars.supposing import half_of
from students.calendars.workdays import Calendar


@dataclass(frozen=True, slots=True)
class YearTerms:
    """A school year on record: its terms with their days of school, and the vacations in words."""

    year: int
    terms: list[tuple[TermEntry, int]]
    vacations: list[str]


@dataclass(frozen=True, slots=True)
class YearHolidays:
    """A calendar year: its paper, how many days differ, whether it is still to be entered.

    ``is_asked``: the year has begun or is the next, so that it must be entered.
    """

    year: int
    source: str
    off: int
    extra: int
    is_due: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change in words: what stood before, and what stands since."""

    row: CalendarChange
    title: str
    before: str
    after: str


@require_safe
@needs(Right.MANAGE_CALENDAR)
def page(request: Request) -> HttpResponse:
    """Shows the county's school years and holidays, with who changed them, when and why."""
    county, today = county_of(request), clock.today()
    calendar = calendar_for(county.pk)
    rows = CalendarChange.objects.filter(county=county).select_related("recorded_by")
    found = page_of(request, rows)
    context = {
        "years": _years(calendar),
        "holidays": _holidays(calendar, county.pk, today),
        "page_obj": found,
        "changes": [_told(row) for row in found],
        "crumbs": crumbs(),
    }
    return render(request, "setup/calendar/index.html", context)


def _years(calendar: Calendar) -> list[YearTerms]:
    known = sorted({half_of(term)[0] for term in calendar.terms}, reverse=True)
    return [
        YearTerms(
            year,
            [(one, school_days_of(calendar, one)) for one in entries_of(calendar, year)],
            vacation_words(calendar, year),
        )
        for year in known
    ]


def _holidays(calendar: Calendar, county_id: int, today: date) -> list[YearHolidays]:
    papers = CalendarYear.objects.filter(county_id=county_id)
    sources = dict(papers.values_list("year", "source_document"))
    asked = set(years_offered(today))
    return [
        YearHolidays(
            year,
            sources.get(year, ""),
            sum(day.year == year for day in calendar.off),
            sum(day.year == year for day in calendar.extra),
            year not in sources,
            year <= today.year + 1,
        )
        for year in sorted(asked | set(sources), reverse=True)
    ]


def _told(row: CalendarChange) -> ToldChange:
    if row.kind == CalendarChangeKind.TERMS:
        title = f"{row.year}—{row.year + 1}学年学期"
        return ToldChange(row, title, _term_words(row.before), _term_words(row.after))
    gone = [day for day in row.before if day not in row.after]
    new = [day for day in row.after if day not in row.before]
    title = f"{row.year}年放假调休"
    if not row.before:
        return ToldChange(row, title, "", _count_words(row.after))
    return ToldChange(row, title, _day_list(gone), _day_list(new))


def _term_words(terms: list[dict[str, Any]]) -> str:
    return "；".join(
        f"{TermName(one['name']).label}{_full(one['first_day'])}至{_full(one['last_day'])}，"
        f"报到{_full(one['registration_day'])}"
        for one in terms
    )


def _full(day: str) -> str:
    return full_day_words(date.fromisoformat(day))


def _count_words(days: list[list[Any]]) -> str:
    worked = sum(is_working for _, is_working, _ in days)
    return f"放假{len(days) - worked}个工作日，调休上班{worked}天"


def _day_list(days: list[list[Any]]) -> str:
    return "、".join(f"{day_words(date.fromisoformat(day))}{note}" for day, _, note in days)
