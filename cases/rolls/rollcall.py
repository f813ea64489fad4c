"""The pages of the roll call: my classes, one class's roll, submitting it, taking it back.

The pages are compressed, because they are opened on a weak signal (ux 5.2). Compression tells an
eavesdropper nothing: Django masks the token anew on each page and pads what it compresses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.rolls.actions import submit_roll, undo_roll
from cases.rolls.awaited import reported_in
from cases.rolls.reach import records_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.querysets import parameters_on
from foundation.accounts.requests import doer_of, needs, on_trusted_phone, origin_of
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.pages.asked import day_asked
from students.attendance.actions.checks import needs_reason, why_it_stays
from students.attendance.mornings.lists import ClassRow, conflict_marks, rows_of, tallies_of
from students.attendance.rolls.days import check_day_of, is_return_evening
from students.attendance.rolls.entries import RollConflict, RollRefused
from students.attendance.rolls.forms import (
    RollForm,
    blank_form,
    bound_form,
    edit_form,
    stored_form,
    take_back_entry,
)
from students.attendance.rolls.morning import ClassMorning, held_class, reached_class
from students.attendance.rolls.sheet import calls_of_day
from students.attendance.rolls.states import is_late, state_by, state_of
from students.attendance.rules.kinds import EVENING, SESSIONS
from students.attendance.slips.owing import SlipOwed, slips_owed
from students.roster.models import SchoolClass
from students.roster.rules.grades import school_year_of

FindClass = Callable[[HeldPost, int, date], SchoolClass | None]

MOST_TABS = 6
NOON = 12
INCOMPLETE = "页面数据不完整，没有撤销。请刷新页面后再试。"


@dataclass(frozen=True, slots=True)
class RollPlace:
    """The post under which the roll is called, and the class as this request has read it."""

    post: HeldPost
    morning: ClassMorning

    def url(self, **query: str | int) -> str:
        """The address of this class and day."""
        path = reverse("roll_day", args=[self.morning.school_class.pk, self.morning.day])
        return f"{path}?{urlencode(query)}" if query else path


@on_trusted_phone
@needs(Right.CALL_ROLL)
@require_safe
@gzip_page
def classes(request: Any) -> HttpResponse:
    """Lists my classes with their state, 未点名 first. Who has one class is redirected to it."""
    today, now = clock.today(), clock.now()
    day, words = day_asked(request.GET.get("day", ""), today)
    if words:
        messages.warning(request, words)
    mine = _classes_of(request.viewer, today, day)
    if len(mine) == 1 and "day" not in request.GET:
        return redirect("roll_class", mine[0].pk)
    cutoff = parameters_on(request.viewer.county_id, today).cutoff
    states = state_of(mine, day)
    late = {pk for pk, state in states.items() if is_late(state, day, now, cutoff)}
    rows = rows_of(mine, states, late, school_year_of(day))
    first = ClassMorning(mine[0], day, "d", {}) if mine else None
    context = {
        "rows": sorted(rows, key=lambda row: row.is_called),
        "tallies": tallies_of(rows),
        "day": day,
        "today": today,
        "cutoff": cutoff,
        "closed_words": _closed_words(first, today) if first else "",
        "has_boarders": first is not None and _has_boarders(first),
        "owed_count": len(slips_owed([row.pk for row in mine], today)),
    }
    return render(request, "attendance/classes.html", context)


@on_trusted_phone
@needs(Right.CALL_ROLL)
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def roll(request: Any, class_id: int, day: date | None = None) -> HttpResponse:
    """Shows one class's roll on one day: the form or what was submitted. A POST submits it.

    Answers 422 with everything still entered if the roll cannot be taken, 409 with both versions if
    somebody else was first, 404 for a class that is not the viewer's.
    """
    today = clock.today()
    place = _place(request, class_id, day or today, today)
    if request.method == "POST":
        return _submit(request, place, today)
    morning = place.morning
    closed = _closed_words(morning, today)
    if closed or not morning.pupils:
        evening = bool(closed) and is_return_evening(morning.calendar, morning.day)
        return _page(request, place, "closed", closed_words=closed, is_evening=evening)
    if morning.roll_call is None:
        return _page(request, place, "form", form=blank_form(morning))
    if "edit" in request.GET and _may_edit(place, today):
        return _page(request, place, "form", form=edit_form(morning))
    return _page(request, place, "done", form=_with_records(request, place, today))


@on_trusted_phone
@require_POST
@needs(Right.CALL_ROLL)
def take_back(request: Any, class_id: int, day: date) -> HttpResponse:
    """撤销: goes back to the class's page, which is 未点名 again or says why it is not."""
    place = _place(request, class_id, day, clock.today())
    try:
        _take_back(request, place)
    except RollRefused as refused:
        messages.error(request, str(refused))
    session = request.POST.get("session", "")
    return redirect(place.url(session=session) if session in SESSIONS else place.url())


