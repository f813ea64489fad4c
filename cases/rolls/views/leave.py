"""Leave slips (请假条) of a class: entering one, owing one, taking one back, and the photo."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.following import follow
from cases.rolls.slip_table import slip_table
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.days import day_words
from foundation.downloads import evidence
from foundation.files.actions import FileLost, content_of
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from students.attendance.actions import record_slip, take_back_slip
from students.attendance.models import LeaveSlip
from students.attendance.rolls.sheet import pupils_of
from students.attendance.slips.contrary import beside_the_roll
from students.attendance.slips.forms import SlipForm, TakeBackForm, blank_slip
from students.attendance.slips.owing import slips_owed
from students.roster.models import Enrolment, SchoolClass
from students.roster.rules.grades import school_year_of

SHOWN = 50  # slips of a class, the newest first


@needs(Right.CALL_ROLL)
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: Any, class_id: int) -> HttpResponse:
    """Shows the slips of a class. A POST enters one; 422 keeps everything entered."""
    today, viewer = clock.today(), request.viewer
    reached = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL)
    school_class = get_object_or_404(reached.select_related("school__unit"), pk=class_id)
    pupils = pupils_of(school_class, today)
    if request.method == "POST":
        form = SlipForm(request.POST, request.FILES, pupils=pupils)
        if form.is_valid() and _record(request, form):
            return redirect("roll_slips", class_id)
    else:
        form = blank_slip(pupils, today, request.GET.get("child", ""))
    shown = [pupil.id for pupil in pupils]
    found = LeaveSlip.objects.visible_to(viewer, today, Right.CALL_ROLL)
    rows = found.filter(child__in=shown).select_related("child", "taken_by__person")
    context = {
        "form": form,
        "rows": beside_the_roll(list(rows[:SHOWN])),
        "photo_lost": form.is_bound and bool(request.FILES),
        "owed": slips_owed([class_id], today),
        "class_name": school_class.name_in(school_year_of(today)),
        "class_id": class_id,
        "today": today,
        "may_correct": viewer.has(Right.CORRECT_ROLL),
    }
    audit.record(origin_of(request), "read_slips", "school_class", class_id, children=shown)
    status = 422 if form.is_bound else 200
    return render(request, "attendance/slips.html", context, status=status)


@needs(Right.CALL_ROLL)
@require_safe
def owing(request: Any) -> HttpResponseBase:
    """请假超过3天未交假条: for a teacher of the own classes, for the school of all classes."""
    today, viewer = clock.today(), request.viewer
    mine = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL).taught_on(today)
    names = {row.pk: row.name_in(school_year_of(today)) for row in mine}
    owed = slips_owed(list(names), today)
    listed = list_context(request, slip_table(owed, names), (), verb="list_slips_owed")
    return show_list(request, "attendance/slips_owed.html", {**listed, "today": today})


@needs(Right.CALL_ROLL)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Any, pk: int) -> HttpResponse:
    """Takes a slip back with a reason. Needs the right to enter one."""
    found = LeaveSlip.objects.visible_to(request.viewer, clock.today(), Right.CALL_ROLL)
    slip = get_object_or_404(found.select_related("child"), pk=pk)
    if slip.taken_back_at and request.method != "POST":
        on = timezone.localtime(slip.taken_back_at)
        messages.info(request, f"这张假条已于{day_words(on)}撤销，不用再办。")
        return redirect(_page_of(request, slip))
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _take_back(request, slip, form):
        return redirect(_page_of(request, slip))
    audit.record(origin_of(request), "open_slip", "leave_slip", pk, children=[slip.child_id])
    context = {
        "heading": "撤销假条",
        "facts": [
            ("学生", request.viewer.name_of(slip.child.name, slip.child_id)),
            ("请假类型", slip.kind_label),
            ("请假日期", f"{slip.first_day:%Y-%m-%d}至{slip.last_day:%Y-%m-%d}"),
            ("事由", slip.reason),
        ],
        "effects": ["假条留底，不再作为请假依据。", "有关日子重新计算，达到标准的会立案。"],
        "form": form,
        "action_label": "撤销假条",
        "danger": True,
        "back_url": _page_of(request, slip),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "parts/confirm.html", context, status=status)


@needs(Right.SEE_PUPILS)
@needs(Right.SEE_NAMES)
@require_safe
def photo(request: Any, pk: int) -> HttpResponse:
    """The photo of a slip. It shows names, so a reader of masked names (张**) cannot open it."""
    reader = request.viewer.by(Right.SEE_NAMES)
    found = LeaveSlip.objects.visible_to(reader, clock.today())
    slip = get_object_or_404(found.select_related("photo"), pk=pk, photo__isnull=False)
    try:
        content = content_of(slip.photo)
    except FileLost as lost:
        raise Http404 from lost
    audit.record(origin_of(request), "read_slip_photo", "leave_slip", pk, children=[slip.child_id])
    return evidence(content, slip.photo.content_type, f"假条-{slip.pk}", shown=True)


def _record(request: Any, form: SlipForm) -> bool:
    """Enter the slip and let the cases follow. A refusal stands in the form."""
    doer = doer_of(request)
    try:
        slip = record_slip(doer, form.entry)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    follow([slip.child_id], doer.today, doer.now, doer.origin)
    messages.success(
        request, f"已登记假条：{slip.kind_label}至{day_words(slip.last_day)}。点名时请照常提交。"
    )
    if contrary := beside_the_roll([slip])[0].words:
        messages.warning(request, contrary)
    return True


def _take_back(request: Any, slip: LeaveSlip, form: TakeBackForm) -> bool:
    doer = doer_of(request)
    try:
        take_back_slip(doer, slip, form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    follow([slip.child_id], doer.today, doer.now, doer.origin)
    messages.success(request, "假条已撤销，有关日子已按没有假条重新计算。")
    return True


def _page_of(request: Any, slip: LeaveSlip) -> str:
    """The address of the slips of the child's class."""
    today = clock.today()
    enrolled = Enrolment.objects.on(today).visible_to(request.viewer, today, Right.CALL_ROLL)
    enrolment = enrolled.filter(child=slip.child_id).first()
    if enrolment is None:
        return reverse("slips_owed")
    return reverse("roll_slips", args=[enrolment.school_class_id])
