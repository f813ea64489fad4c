"""What the pages of changes share: which changes and names a viewer sees, and what he may do."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import Viewer
from foundation.masking import mask_name
from students.roster.models import Change, Child, School
from students.roster.rules.change_kinds import ChangeMove, ChangeRefused, Side, State, moves_of

REFUSALS = (ChangeRefused, Refused)
HIDDEN = "（原学校同意后显示）"


class DayConverter:
    """A day in an address, such as 2025-09-12."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError for other text; Django then answers 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


def change_or_404(request: Request, pk: int) -> Change:
    rows = Change.objects.visible_to(request.viewer, clock.today())
    return get_object_or_404(with_places(rows), pk=pk)


def with_places(rows: Any) -> Any:
    """Join what a row of the list shows, so that the list takes one query."""
    return rows.select_related(
        "child",
        "from_school__unit",
        "from_class",
        "to_school__unit",
        "to_class",
        "township",
        "recorded_by__person",
    )


def own_pupil_or_404(request: Request, pk: int) -> Child:
    """A pupil of the school for which the viewer records changes."""
    today = clock.today()
    rows = Child.objects.visible_to(request.viewer, today)
    units = [post.unit_id for post in request.viewer.posts_with(Right.RECORD_CHANGE)]
    rows = rows.filter(enrolments__school__in=units, enrolments__voided_on__isnull=True).distinct()
    child: Child = get_object_or_404(rows, pk=pk)
    return child


def hides_child(change: Change, viewer: Viewer) -> bool:
    """Whether the viewer asked for the child and the child's school has not agreed yet."""
    if not change.is_hidden_from_asker or change.from_school is None:
        return False
    for reach, post in viewer.reaching("pupils", Right.SEE_PUPILS):
        if reach is Reach.COUNTY or post.unit_id == change.from_school_id:
            return False
        if reach is Reach.BELOW and change.from_school.unit.parent_id == post.unit_id:
            return False
    return True


def name_in(change: Change, viewer: Viewer) -> str:
    if hides_child(change, viewer):
        return HIDDEN
    return change.child.name if reads_names(change, viewer) else mask_name(change.child.name)


def reads_names(change: Change, viewer: Viewer) -> bool:
    """Whether a post that reaches the change carries the right to read names."""
    if viewer.is_one_in(Right.SEE_NAMES) or viewer.day is None:
        return viewer.has(Right.SEE_NAMES)
    seen = Change.objects.visible_to(viewer.by(Right.SEE_NAMES), viewer.day)
    return bool(seen.filter(pk=change.pk).exists())


def possible(change: Change, viewer: Viewer) -> list[ChangeMove]:
    """Return the moves that the viewer may make now."""
    return [
        move
        for move in moves_of(change.rule, State(change.state))
        if stands_for(change, move, viewer)
    ]


def stands_for(change: Change, move: ChangeMove, viewer: Viewer) -> bool:
    """Whether a post of the viewer belongs to the move's side."""
    unit_id = {
        Side.FROM: change.from_school_id,
        Side.TO: change.to_school_id,
        Side.TOWNSHIP: change.township_id,
        Side.COUNTY: change.county_id,
    }[move.side]
    return any(post.unit_id == unit_id for post in viewer.posts_with(move.right))


def own_school(viewer: Viewer) -> School:
    """Return the school for which the viewer records changes."""
    units = [post.unit_id for post in viewer.posts_with(Right.RECORD_CHANGE)]
    return School.objects.select_related("unit").filter(pk__in=units).order_by("pk")[0]


def crumbs(*rest: str) -> list[dict[str, str]]:
    return [
        {"label": "学籍异动", "url": reverse("changes:list")},
        *({"label": label, "url": ""} for label in rest),
    ]


def form_page(request: Request, form: Any, status: int, **context: Any) -> HttpResponse:
    """Render a page of one form; status 422 when the form or the act was refused."""
    return render(request, "changes/form.html", {"form": form, **context}, status=status)
