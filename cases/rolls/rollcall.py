"""The roll call's face: it takes the roll and lets the cases follow, in one transaction.

Its pages are compressed, since they are opened on a weak signal (ux 5.2). What an eavesdropper
could measure stays hidden: Django masks the token anew on each page and pads what it compresses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions.following import follow
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.querysets import parameters_on
from foundation.accounts.requests import needs, on_trusted_phone, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from students.attendance.actions import call_roll, take_back_roll
from students.attendance.actions.checks import needs_reason, why_it_stays
from students.attendance.actions.holding import Held
from students.attendance.mornings.lists import ClassRow, conflict_marks, rows_of, tallies_of
from students.attendance.rolls.days import check_day_of, is_return_evening
from students.attendance.rolls.entries import RollConflict, RollRefused
from students.attendance.rolls.forms import (
    RollForm,
    blank_form,
    bound_form,
    edit_form,
    take_back_entry,
)
from students.attendance.rolls.reaching import held_class, reached_class
from students.attendance.rolls.sheet import Calls, Sheet, calls_of_day, sheet_of
from students.attendance.rolls.states import ClassState, is_late, state_by, state_of
from students.attendance.rules.kinds import EVENING, KINDS, SESSIONS
from students.attendance.slips.owing import SlipOwed, slips_owed
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar
from students.roster.models import SchoolClass
from students.roster.rules.grades import school_year_of

FindClass = Callable[[HeldPost, int, date], SchoolClass | None]

MOST_TABS = 6
NOON = 12
INCOMPLETE = "页面数据不完整，没有撤销。请刷新页面后再试。"


@dataclass(frozen=True, slots=True)
class Place:
    """The class and day of a request, and the post under which its roll is called."""

    school_class: SchoolClass
    day: date
    post: HeldPost
    calls: Calls
    state: ClassState

    def url(self, **query: str | int) -> str:
        """The page of this class and day."""
        path = reverse("roll_day", args=[self.school_class.pk, self.day])
        return f"{path}?{urlencode(query)}" if query else path


@on_trusted_phone
@needs(Right.CALL_ROLL)
@require_safe
@gzip_page
def classes(request: Any) -> HttpResponse:
    """My classes with their state, 未点名 first; who has one class is led to it."""
    today, now = clock.today(), clock.now()
    day = _asked_day(request.GET.get("day", ""), today)
    mine = _classes_of(request.viewer, today, day)
    if len(mine) == 1 and "day" not in request.GET:
        return redirect("roll_class", mine[0].pk)
    cutoff = parameters_on(request.viewer.county_id, today).cutoff
    states = state_of(mine, day)
    late = {pk for pk, state in states.items() if is_late(state, day, now, cutoff)}
    rows = rows_of(mine, states, late, school_year_of(day))
    context = {
        "rows": sorted(rows, key=lambda row: row.is_called),
        "tallies": tallies_of(rows),
        "day": day,
        "today": today,
        "cutoff": cutoff,
        "closed_words": _closed_words(mine[0], day, today, "d") if mine else "",
        "has_boarders": bool(mine) and (mine[0].school.is_boarding or _is_evening(mine[0], day)),
        "owed_count": len(slips_owed([row.pk for row in mine], today)),
    }
    return render(request, "attendance/classes.html", context)


@on_trusted_phone
@needs(Right.CALL_ROLL)
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def roll(request: Any, class_id: int, day: date | None = None) -> HttpResponse:
    """One class's roll on one day: the form, what was submitted, and submitting it.

    422 with everything still entered when it cannot be taken, 409 with both versions when somebody
    else was first; outside one's classes 404.
    """
    today = clock.today()
    place = _place(request, class_id, day or today, today)
    session = _session(request, place, today)
    sheet = sheet_of(place.school_class, place.day, session, place.calls)
    if request.method == "POST":
        return _submit(request, place, sheet, today)
    closed = _closed_words(place.school_class, place.day, today, sheet.session)
    if closed or not sheet.pupils:
        evening = bool(closed) and _is_evening(place.school_class, place.day)
        return _page(request, place, sheet, "closed", closed_words=closed, is_evening=evening)
    if sheet.roll_call is None:
        return _page(request, place, sheet, "form", form=blank_form(sheet))
    if "edit" in request.GET and _may_edit(place, sheet, today):
        return _page(request, place, sheet, "form", form=edit_form(sheet))
    return _page(request, place, sheet, "done", form=edit_form(sheet))


@on_trusted_phone
@require_POST
@needs(Right.CALL_ROLL)
def take_back(request: Any, class_id: int, day: date) -> HttpResponse:
    """撤销: back to the class's page, which is 未点名 again, or says why it is not."""
    place = _place(request, class_id, day, clock.today())
    try:
        _take_back(request, place)
    except RollRefused as refused:
        messages.error(request, str(refused))
    session = request.POST.get("session", "")
    return redirect(place.url(session=session) if session in SESSIONS else place.url())


