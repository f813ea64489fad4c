"""学籍变动月报 (F05): the page of a month and its workbook.

They stand here because a child whose case is a dropout is not in class (cases/standing.py).
"""

import re
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.dropouts import dropouts_among
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.days import month_words
from foundation.downloads import workbook
from students.roster.changes.book import NOTES, SIGNED, month_book
from students.roster.changes.figures import MINUS, PLUS
from students.roster.changes.months import MonthOfChanges, changes_in_month, month_of
from students.roster.changes.views.common import crumbs, hides_child, name_in, with_places
from students.roster.models import Change, SchoolClass


@require_safe
@needs(Right.SEE_PUPILS)
def page(request: Request) -> HttpResponse:
    month = _month(request)
    _note(request, "read_changes_of_month", month)
    context = {
        "month": month,
        "asked": f"{month.first:%Y-%m}",
        "plus": [*PLUS.values(), "合计"],
        "minus": [*MINUS.values(), "合计"],
        "notes": NOTES,
        "signed": SIGNED,
        "details": [_detail(row, request) for row in month.changes],
        "unit": request.viewer.posts[0].unit_name,
        "crumbs": crumbs("变动月报"),
    }
    return render(request, "changes/month.html", context)


@require_safe
@needs(Right.SEE_PUPILS)
def book(request: Request) -> HttpResponse:
    month = _month(request)
    _note(request, "export_changes_of_month", month)
    title = f"{month_words(month.first)}学籍变动情况月报表"
    unit = request.viewer.posts[0].unit_name
    details = [_detail(row, request) for row in month.changes]
    content = month_book(title, unit, month.last, month.rows, details)
    return workbook(content, f"{unit}_学籍变动月报_{month_words(month.first)}.xlsx")


def _month(request: Request) -> MonthOfChanges:
    today, asked = clock.today(), request.GET.get("month", "")
    first = today.replace(day=1)
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", asked):
        first = min(date.fromisoformat(f"{asked}-01"), first)
    classes = SchoolClass.objects.visible_to(request.viewer, today)
    changes = with_places(Change.objects.visible_to(request.viewer, today))
    return changes_in_month(classes, changes, *month_of(first, today), dropouts_among)


def _detail(change: Change, request: Request) -> list[Any]:
    hidden = hides_child(change, request.viewer)
    target = str(change.to_school or "") or f"{change.outside_place} {change.outside_school}"
    return [
        name_in(change, request.viewer),
        change.kind_label,
        f"{change.occurred_on:%Y-%m-%d}",
        change.reason_label,
        "" if hidden else str(change.from_school or ""),
        target.strip(),
        change.state_label,
    ]


def _note(request: Request, verb: str, month: MonthOfChanges) -> None:
    children = [row.child_id for row in month.changes]
    details = {"month": f"{month.first:%Y-%m}"}
    audit.record(origin_of(request), verb, "change", children=children, details=details)
