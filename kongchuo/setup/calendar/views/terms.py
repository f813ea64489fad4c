"""学年学期: enters a school year with its terms, and corrects it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.context import Contexts
from cases.recount.deadlines import Redated, redate_county, redated_in
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.days import ONE_DAY
from kongchuo.setup.calendar.common import crumbs, first_and_last, taught_otherwise, vacation_words
from kongchuo.setup.calendar.forms import TermsForm, initial_of
from kongchuo.setup.moves import preview_of
from kongchuo.setup.steps import (
    CHANGED_MEANWHILE,
    CONFIRM,
    EDIT,
    contexts_of,
    county_of,
    step_of,
    typed,
)
from kongchuo.setup.telling import tell_holders
from students.calendars.actions import TermEntry, check_terms, set_terms
from students.calendars.loading import CountyCalendars
from students.calendars.models import TermName
from students.calendars.supposing import half_of, with_terms
from students.calendars.workdays import Calendar, DayType

YEARS_AHEAD = 3  # school years that may be entered, the one of today included


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with its days of school, as it will be and as it stands on record."""

    entry: TermEntry
    days: int
    before: TermEntry | None


def entries_of(calendar: Calendar, year: int) -> list[TermEntry]:
    """The terms of a school year on record."""
    found = [(*half_of(term), term) for term in calendar.terms]
    return [
        TermEntry(of, name, term.first_day, term.last_day, term.registration_day)
        for of, name, term in found
        if of == year
    ]


def school_days_of(calendar: Calendar, entry: TermEntry) -> int:
    """How many days of school a term has."""
    return calendar.count_between(entry.first_day - ONE_DAY, entry.last_day, DayType.SCHOOL)


@needs(Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Enters a school year that is not on record yet; 422 keeps everything entered."""
    county, doer = county_of(request), doer_of(request)
    contexts = contexts_of(doer)
    calendar = contexts.terms_of(county.pk)
    this = calendar.school_year_of(doer.today)
    known = {half_of(term)[0] for term in calendar.terms}
    years = [year for year in range(this - 1, this + YEARS_AHEAD) if year not in known]
    form = TermsForm(
        typed(request),
        years=years,
        is_first=True,
        keeps_spring=False,
        initial={"school_year": next((year for year in years if year >= this), None)},
    )
    return _answer(request, form, contexts, county, "登记学年")


@needs(Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, year: int) -> HttpResponse:
    """Corrects the terms of a school year on record; the history keeps what stood there."""
    county, doer = county_of(request), doer_of(request)
    contexts = contexts_of(doer)
    known = entries_of(contexts.terms_of(county.pk), year)
    if not known:
        raise Http404
    form = TermsForm(
        typed(request),
        years=[year],
        is_first=False,
        keeps_spring=any(entry.name is TermName.SPRING for entry in known),
        initial=initial_of(known),
    )
    return _answer(request, form, contexts, county, f"更正{year}—{year + 1}学年")


def _answer(
    request: Request, form: TermsForm, contexts: Contexts, county: Unit, heading: str
) -> HttpResponse:
    context = {"heading": heading, "form": form, "crumbs": crumbs(heading)}
    if request.method == "POST" and step_of(request) != EDIT and form.is_valid():
        calendars = contexts.calendars_of(county.pk)
        try:
            check_terms(calendars, form.entries)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _go_on(request, form, contexts, county, context)
    is_wrong = request.method == "POST" and step_of(request) != EDIT
    return render(request, "setup/calendar/terms.html", context, status=422 if is_wrong else 200)


def _go_on(
    request: Request, form: TermsForm, contexts: Contexts, county: Unit, context: dict[str, Any]
) -> HttpResponse:
    """Show what the terms move, or write them if that was confirmed."""
    before = contexts.calendars_of(county.pk)
    after = with_terms(before, form.entries)
    found = redated_in(county.pk, contexts.supposing(county.pk, calendars=after))
    moves = preview_of(found, before.county.version, form.entries)
    is_confirmed = step_of(request) == CONFIRM
    if is_confirmed and request.POST.get("seen") == moves.seen:
        moved = _write(doer_of(request), county, form, found)
        messages.success(request, f"已登记，{moved}个期限随之改期。")
        return redirect(reverse("calendar_setup:index"))
    shown = {
        **context,
        "moves": moves,
        "lines": _lines(before, after, form.entries),
        "vacations": vacation_words(after.county, form.entries[0].school_year),
        "grounds": form.grounds,
        "past": _past(before, after, form.entries, contexts),
        "action": "确认登记",
        "warning": CHANGED_MEANWHILE if is_confirmed else "",
    }
    return render(
        request, "setup/calendar/terms_preview.html", shown, status=409 if is_confirmed else 200
    )


@transaction.atomic
def _write(doer: Doer, county: Unit, form: TermsForm, found: list[Redated]) -> int:
    """Write the terms and move the open deadlines with them; returns how many moved."""
    change = set_terms(doer, county, form.entries, form.grounds)
    moved = redate_county(county.pk, contexts_of(doer))
    paper = form.grounds.source_document
    tell_holders(
        found, key=f"moved:calendar:{change.pk}", why="校历变更", paper=paper, today=doer.today
    )
    return moved


def _lines(
    before: CountyCalendars, after: CountyCalendars, entries: list[TermEntry]
) -> list[TermLine]:
    known = {entry.name: entry for entry in entries_of(before.plain, entries[0].school_year)}
    return [
        TermLine(entry, school_days_of(after.county, entry), known.get(entry.name))
        for entry in entries
    ]


def _past(
    before: CountyCalendars,
    after: CountyCalendars,
    entries: list[TermEntry],
    contexts: Contexts,
) -> int:
    """How many days that have passed are taught, or free, by the new terms only."""
    known = entries_of(before.plain, entries[0].school_year)
    ends = [day for one in (*known, *entries) for day in (one.first_day, one.last_day)]
    # A vacation around the terms may begin or end on another day as well.
    around = min(ends) - 200 * ONE_DAY, max(ends) + 200 * ONE_DAY
    return taught_otherwise(before, after, *first_and_last(around, contexts.today))
