"""The page of catchments: which village belongs to which school."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from students.census import actions
from students.census.forms import CatchmentForm
from students.census.models import Catchment
from students.census.querysets import ENTRY_RIGHTS
from students.census.tables import catchment_table
from students.census.views.common import crumbs
from students.roster.models import School


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*ENTRY_RIGHTS)
def page(request: Request) -> HttpResponseBase:
    """The county's catchments of today; a township edits those of its own villages."""
    today, county = clock.today(), request.viewer.county_id
    towns = [
        post.unit_id
        for post in request.viewer.posts_with(Right.ISSUE_NOTICES)
        if post.unit_kind == UnitKind.TOWNSHIP
    ]
    if request.method == "POST" and not towns:
        raise PermissionDenied
    form = CatchmentForm(
        data=request.POST or None,
        villages=Unit.objects.filter(parent__in=towns, kind=UnitKind.VILLAGE, is_open=True),
        schools=School.objects.filter(unit__county_id=county).select_related("unit"),
        today=today,
    )
    if request.method == "POST" and form.is_valid() and _set(request, form):
        return redirect("census:catchments")
    rows = Catchment.objects.on(today).filter(village__county_id=county)
    context = {
        **list_context(request, catchment_table(rows), ()),
        "form": form,
        "may_set": bool(towns),
        "crumbs": crumbs("学区划分"),
    }
    status = 422 if request.method == "POST" else 200
    return show_list(request, "census/catchments.html", context, status=status)


def _set(request: Request, form: CatchmentForm) -> bool:
    data = form.cleaned_data
    try:
        actions.set_catchment(
            replace(doer_of(request), reason=data["reason"]),
            data["village"],
            data["stage"],
            data["school"],
            data["starts_on"],
            data["document"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"{data['village']}的学区已登记。")
    return True
