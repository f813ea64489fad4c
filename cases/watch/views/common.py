"""What the pages of early warning share: crumbs, and a filter that cannot be read."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from cases.watch.filters import ChildFilter
from foundation.accounts.requests import Request


def crumbs(*labels: str) -> list[dict[str, str]]:
    """The list of warnings, and where one is below it."""
    first = {"label": "早期预警", "url": reverse("watch:warnings")}
    return [first, *({"label": label, "url": ""} for label in labels)]


def asked_with(request: Request, name: str, usual: str) -> QueryDict:
    """The address, with the usual answer where it says nothing of one filter."""
    asked = request.GET.copy()
    asked.setdefault(name, usual)
    return asked


def rows_of(chosen: ChildFilter) -> QuerySet[Any]:
    """The rows asked for; a filter that cannot be read leaves none."""
    rows: QuerySet[Any] = chosen.qs if chosen.is_valid() else chosen.queryset.none()
    return rows


def is_filtered(request: Request, chosen: ChildFilter) -> bool:
    """Whether the address holds any filter."""
    return any(value for key, value in request.GET.items() if key in chosen.filters)
