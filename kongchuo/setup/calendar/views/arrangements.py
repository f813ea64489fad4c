"""放假调休: the State Council's arrangement of a year, from the notice's text or ticked by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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
from kongchuo.setup.calendar.common import crumbs, first_and_last, taught_otherwise, years_offered
from kongchuo.setup.calendar.forms import ArrangementForm
from kongchuo.setup.moves import preview_of
from kongchuo.setup.steps import (
    CHANGED_MEANWHILE,
    CONFIRM,
    EDIT,
    READ,
    contexts_of,
    county_of,
    step_of,
    typed,
)
from kongchuo.setup.telling import tell_holders
from students.calendars.actions import (
    ArrangedDay,
    check_arrangement,
    set_arrangement,
    stood,
)
from students.calendars.grid import months_of_year
from students.calendars.loading import CountyCalendars
from students.calendars.models import CalendarDay, CalendarYear
from students.calendars.notice import HolidayNotice, read_notice
from students.calendars.supposing import with_days
from students.calendars.workdays import SATURDAY


@dataclass(frozen=True, slots=True)
class ArrangementDraft:
    """What is being entered: the county and year, what stands on record, the text as it reads."""

    county: Unit
    calendars: CountyCalendars
    year: int
    known: list[CalendarDay]
    is_first: bool
    notice: HolidayNotice | None

    def arranged(self, days: Iterable[date]) -> list[ArrangedDay]:
        """The ticked days with their words: the notice's, those on record, or plain ones."""
        noted = {row.day: row.note for row in self.known}
        return [self._arranged(day, noted.get(day, "")) for day in sorted(set(days))]

    def _arranged(self, day: date, known: str) -> ArrangedDay:
        is_working = day.weekday() >= SATURDAY
        read = self.notice.note_of(day, is_working) if self.notice else ""
        plain = "调休上班" if is_working else "放假"
        return ArrangedDay(day, is_working, read or known or plain)


@needs(Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request, year: int) -> HttpResponse:
    """Enters or corrects the holidays of a year; 422 keeps everything entered."""
    county, doer = county_of(request), doer_of(request)
    contexts = contexts_of(doer)
    covered = contexts.terms_of(county.pk).covered_years
    if year not in covered.union(years_offered(doer.today)):
        raise Http404
    form = ArrangementForm(typed(request), year=year, is_first=year not in covered, initial={})
    text = request.POST.get("text", "")
    draft = ArrangementDraft(
        county,
        contexts.calendars_of(county.pk),
        year,
        stood(county, year),
        year not in covered,
        read_notice(text, year) if text.strip() else None,
    )
    step = step_of(request)
    if request.method != "POST" or step in (READ, EDIT):
        return _ask(request, form, draft, _ticked(request, draft, step), is_read=step == READ)
    if not form.is_valid():
        return _ask(request, form, draft, _posted(request), status=422)
    return _go_on(request, form, draft, contexts)


def _go_on(
    request: Request, form: ArrangementForm, draft: ArrangementDraft, contexts: Contexts
) -> HttpResponse:
    """Show the year and what moves, or write it if that was confirmed."""
    days = _entered(form, draft)
    try:
        check_arrangement(draft.year, days)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _ask(request, form, draft, {one.day for one in days}, status=422)
    county, before = draft.county, draft.calendars
    worked = {one.day: one.is_working for one in days}
    after = with_days(before, draft.year, worked, [row.day for row in draft.known])
    found = redated_in(county.pk, contexts.supposing(county.pk, calendars=after))
    moves = preview_of(found, before.county.version, sorted(worked.items()))
    is_confirmed = step_of(request) == CONFIRM
    if is_confirmed and request.POST.get("seen") == moves.seen:
        moved = _write(doer_of(request), draft, days, form, found)
        messages.success(request, f"{draft.year}年放假调休已登记，{moved}个期限随之改期。")
        return redirect(reverse("calendar_setup:index"))
    changed = {*worked, *(row.day for row in draft.known)}
    context = {
        **_context(form, draft),
        "moves": moves,
        "days": days,
        "months": months_of_year(after.county, draft.year),
        "grounds": form.grounds,
        "past": taught_otherwise(before, after, *first_and_last(changed, contexts.today)),
        "differences": _differences(draft, days),
        "action": "确认登记",
        "warning": CHANGED_MEANWHILE if is_confirmed else "",
    }
    status = 409 if is_confirmed else 200
    return render(request, "setup/calendar/arrangement_preview.html", context, status=status)


