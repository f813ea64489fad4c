"""Parts shared by the morning's pages: the school, the day, the breadcrumbs."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation.accounts.requests import Request
from foundation.pages.asked import day_asked
from students.roster.areas import schools_in_area
from students.roster.models import School

BOOK = "book"  # ?book=1 asks for the workbook of what the page shows


def school_or_404(request: Request, pk: int) -> School:
    """A school in the viewer's area; any other gives 404."""
    school: School = get_object_or_404(schools_in_area(request.viewer), pk=pk)
    return school


def asked_day(request: Request, today: date) -> date:
    """The day in the address, today at the latest. The page says where another one is shown."""
    day, words = day_asked(request.GET.get("day", ""), today)
    if words and BOOK not in request.GET:
        messages.warning(request, words)
    return day


def county_of(request: Request) -> int:
    return request.viewer.county_id or 0


def crumbs(*steps: tuple[str, str]) -> list[dict[str, Any]]:
    """到校 / …: label and address of each step; the address of the current page is empty."""
    return [
        {"label": "到校", "url": reverse("mornings:mine")},
        *({"label": label, "url": url} for label, url in steps),
    ]