def _take_back(request: Any, place: RollPlace) -> None:
    morning = place.morning
    entry = take_back_entry(morning.school_class, morning.day, request.POST)
    if entry is None:
        raise RollRefused(INCOMPLETE)
    # The button names its session, which may no longer be the page's own.
    morning = replace(morning, session=entry.session)
    result = undo_roll(doer_of(request, place.post), entry, morning)
    if result.roll_call.is_taken_back:
        state = "未登记" if entry.session == EVENING else "未点名"
        messages.success(request, f"已撤销，本班现在是“{state}”。")


def _with_records(request: Any, place: RollPlace, today: date) -> RollForm:
    """The stored roll. Each missing child says where a talk with the family is recorded.

    That is the act of its open case, or else its line of the roll, which is then changed.
    """
    form = stored_form(place.morning)
    away = [line for line in form.lines if line.away]
    records = records_of(request.viewer, [line.pupil.id for line in away], today) if away else {}
    edit = place.url(session=place.morning.session, edit=1) if _may_edit(place, today) else ""
    for line in away:
        own = f"{edit}#p{line.pupil.id}" if edit else ""
        line.record_url = records.get(line.pupil.id, own)
        line.is_of_case = line.pupil.id in records
    return form


def _submit(request: Any, place: RollPlace, today: date) -> HttpResponse:
    morning = place.morning
    form = bound_form(morning, request.POST)
    if not form.is_valid:
        return _page(request, place, "form", 422 if form.all_errors else 200, form=form)
    doer = doer_of(request, place.post)
    try:
        result = submit_roll(doer, form.entry(morning), morning)
    except RollRefused as refused:
        form.blame(str(refused), refused.child_id)
        return _page(request, place, "form", 422, form=form)
    except RollConflict as conflict:
        return _show_both(request, place, form, conflict)
    return redirect(place.url(session=morning.session, done=result.submission.version))


def _show_both(
    request: Any, place: RollPlace, form: RollForm, conflict: RollConflict
) -> HttpResponse:
    """Answer 409 with both versions and the form, which may be sent again to follow the newer."""
    form.renew(place.morning.version)
    theirs = conflict_marks(place.morning.pupils, conflict.marks)
    return _page(request, place, "form", 409, form=form, theirs=theirs, conflict=conflict)


def _page(
    request: Any, place: RollPlace, mode: str, status: int = 200, **more: Any
) -> HttpResponse:
    today, viewer, morning = clock.today(), request.viewer, place.morning
    owed = slips_owed([morning.school_class.pk], today) if mode != "closed" else []
    _note_read(request, place, mode, owed)
    year = school_year_of(morning.day)
    reason_needed = needs_reason(morning.day, today, morning.submission, viewer.person_id)
    context = {
        "mode": mode,
        "sheet": morning,
        "day": morning.day,
        "class_name": morning.school_class.name_in(year),
        "sessions": morning.state.sessions,
        "tabs": _tabs(viewer, morning, today) if mode != "closed" else [],
        "kinds": morning.kinds,
        "person_id": viewer.person_id,
        "url": place.url(session=morning.session),
        "reason_needed": reason_needed,
        "may_edit": _may_edit(place, today),
        "may_dial": morning.day == today and _dials(place.post),
        "is_today": morning.day == today,
        "owed": owed,
        "undo": _undo(request, morning),
        **more,
    }
    return render(request, "attendance/roll.html", context, status=status)


