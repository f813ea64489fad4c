"""Registers new pupils as they arrive. A registered child's case goes under observation."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.arriving import note_arrival, take_arrival_back
from cases.census.arrival_table import arrival_table
from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.lists.filters import selected
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.lists.selection import picked
from students.census import actions as census
from students.census.filters import EntrantFilter, states_on
from students.census.forms import number_in
from students.census.models import Entrant
from students.census.occasions import entry_classes, occasion_of
from students.census.views.common import asked_year, crumbs, entrants_of, schools_for
from students.roster.models import School


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def check_in(request: Request) -> HttpResponseBase:
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
    table = arrival_table(selected(chosen), request.viewer, today)
    states = states_on(today)
    context = {
        **list_context(request, table, chosen.filters, verb="list_entrants", ticks=True),
        "filter": chosen,
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
    return show_list(request, "census/check_in.html", context)


@require_POST
@needs(Right.MANAGE_ENTRANTS)
def undo(request: Request) -> HttpResponse:
    """Undoes a tick on its day. A case that it had put under observation goes back to its rung."""
    doer = doer_of(request)
    for entrant in _visible(request, number_in(request.POST.get("undo", ""))):
        try:
            census.undo_check_in(doer, entrant.pk)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            take_arrival_back(entrant.child_id, doer.today, doer.now, doer.origin)
            messages.success(request, f"{entrant.child.name}的报到登记已撤销。")
    return _back(request)


def _tick(request: Request) -> HttpResponse:
    entrants = _visible(request, picked(request.POST))
    if not entrants:
        messages.warning(request, "没有选中学生，请先勾选已到校的学生。")
        return _back(request)
    chosen = number_in(request.POST.get("class", ""))
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


def _visible(request: Request, keys: list[int]) -> list[Entrant]:
    rows = Entrant.objects.standing().visible_to(
        request.viewer, clock.today(), [Right.MANAGE_ENTRANTS]
    )
    return list(rows.filter(pk__in=keys).select_related("child").order_by("pk"))


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
