"""The bureau's page of who went beyond a limit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.accounts.models import LimitReport
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.paging import page_of

READERS = (Right.CONFIRM_PEOPLE, Right.SEE_AUDIT)


@require_safe
@needs(*READERS)
def reports(request: Request) -> HttpResponse:
    rows = LimitReport.objects.visible_to(request.viewer)
    context = {
        "page_obj": page_of(request, rows.select_related("person", "post__unit"), usual=50),
        "crumbs": [
            *_above(request),
            {"label": "使用超限", "url": ""},
        ],
    }
    return render(request, "limits/list.html", context)


def _above(request: Request) -> list[dict[str, str]]:
    """The page above, for who may open it."""
    if not request.viewer.has(Right.CONFIRM_PEOPLE):
        return []
    return [{"label": "人员复核", "url": reverse("people_requests")}]