# --- whose class, which session ---------------------------------------------------------------


def _place(request: Any, class_id: int, day: date, today: date) -> RollPlace:
    """The class of the request. A POST locks it, so that it is read and checked in turn."""
    reach = held_class if request.method == "POST" else reached_class
    post, found = _post_and_class(request.viewer, class_id, day, today, reach)
    asked = request.POST.get("session") or request.GET.get("session") or ""
    calls = calls_of_day(found.pk, day)
    sessions = state_by(found, calls.values(), asked == EVENING).sessions
    names = [one.session for one in sessions]
    session = asked if asked in names else _session_now(names, day == today)
    awaited = partial(reported_in, found.pk, day)
    return RollPlace(post, ClassMorning(found, day, session, calls, awaited))


def _session_now(names: list[str], is_today: bool) -> str:
    """The session that belongs to this time of day."""
    return names[-1] if is_today and clock.now().hour >= NOON else names[0]


def _post_and_class(
    viewer: Viewer, class_id: int, day: date, today: date, reach: FindClass
) -> tuple[HeldPost, SchoolClass]:
    """The post that reaches the class. For a past day, a post that may correct comes first."""
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
    """The classes whose roll the viewer may call today and that were taught on ``day``."""
    rows = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL).taught_on(day)
    return list(rows.select_related("school__unit"))


def _tabs(viewer: Viewer, morning: ClassMorning, today: date) -> list[ClassRow]:
    """The tabs of a teacher with a few classes. A school's desk uses the list instead."""
    mine = _classes_of(viewer, today, morning.day)
    if not 1 < len(mine) <= MOST_TABS or morning.session == EVENING:
        return []
    return rows_of(mine, state_of(mine, morning.day), set(), school_year_of(morning.day))


def _dials(post: HeldPost) -> bool:
    """Whether the post opens a number of its own class by one tap (views/family.py)."""
    return Right.DIAL in post.role.rights and post.role.pupils is Reach.CLASSES


def _may_edit(place: RollPlace, today: date) -> bool:
    if place.morning.roll_call is None or place.morning.day == today:
        return True
    return Right.CORRECT_ROLL in place.post.role.rights


def _undo(request: Any, morning: ClassMorning) -> UUID | None:
    """An id for taking back what was just submitted. None if it may not be taken back."""
    roll_call, submission = morning.roll_call, morning.submission
    if roll_call is None or request.GET.get("done") != str(morning.version):
        return None
    assert submission is not None
    person, now = request.viewer.person_id, clock.now()
    return None if why_it_stays(roll_call, submission, person, now) else uuid4()


def _closed_words(morning: ClassMorning, today: date) -> str:
    """Why no roll can be called on the day, in Chinese. Empty if it can."""
    try:
        check_day_of(morning.session, morning.calendar, morning.county_id, morning.day, today)
    except RollRefused as refused:
        return str(refused)
    return ""


def _has_boarders(morning: ClassMorning) -> bool:
    """Whether the school boards pupils, or boarders of the class come back on this evening."""
    is_boarding: bool = morning.school_class.school.is_boarding
    return is_boarding or is_return_evening(morning.calendar, morning.day)


def _note_read(request: Any, place: RollPlace, mode: str, owed: Iterable[SlipOwed]) -> None:
    """Write one audit row with the children whose names the page shows."""
    morning = place.morning
    shown = {"form": morning.members, "done": morning.marks, "closed": ()}
    children = {*shown[mode], *(one.child_id for one in owed)}
    origin = origin_of(request, place.post)
    audit.record(origin, "read", "school_class", morning.school_class.pk, children=children)