def _take_back(request: Any, place: Place) -> None:
    entry = take_back_entry(place.school_class, place.day, request.POST)
    if entry is None:
        raise RollRefused(INCOMPLETE)
    origin, today, now = origin_of(request, place.post), clock.today(), clock.now()
    result = take_back_roll(entry, request.viewer, origin, today, now)
    if not result.repeated:
        follow(result.members | result.touched, today, now, origin, result.touched)
    if result.roll_call.is_taken_back:
        state = "未登记" if entry.session == EVENING else "未点名"
        messages.success(request, f"已撤销，本班现在是“{state}”。")


def _submit(request: Any, place: Place, sheet: Sheet, today: date) -> HttpResponse:
    form = bound_form(sheet, request.POST)
    if not form.is_valid:
        return _page(request, place, sheet, "form", 422 if form.all_errors else 200, form=form)
    origin, now = origin_of(request, place.post), clock.now()
    held = Held(place.post, place.school_class, place.calls, sheet.members)
    try:
        result = call_roll(form.entry(sheet), request.viewer, origin, today, now, held)
    except RollRefused as refused:
        form.blame(str(refused), refused.child_id)
        return _page(request, place, sheet, "form", 422, form=form)
    except RollConflict as conflict:
        return _show_both(request, place, form, conflict)
    if not result.repeated:
        follow(result.members | result.touched, today, now, origin, result.touched)
    return redirect(place.url(session=sheet.session, done=result.submission.version))


def _show_both(request: Any, place: Place, form: RollForm, conflict: RollConflict) -> HttpResponse:
    """Both versions and the form as it was filled in; sent again, it stands on the newer one."""
    sheet = sheet_of(place.school_class, place.day, _session(request, place, clock.today()))
    form.renew(sheet.version)
    theirs = conflict_marks(sheet, conflict.marks)
    return _page(request, place, sheet, "form", 409, form=form, theirs=theirs, conflict=conflict)


def _page(
    request: Any, place: Place, sheet: Sheet, mode: str, status: int = 200, **more: Any
) -> HttpResponse:
    today, viewer = clock.today(), request.viewer
    owed = slips_owed([place.school_class.pk], today) if mode != "closed" else []
    _note_read(request, place, sheet, mode, owed)
    year = school_year_of(place.day)
    reason_needed = needs_reason(place.day, today, sheet.submission, viewer.person_id)
    context = {
        "mode": mode,
        "sheet": sheet,
        "day": place.day,
        "class_name": place.school_class.name_in(year),
        "sessions": place.state.sessions,
        "tabs": _tabs(viewer, place, today) if mode != "closed" else [],
        "kinds": [kind for kind in KINDS if not (kind.present and sheet.session == EVENING)],
        "person_id": viewer.person_id,
        "url": place.url(session=sheet.session),
        "reason_needed": reason_needed,
        "may_edit": _may_edit(place, sheet, today),
        "is_today": place.day == today,
        "owed": owed,
        "undo": _undo(request, sheet),
        **more,
    }
    return render(request, "attendance/roll.html", context, status=status)


