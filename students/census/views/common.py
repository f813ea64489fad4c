"""Parts shared by the pages of the census: schools, year, entrants, breadcrumbs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation import clock
from foundation.accounts.requests import Request
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import Viewer
from students.census.models import Entrant
from students.census.occasions import entry_year_on
from students.census.querysets import ENTRY_RIGHTS
from students.roster.models import School

YEARS = range(2000, 2100)


def entrants_of(
    request: Request,
    year: int,
    today: date,
    rights: Iterable[Right] = ENTRY_RIGHTS,
    *,
    withdrawn: bool = False,
) -> QuerySet[Entrant]:
    """The year's entrants whom the viewer may see, with their standing; or those taken back."""
    return (
        Entrant.objects.visible_to(request.viewer, today, rights)
        .filter(school_year=year, withdrawn_on__isnull=not withdrawn)
        .with_standing(today)
        .order_by("stage", "village__name", "child__name_key", "pk")
    )


def entrant_or_404(request: Request, pk: int) -> Entrant:
    """An entrant within the viewer's reach; any other gives 404."""
    today = clock.today()
    rows = Entrant.objects.visible_to(request.viewer, today).with_standing(today)
    entrant: Entrant = get_object_or_404(
        rows.select_related(
            "child__home_village", "school__unit", "from_school__unit", "township", "village"
        ),
        pk=pk,
    )
    return entrant


def schools_for(viewer: Viewer, right: Right) -> QuerySet[School]:
    """The schools for which the viewer may act with the right: own ones, or those below."""
    scope = Q(pk__in=[])
    for post in viewer.posts_with(right):
        if post.role.pupils is Reach.BELOW:
            scope |= Q(unit__parent_id=post.unit_id)
        else:
            scope |= Q(pk=post.unit_id)
    return School.objects.filter(scope).select_related("unit", "township").order_by("unit__name")


def asked_year(request: Request, today: date, usual: int | None = None) -> int:
    """The entry year in the address, or the one under way."""
    asked = request.GET.get("year", "")
    if asked.isdecimal() and int(asked) in YEARS:
        return int(asked)
    return entry_year_on(today) if usual is None else usual


def crumbs(*labels: str) -> list[dict[str, Any]]:
    """入学 / …: the steps back to the list."""
    return [
        {"label": "入学", "url": reverse("census:entrants")},
        *({"label": label, "url": ""} for label in labels),
    ]
