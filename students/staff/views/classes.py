"""The page of a school's class teachers, and the page of substitutes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.pages.paging import page_of
from students.roster.models import School
from students.staff.acts.class_teachers import Changed, set_class_teachers, set_substitute
from students.staff.class_teachers import (
    ClassLine,
    Teacher,
    class_lines,
    classes_of,
    substitutes_of,
    teachers_of,
    version_of,
)
from students.staff.forms import SinceForm, SubstituteForm, TeachersReasonForm
from students.staff.views.common import (
    RIGHTS,
    crumbs,
    doer_with,
    school_asked,
    school_or_404,
    schools_of,
    substitutes_url,
)
from students.staff.views.tables import substitute_table

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(*RIGHTS)
def schools(request: Request) -> HttpResponse:
    """Go to the viewer's only school, or list the schools."""
    page = page_of(request, schools_of(request), usual=100)
    if page.paginator.count == 1:
        return redirect("staff:class_teachers", pk=page[0].pk)
    context = {"page_obj": page, "crumbs": crumbs(("班主任安排", ""))}
    return render(request, "staff/schools.html", context)


@require_http_methods(METHODS)
@needs(*RIGHTS)
def class_teachers(request: Request, pk: int) -> HttpResponse:
    """Every class with its teacher from a day on; one submit writes all changes."""
    school = school_or_404(request, pk)
    if request.method == "POST":
        return _arrange(request, school)
    form = SinceForm(request.GET) if "since" in request.GET else SinceForm()
    since = form.cleaned_data["since"] if form.is_valid() else clock.today()
    return _page(request, school, since, {})


def _arrange(request: Request, school: School) -> HttpResponse:
    form = SinceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写从哪一天起，如2026-09-01。")
        return _page(request, school, clock.today(), {}, 422)
    since, chosen = form.cleaned_data["since"], _chosen(request)
    why = TeachersReasonForm(request.POST)
    if not why.is_valid():
        messages.error(request, "请填写事由。")
        return _page(request, school, since, chosen, 422)
    doer = doer_with(request, why.cleaned_data["reason"])
    try:
        changed = set_class_teachers(doer, school, chosen, since, request.POST.get("version", ""))
    except Changed as changed_by_others:
        messages.error(request, str(changed_by_others))
        return _page(request, school, since, {}, 409)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, school, since, chosen, 422)
    words = f"已更换{changed}个班的班主任，从{since:%Y-%m-%d}起。"
    messages.success(request, words if changed else "没有需要更换的班主任。")
    return redirect(f"{request.path}?since={since:%Y-%m-%d}")


def _chosen(request: Request) -> dict[int, int | None]:
    """Return class → person from the submitted selects; an empty one is a class without a
    teacher."""
    chosen: dict[int, int | None] = {}
    for key in request.POST:
        value = request.POST.get(key, "")
        number = key.removeprefix("class-")
        if key != number and _is_id(number):
            chosen[int(number)] = int(value) if _is_id(value) else None
    return chosen


def _is_id(value: str) -> bool:
    return value.isdecimal() and len(value) < 19


def _page(
    request: Request,
    school: School,
    since: date,
    chosen: Mapping[int, int | None],
    status: int = 200,
) -> HttpResponse:
    lines, teachers = class_lines(school.pk, since), teachers_of(school.pk, since)
    context = {
        "school": school,
        "since": since,
        "since_form": SinceForm(initial={"since": since}),
        "reason_form": TeachersReasonForm(initial={"reason": request.POST.get("reason", "")}),
        "rows": [_row(request, line, teachers, chosen) for line in lines],
        "without": [line.name for line in lines if line.held is None],
        "may_merge": any(
            post.unit_id == school.pk for post in request.viewer.posts_with(Right.IMPORT_ROSTER)
        ),
        "version": version_of(school.pk, since),
        "crumbs": crumbs(("班主任安排", "")),
    }
    return render(request, "staff/classes.html", context, status=status)


def _row(
    request: Request,
    line: ClassLine,
    teachers: list[Teacher],
    chosen: Mapping[int, int | None],
) -> dict[str, Any]:
    held = line.held.post.person_id if line.held else None
    options = [(t.person_id, t.words) for t in teachers if t.person_id != request.viewer.person_id]
    if line.held and held not in dict(options):
        options.insert(0, (line.held.post.person_id, line.held.post.person.name))
    return {
        "line": line,
        "options": options,
        "selected": chosen.get(line.school_class.pk, held),
    }


@require_http_methods(METHODS)
@needs(*RIGHTS)
def substitutes(request: Request) -> HttpResponseBase:
    """Show and enter the substitutes of the school that the address names, or of the only one."""
    school, today = school_asked(request), clock.today()
    if school is None:
        return redirect("staff:schools")
    classes = {one.pk: one for one in classes_of(school.pk, today)}
    form = SubstituteForm(
        request.POST if request.method == "POST" else None,
        classes=[(one.pk, one.name_on(today)) for one in classes.values()],
        people=[
            t for t in teachers_of(school.pk, today) if t.person_id != request.viewer.person_id
        ],
        initial={"starts_on": today, "ends_on": today},
    )
    if form.is_valid():
        typed = form.cleaned_data
        try:
            set_substitute(
                doer_with(request, typed["reason"]),
                classes[typed["school_class"]],
                typed["person"],
                typed["starts_on"],
                typed["ends_on"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "代课已登记。代课人只在这些天看到这个班。")
            return redirect(substitutes_url(school.pk))
    return _substitutes(request, school, form, today)


def _substitutes(
    request: Request, school: School, form: SubstituteForm, today: date
) -> HttpResponseBase:
    table = substitute_table(substitutes_of(school.pk), today, request.viewer.person_id)
    context = {
        **list_context(request, table, ()),
        "school": school,
        "form": form,
        "crumbs": crumbs(
            ("班主任安排", reverse("staff:class_teachers", args=[school.pk])), ("代课", "")
        ),
    }
    status = 422 if form.is_bound else 200
    return show_list(request, "staff/substitutes.html", context, status=status)
