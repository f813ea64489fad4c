"""Registers new pupils as they arrive. A registered child's case goes under observation."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.arriving import note_arrival, take_arrival_back
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.paging import page_of
from students.census import actions as census
from students.census.filters import EntrantFilter, states_on
from students.census.forms import picked
from students.census.models import Entrant
from students.census.occasions import entry_classes, occasion_of
from students.census.views.common import asked_year, crumbs, entrants_of, schools_for
from students.roster.models import School


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def check_in(request: Request) -> HttpResponse:
    """Lists everybody due at the school. A tick means 已报到, with or without a class."""
    if request.method == "POST":
        return _tick(request)
    today = clock.today()
    school = _school(request)
    if school is None:
        return render(request, "census/check_in.html", {"school": None})
    year = asked_year(request, today)
    everybody = entrants_of(request, year, today, [Right.MANAGE_ENTRANTS]).filter(school=school)
    chosen = EntrantFilter(request.GET or None, everybody, today=today)
    rows = chosen.qs if chosen.is_valid() or not chosen.is_bound else chosen.queryset.none()
    page = page_of(request, rows.prefetch_related("checkins__school_class"), 100)
    ids = [entrant.child_id for entrant in page]
    audit.record(origin_of(request), "list_entrants", "child", children=ids)
    states = states_on(today)
    context = {
        "filter": chosen,
        "page_obj": page,
        "rows": [_row(request, entrant) for entrant in page],
        "school": school,
        "schools": schools_for(request.viewer, Right.MANAGE_ENTRANTS),
        "year": year,
        "occasion": occasion_of(school, year),
        "classes": _classes(school, year),
        "arrived": everybody.order_by().filter(states["arrived"]).count(),
        "total": everybody.order_by().count(),
        "excused": everybody.order_by().filter(states["excused"]).count(),
        "today": today,
        "query": request.GET.urlencode(),
        "crumbs": crumbs("报到登记"),
    }
    return render(request, "census/check_in.html", context)


@require_POST
@needs(Right.MANAGE_ENTRANTS)
def undo(request: Request) -> HttpResponse:
    """Undoes a tick on its day. A case that it had put under observation goes back to its rung."""
    doer = doer_of(request)
    for entrant in _visible(request, [request.POST.get("undo", "")]):
        try:
            census.undo_check_in(doer, entrant.pk)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            take_arrival_back(entrant.child_id, doer.today, doer.now, doer.origin)
            messages.success(request, f"{entrant.child.name}的报到登记已撤销。")
    return _back(request)


def _tick(request: Request) -> HttpResponse:
    entrants = _visible(request, request.POST.getlist("pick"))
    if not entrants:
        messages.warning(request, "没有选中学生，请先勾选已到校的学生。")
        return _back(request)
    chosen = picked([request.POST.get("class", "")])
    done = [entrant for entrant in entrants if _arrive(request, entrant, chosen)]
    if done:
        messages.success(request, f"已登记报到{len(done)}人。")
    return _back(request)


def _arrive(request: Request, entrant: Entrant, chosen: list[int]) -> bool:
    """Registers one child and lets its case follow. A refusal becomes a message on the page."""
    doer = doer_of(request)
    try:
        census.check_in(doer, entrant.pk, chosen[0] if chosen else None)
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    note_arrival(entrant.child_id, doer.today, doer.now, doer.origin)
    return True


def _visible(request: Request, picks: list[str]) -> list[Entrant]:
    rows = Entrant.objects.standing().visible_to(
        request.viewer, clock.today(), [Right.MANAGE_ENTRANTS]
    )
    return list(rows.filter(pk__in=picked(picks)).select_related("child").order_by("pk"))


def _back(request: Request) -> HttpResponse:
    query = request.POST.get("query", "")
    address = reverse("check_in")
    return redirect(f"{address}?{query}" if query else address)


def _school(request: Request) -> School | None:
    schools = list(schools_for(request.viewer, Right.MANAGE_ENTRANTS))
    asked = request.GET.get("school", "")
    return next((s for s in schools if str(s.pk) == asked), schools[0] if schools else None)


def _classes(school: School, year: int) -> list[tuple[int, str]]:
    found = [row for stage in ("1", "2") for row in entry_classes(school, stage, year)]
    return [(row.pk, row.name_in(year)) for row in found]


def _row(request: Request, entrant: Any) -> dict[str, Any]:
    came = next((c for c in entrant.checkins.all() if c.undone_on is None), None)
    seat = came.school_class if came else None
    today = clock.today()
    return {
        "line": line_of(entrant, request.viewer, today),
        "came": came,
        "class_name": seat.name_in(entrant.school_year) if seat else "",
        "may_undo": came is not None and came.day == today,
        "guardian": next(
            (
                request.viewer.name_of(g.name, entrant.child_id)
                for g in entrant.child.guardians.all()
            ),
            "",
        ),
    }
