"""早期预警: the children whom somebody should look at, with the reasons in words."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from cases.watch.filters import WarningFilter
from cases.watch.listing import last_reckoning, scores_for
from cases.watch.tables import warning_table
from cases.watch.views.common import asked_with, rows_of
from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list


@require_safe
@needs(Right.SEE_PUPILS)
def warning_list(request: Request) -> HttpResponseBase:
    """Lists the warned children of the viewer's classes, the most points first.

    Without a choice it lists those without a case: a case is past early warning.
    """
    viewer, today = request.viewer, clock.today()
    asked = asked_with(request, "case", "no")
    chosen = WarningFilter(asked, scores_for(viewer, today), viewer=viewer, day=today)
    many = chosen.has_many_schools
    table = warning_table(rows_of(chosen), viewer, today, many_schools=many)
    context = {
        **list_context(request, table, chosen.filters, verb="list_warnings"),
        "filter": chosen,
        "reckoning": last_reckoning(viewer, today),
        "sees_groups": viewer.has(Right.SEE_GROUPS),
    }
    return show_list(request, "watch/warnings.html", context)
