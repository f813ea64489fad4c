"""The pupil lists (present, former, home unknown) and the search by number."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.protected import digest
from students.roster.imports.forms import NumberForm
from students.roster.lists.columns import FORMER_PUPILS, PUPILS, UNVERIFIED, Reader
from students.roster.lists.tables import roster_table
from students.roster.lists.views.lists import list_crumb, roster_context
from students.roster.models import Child, Enrolment


@require_safe
@needs(Right.SEE_PUPILS)
def pupil_list(request: Request) -> HttpResponseBase:
    """The pupils of today whom the viewer may see; the address holds every filter."""
    context = roster_context(request, PUPILS, verb="list_pupils")
    may_import = request.viewer.has(Right.IMPORT_ROSTER)
    more = {
        "number_form": NumberForm(auto_id="find_%s"),
        "may_import": may_import,
        "may_see_groups": request.viewer.has(Right.SEE_GROUPS),
    }
    return show_list(request, "roster/list.html", {**context, **more})


@require_safe
@needs(Right.SEE_PUPILS)
def former_pupils(request: Request) -> HttpResponseBase:
    """离校学生: pupils whose last enrolment has ended, for the last school and those above it."""
    context = roster_context(request, FORMER_PUPILS, verb="list_leavers")
    crumbs = [list_crumb(), {"label": "离校学生", "url": ""}]
    return show_list(request, "roster/leavers.html", {**context, "crumbs": crumbs})


@require_safe
@needs(Right.SEE_PUPILS)
def unverified_homes(request: Request) -> HttpResponseBase:
    """户籍待核实: pupils whose village the county does not know; the school is responsible for
    them."""
    context = roster_context(request, UNVERIFIED, verb="list_unverified_homes")
    crumbs = [list_crumb(), {"label": "户籍待核实", "url": ""}]
    return show_list(request, "roster/unverified.html", {**context, "crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_PUPILS)
def find(request: Request) -> HttpResponse:
    """Search by a whole number. A single hit opens at once. The number is in no address."""
    today = clock.today()
    form = NumberForm(request.POST or None)
    context: dict[str, Any] = {"table": None}
    if form.is_valid():
        rows = _having_number(request, today, form.cleaned_data["number"])
        reader = Reader(request.viewer, today)
        table = roster_table(rows, PUPILS, reader)
        context = list_context(request, table, (), verb="search_pupils")
        if len(table.children) == 1:
            return redirect("pupil", pk=table.children[0])
    crumbs = [list_crumb(), {"label": "按号码查找", "url": ""}]
    return render(request, "roster/find.html", {**context, "form": form, "crumbs": crumbs})


def _having_number(request: Request, today: date, number: str) -> QuerySet[Enrolment]:
    """Compare numbers by digest, so that the plain number is in no query."""
    return PUPILS.rows(request.viewer, today).filter(
        Q(child__registry_no_digest=digest(number, "registry"))
        | Q(child__id_no_digest=digest(number, "id"))
        | Q(
            child__in=Child.objects.filter(
                guardians__phone_digest=digest(number, "phone"), guardians__voided_on__isnull=True
            )
        )
    )
