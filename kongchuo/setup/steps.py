"""The steps of a change: it is typed, looked at with what it moves, and confirmed."""

from django.http import QueryDict

from cases.actions.context import Contexts
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.requests import Request
from foundation.accounts.roles import Right

# The values of the button that was pressed.
EDIT, READ, PREVIEW, CONFIRM = "edit", "read", "preview", "confirm"
CHANGED_MEANWHILE = "您核对以后，日历或期限又有变化。请再核对一遍，再确认。"


def county_of(request: Request) -> Unit:
    """The county whose calendar the viewer manages."""
    post = request.viewer.posts_with(Right.MANAGE_CALENDAR)[0]
    return Unit.objects.get(pk=post.county_id)


def contexts_of(doer: Doer) -> Contexts:
    """The contexts of a change that the person makes now."""
    return Contexts(doer.today, doer.now, doer.origin)


def step_of(request: Request) -> str:
    """Which button of the form was pressed."""
    return request.POST.get("step", PREVIEW)


def typed(request: Request) -> QueryDict | None:
    """What a form is bound to: the POST, even an empty one; nothing while the page is read."""
    return request.POST if request.method == "POST" else None
