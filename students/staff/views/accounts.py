"""The county's lists of accounts: all people, and who went beyond a limit."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.door.lockout import locked_usernames
from foundation.accounts.models import LimitReport, PeopleRequest, Person
from foundation.accounts.people.forms import PeopleFilter
from foundation.accounts.people.views import GRANTED
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.accounts.seconding.rules import oldest_alive
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from students.staff.views.tables import AccountTable, account_table, limit_table


@require_safe
@needs(Right.MANAGE_PEOPLE)
def people(request: Request) -> HttpResponseBase:
    """Everybody of the county; the address holds every filter."""
    today, viewer = clock.today(), request.viewer
    locked = locked_usernames(timezone.now())
    everybody = Person.objects.visible_to(viewer).order_by("pk")
    found = PeopleFilter(request.GET, everybody, today=today, locked=locked)
    posts = GRANTED.order_by("-starts_on", "-id")
    table = account_table(AccountTable, found.qs, posts, locked, today)
    requests = PeopleRequest.objects.visible_to(viewer)
    context = {
        **list_context(request, table, found.filters),
        "filter": found,
        "to_decide": requests.to_decide(viewer, oldest_alive(timezone.now())).count(),
    }
    return show_list(request, "people/list.html", context)


@require_safe
@needs(Right.CONFIRM_PEOPLE, Right.SEE_AUDIT)
def limits(request: Request) -> HttpResponseBase:
    """Who went beyond a limit."""
    table = limit_table(LimitReport.objects.visible_to(request.viewer))
    context = {
        **list_context(request, table, ()),
        "crumbs": [*_above(request), {"label": "使用超限", "url": ""}],
    }
    return show_list(request, "limits/list.html", context)


def _above(request: Request) -> list[dict[str, str]]:
    """The page above, for who may open it."""
    if not request.viewer.has(Right.CONFIRM_PEOPLE):
        return []
    return [{"label": "人员复核", "url": reverse("people_requests")}]