@transaction.atomic
def _write(
    doer: Doer,
    draft: ArrangementDraft,
    days: list[ArrangedDay],
    form: ArrangementForm,
    found: list[Redated],
) -> int:
    """Write the days and move the open deadlines with them; returns how many moved."""
    change = set_arrangement(doer, draft.county, draft.year, days, form.grounds)
    moved = redate_county(draft.county.pk, contexts_of(doer))
    why, paper = f"{draft.year}年放假调休变更", form.grounds.source_document
    tell_holders(found, key=f"moved:calendar:{change.pk}", why=why, paper=paper, today=doer.today)
    return moved


def _entered(form: ArrangementForm, draft: ArrangementDraft) -> list[ArrangedDay]:
    """The days ticked; where none is, those of the text."""
    ticked: list[date] = form.cleaned_data["days"]
    if not ticked and draft.notice:
        return list(draft.notice.days)
    return draft.arranged(ticked)


def _differences(draft: ArrangementDraft, days: list[ArrangedDay]) -> list[ArrangedDay]:
    """The days on which text and ticks do not agree; nothing where no text was given."""
    if draft.notice is None:
        return []
    ticked, read = {one.day: one for one in days}, {one.day: one for one in draft.notice.days}
    both = {**ticked, **read}
    return [both[day] for day in sorted(ticked.keys() ^ read.keys())]


def _ticked(request: Request, draft: ArrangementDraft, step: str) -> set[date]:
    """The days that the page shows ticked: those read, those posted, or those on record."""
    if step == READ and draft.notice:
        return {one.day for one in draft.notice.days}
    if request.method == "POST":
        return _posted(request)
    return {row.day for row in draft.known}


def _posted(request: Request) -> set[date]:
    return {date.fromisoformat(day) for day in request.POST.getlist("days") if _is_iso_day(day)}


def _is_iso_day(word: str) -> bool:
    try:
        date.fromisoformat(word)
    except ValueError:
        return False
    return True


def _ask(
    request: Request,
    form: ArrangementForm,
    draft: ArrangementDraft,
    ticked: set[date],
    *,
    is_read: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form with the calendar to tick, and what the text could not be read as."""
    shown = form
    if is_read:  # nothing is wrong yet with fields that are still empty
        shown = ArrangementForm(
            year=draft.year, is_first=draft.is_first, initial=request.POST.dict()
        )
    calendar = with_days(
        draft.calendars,
        draft.year,
        {day: day.weekday() >= SATURDAY for day in ticked},
        [row.day for row in draft.known],
    ).county
    context = {
        **_context(shown, draft),
        "months": months_of_year(calendar, draft.year, before=1),
        "ticked": ticked,
        "notice": draft.notice if is_read or status != 200 else None,
    }
    return render(request, "setup/calendar/arrangement.html", context, status=status)


def _context(form: ArrangementForm, draft: ArrangementDraft) -> dict[str, Any]:
    heading = f"{'登记' if draft.is_first else '更正'}{draft.year}年放假调休安排"
    paper = CalendarYear.objects.filter(county=draft.county, year=draft.year).first()
    return {
        "heading": heading,
        "form": form,
        "year": draft.year,
        "is_first": draft.is_first,
        "paper": paper.source_document if paper else "",
        "crumbs": crumbs(heading),
    }
