"""今日到校: a school's classes of a day, 未点名 first, and 催办 with one tap (ux 5.6, P0)."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.querysets import parameters_on
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost
from foundation.days import full_day_words
from foundation.downloads import workbook
from students.attendance import actions
from students.attendance.actions.nudging import NudgeResult
from students.attendance.mornings.book import morning_book
from students.attendance.mornings.missing import away_pupils
from students.attendance.mornings.school import Morning, morning_of
from students.attendance.mornings.views.common import (
    BOOK,
    asked_day,
    county_of,
    crumbs,
    school_or_404,
)
from students.attendance.rolls.days import check_day
from students.attendance.rolls.entries import RollRefused
from students.attendance.rules.kinds import SESSIONS
from students.calendars.loading import calendar_for
from students.roster.areas import schools_in_area
from students.roster.models import School


@require_safe
@needs(Right.SEE_MORNINGS)
def mine(request: Request) -> HttpResponse:
    """Redirects to one's own school, or to the rates of the units below."""
    found = list(schools_in_area(request.viewer)[:2])
    if len(found) == 1:
        return redirect("mornings:school", found[0].pk)
    return redirect("mornings:rates")


@require_safe
@needs(Right.SEE_MORNINGS)
def school(request: Request, pk: int) -> HttpResponse:
    """A school's day: uncalled classes first, then figures by grade and class."""
    found = school_or_404(request, pk)
    today, now = clock.today(), clock.now()
    day = asked_day(request, today)
    morning = _morning(request, found, day)
    if BOOK in request.GET:
        origin = origin_of(request)
        audit.record(origin, "export_morning", "school", pk, details={"day": day.isoformat()})
        name = f"{found.unit.name}_每日到校情况汇总表_{full_day_words(day)}"
        return workbook(morning_book(morning, now), name)
    away = away_pupils(found, day, request.viewer, today)
    children = [row.child_id for row in away]
    audit.record(origin_of(request), "read_morning", "school", pk, children=children)
    closed = _closed_words(request, found, day, today)
    parameters = parameters_on(county_of(request), day)
    context = {
        "school": found,
        "day": day,
        "today": today,
        "now": now,
        "cutoff": parameters.cutoff,
        "closed_words": closed,
        "morning": morning,
        "late": [row for row in morning.uncalled if row.is_late],
        "sessions": [(code, SESSIONS[code]) for code in morning.sessions],
        "session_label": SESSIONS[morning.session],
        "away": away,
        "may_nudge": not closed and _nudging_post(request, found) is not None,
        "may_see_pupils": request.viewer.has(Right.SEE_PUPILS),
        "may_call": request.viewer.has(Right.CALL_ROLL),
        "crumbs": crumbs((found.unit.name, "")),
    }
    return render(request, "mornings/school.html", context)


@require_POST
@needs(Right.CORRECT_ROLL)
def nudge(request: Request, pk: int) -> HttpResponse:
    """Write to the teachers of one class, or of all uncalled classes."""
    found = school_or_404(request, pk)
    post = _nudging_post(request, found)
    if post is None:
        raise Http404
    day = _posted_day(request, clock.today())
    morning = _morning(request, found, day)
    picked = request.POST.get("class", "")
    rows = [row for row in morning.uncalled if picked in ("", str(row.school_class.pk))]
    try:
        done = actions.nudge(doer_of(request, post), found, rows, day)
    except RollRefused as refused:
        messages.error(request, str(refused))
    else:
        _tell(request, done)
    query = urlencode({"day": day.isoformat(), "session": morning.session})
    return redirect(f"{reverse('mornings:school', args=[pk])}?{query}")


def _morning(request: Request, found: School, day: date) -> Morning:
    asked = request.POST.get("session") or request.GET.get("session", "")
    cutoff = parameters_on(county_of(request), day).cutoff
    return morning_of(found, day, clock.now(), cutoff, asked)


def _posted_day(request: Request, today: date) -> date:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return today


def _nudging_post(request: Request, found: School) -> HeldPost | None:
    """The viewer's post at this very school that may nudge."""
    posts = request.viewer.posts_with(Right.CORRECT_ROLL)
    return next((post for post in posts if post.unit_id == found.pk), None)


def _closed_words(request: Request, found: School, day: date, today: date) -> str:
    county_id = county_of(request)
    try:
        check_day(calendar_for(county_id, found.pk), county_id, day, today)
    except RollRefused as refused:
        return str(refused)
    return ""


def _tell(request: Request, done: NudgeResult) -> None:
    """Shows each part of the result in a sentence of its own."""
    if done.sent:
        messages.success(request, f"已催办{len(done.sent)}个班：{'、'.join(done.sent)}。")
    if done.too_soon:
        words = "、".join(done.too_soon)
        messages.warning(request, f"{words}一小时内已经催办过，没有重复发送；急办的请打电话。")
    if done.without_teacher:
        words = "、".join(done.without_teacher)
        messages.warning(request, f"{words}没有安排班主任，请直接点名，或先在人员里安排班主任。")
    if not (done.sent or done.too_soon or done.without_teacher):
        messages.success(request, "所选班级已经点名，不需要催办。")
