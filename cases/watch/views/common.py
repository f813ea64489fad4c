"""Helpers of the pages of early warning: crumbs, and reading the filters in the address."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from cases.watch.filters import ChildFilter
from foundation.accounts.requests import Request


def crumbs(*labels: str) -> list[dict[str, str]]:
    """The crumbs: the list of warnings, then the labels below it."""
    first = {"label": "早期预警", "url": reverse("watch:warnings")}
    return [first, *({"label": label, "url": ""} for label in labels)]


def asked_with(request: Request, name: str, usual: str) -> QueryDict:
    """The address with a usual value for one filter that the address omits."""
    asked = request.GET.copy()
    asked.setdefault(name, usual)
    return asked


def rows_of(chosen: ChildFilter) -> QuerySet[Any]:
    """The rows that the filter selects. None if the filter is invalid."""
    rows: QuerySet[Any] = chosen.qs if chosen.is_valid() else chosen.queryset.none()
    return rows