# --- whose class, which session ---------------------------------------------------------------


def _place(request: Any, class_id: int, day: date, today: date) -> Place:
    """What is sent takes its turn from here on: it is read and checked under the class's lock."""
    reach = held_class if request.method == "POST" else reached_class
    post, found = _post_and_class(request.viewer, class_id, day, today, reach)
    asked = request.POST.get("session") or request.GET.get("session")
    calls = calls_of_day(found.pk, day)
    return Place(found, day, post, calls, state_by(found, calls.values(), asked == EVENING))


def _post_and_class(
    viewer: Viewer, class_id: int, day: date, today: date, reach: FindClass
) -> tuple[HeldPost, SchoolClass]:
    """The post that reaches the class; for a past day one that may correct comes first."""
    posts = sorted(
        viewer.posts_with(Right.CALL_ROLL),
        key=lambda post: (Right.CORRECT_ROLL in post.role.rights) == (day == today),
    )
    for post in posts:
        found = reach(post, class_id, today)
        if found is not None:
            return post, found
    raise Http404


def _classes_of(viewer: Viewer, today: date, day: date) -> list[SchoolClass]:
    """The classes whose roll the viewer may call today, as far as they were taught on ``day``."""
    rows = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL).taught_on(day)
    return list(rows.select_related("school__unit"))


def _tabs(viewer: Viewer, place: Place, today: date) -> list[ClassRow]:
    """The classes of a teacher who has a few; a school's desk has the list instead."""
    mine = _classes_of(viewer, today, place.day)
    if not 1 < len(mine) <= MOST_TABS or place.state.sessions[0].session == EVENING:
        return []
    return rows_of(mine, state_of(mine, place.day), set(), school_year_of(place.day))


def _session(request: Any, place: Place, today: date) -> str:
    """The session asked for, or the one of this time of day."""
    names = [session.session for session in place.state.sessions]
    asked = request.POST.get("session") or request.GET.get("session")
    if asked in names:
        return str(asked)
    return names[-1] if place.day == today and clock.now().hour >= NOON else names[0]


def _asked_day(value: str, today: date) -> date:
    try:
        return min(date.fromisoformat(value), today)
    except ValueError:
        return today


def _may_edit(place: Place, sheet: Sheet, today: date) -> bool:
    if sheet.roll_call is None or place.day == today:
        return True
    return Right.CORRECT_ROLL in place.post.role.rights


def _undo(request: Any, sheet: Sheet) -> UUID | None:
    """The number under which the page takes back what it was just told; none when it may not."""
    if sheet.roll_call is None or request.GET.get("done") != str(sheet.version):
        return None
    assert sheet.submission is not None
    person, now = request.viewer.person_id, clock.now()
    return None if why_it_stays(sheet.roll_call, sheet.submission, person, now) else uuid4()


def _closed_words(school_class: SchoolClass, day: date, today: date, session: str) -> str:
    """Why no roll can be called for the day, or nothing."""
    county_id = school_class.school.unit.county_id or 0
    try:
        check_day_of(session, _calendar_of(school_class), county_id, day, today)
    except RollRefused as refused:
        return str(refused)
    return ""


def _is_evening(school_class: SchoolClass, day: date) -> bool:
    """Whether the class's boarders come back on the evening of the day."""
    return is_return_evening(_calendar_of(school_class), day)


def _calendar_of(school_class: SchoolClass) -> Calendar:
    return calendar_for(school_class.school.unit.county_id or 0, school_class.school_id)


def _note_read(
    request: Any, place: Place, sheet: Sheet, mode: str, owed: Iterable[SlipOwed]
) -> None:
    """One row with the children whose names the page shows."""
    shown = {"form": [pupil.id for pupil in sheet.pupils], "done": list(sheet.marks), "closed": []}
    children = {*shown[mode], *(one.child_id for one in owed)}
    origin = origin_of(request, place.post)
    audit.record(origin, "read", "school_class", place.school_class.pk, children=children)
