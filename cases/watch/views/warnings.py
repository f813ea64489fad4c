"""早期预警: the children whom somebody should look at, with the reasons in words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.watch.filters import WarningFilter
from cases.watch.listing import last_reckoning, lines_of, scores_for
from cases.watch.views.common import asked_with, is_filtered, rows_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.paging import page_of


@require_safe
@needs(Right.SEE_PUPILS)
def warning_list(request: Request) -> HttpResponse:
    """Lists the warned children of the viewer's classes, the most points first.

    Without a choice it lists those without a case: a case is past early warning.
    """
    viewer, today = request.viewer, clock.today()
    asked = asked_with(request, "case", "no")
    chosen = WarningFilter(asked, scores_for(viewer, today), viewer=viewer, day=today)
    page = page_of(request, rows_of(chosen))
    lines = lines_of(list(page.object_list), viewer, today)
    children = [line.child_id for line in lines]
    audit.record(origin_of(request), "list_warnings", "child", children=children)
    context = {
        "filter": chosen,
        "is_filtered": is_filtered(request, chosen),
        "page": page,
        "lines": lines,
        "reckoning": last_reckoning(viewer, today),
        "sees_groups": viewer.has(Right.SEE_GROUPS),
        "sees_schools": chosen.has_many_schools,
    }
    return render(request, "watch/warnings.html", context)
