"""催办 of the duties that were selected in the list: preview, confirmation, result.

What is sent leads to a page of its own address, so that the way back asks for nothing again.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cases.actions.letters.nudging import MOST, NudgePlan, as_sent, nudge_duties, plan_nudges
from cases.models import URGENCY, Deadline
from cases.pages.views.lists import chosen_duties
from foundation.accounts import audit
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.page import kept_query
from foundation.lists.selection import picked

SHOWN = 100  # rows of each kind
IN_URL = 200  # keys in an address; a page of the list has fewer rows


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.READ_UNIT_MAIL)
def nudge(request: Request) -> HttpResponse:
    """Shows what a 催办 of the selected duties does and what it skips; ``confirm`` sends it.

    Answers 422 where nothing is selected.
    """
    if request.method == "POST":
        return _send(request)
    doer = doer_of(request)
    plan = plan_nudges(doer, keys := picked(request.GET, lambda: _all(request)))
    if is_done := "sent" in request.GET:
        plan = as_sent(plan)
    children = {row.case.child_id for row in [*plan.asked, *(row for row, _ in plan.skipped)]}
    audit.record(origin_of(request), "preview_nudges", "deadline", children=children)
    query = _list_query(request)
    context = {
        "plan": plan,
        "is_done": is_done,
        "most": MOST if len(keys) >= MOST else 0,
        "pks": "" if "all" in request.GET else ",".join(map(str, keys)),
        "asked": _told(plan, request.viewer),
        "skipped": [
            {**_line(row, request.viewer), "reason": reason} for row, reason in plan.skipped[:SHOWN]
        ],
        "shown": SHOWN,
        "back": f"{reverse('duties')}?{query}" if query else reverse("duties"),
        "query": query,
        "crumbs": [
            {"label": "应办事项", "url": reverse("duties")},
            {"label": "催办", "url": ""},
        ],
    }
    return render(request, "cases/nudge.html", context, status=200 if keys else 422)


def _send(request: Request) -> HttpResponse:
    """Press where it is confirmed, then lead to the page that tells of it."""
    doer, keys = doer_of(request), picked(request.POST, lambda: _all(request))
    told = {"all": "1"} if request.POST.get("all") else {"pks": ",".join(map(str, keys[:IN_URL]))}
    plan = plan_nudges(doer, keys)
    if "confirm" in request.POST and plan.asked:
        nudge_duties(doer, keys)
        told["sent"] = "1"
    query = _list_query(request)
    address = f"{query}&{urlencode(told)}" if query else urlencode(told)
    return redirect(f"{reverse('nudge_duties')}?{address}")


def _list_query(request: Request) -> str:
    """The filters of the list, without what is selected in it."""
    asked = request.GET.copy()
    for name in ("pks", "all", "sent"):
        asked.pop(name, None)
    return kept_query(asked)


def _all(request: Request) -> list[int]:
    found = chosen_duties(request).rows.order_by(*URGENCY)
    return list(found.values_list("pk", flat=True)[:MOST])


def _told(plan: NudgePlan, viewer: Viewer) -> list[dict[str, Any]]:
    return [_line(row, viewer) for row in plan.asked[:SHOWN]]


def _line(row: Deadline, viewer: Viewer) -> dict[str, Any]:
    return {"row": row, "name": viewer.name_of(row.case.child.name, row.case.child_id)}
