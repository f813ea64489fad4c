"""What the pages of the opening share: the county, its opening, breadcrumbs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation.accounts.models import Unit
from foundation.accounts.requests import Request
from foundation.accounts.roles import Right
from kongchuo.setup.opening.models import CountyOpening, OpeningBook

HEADING = "开通向导"


def county_of(request: Request) -> Unit:
    """The county that the viewer opens or sees opened."""
    post = request.viewer.posts_with(Right.SEE_OPENING)[0]
    return Unit.objects.select_related("region").get(pk=post.county_id)


def opening_of(request: Request) -> CountyOpening | None:
    """How far the county's opening has come; none where it was founded otherwise."""
    found = CountyOpening.objects.visible_to(request.viewer)
    return found.select_related("county__region", "first", "second").first()


def opening_or_404(request: Request) -> CountyOpening:
    """The county's opening."""
    rows = CountyOpening.objects.visible_to(request.viewer)
    found: CountyOpening = get_object_or_404(rows.select_related("county", "first", "second"))
    return found


def book_or_404(request: Request, pk: int) -> OpeningBook:
    """A workbook of the county."""
    rows = OpeningBook.objects.visible_to(request.viewer).select_related("county__region")
    found: OpeningBook = get_object_or_404(rows, pk=pk)
    return found


def crumbs(*more: str) -> list[dict[str, Any]]:
    """The breadcrumbs below the wizard."""
    trail = [{"label": HEADING, "url": reverse("opening:wizard")}]
    return trail + [{"label": label, "url": ""} for label in more]
