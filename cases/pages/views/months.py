"""学籍变动月报 (F05): the page of a month and its workbook.

They stand here because a child whose case is a dropout is not in class (cases/standing.py).
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cases.dropouts import dropouts_among
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.filing import filing_unit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost
from foundation.days import full_day_words, month_words
from foundation.downloads import workbook
from foundation.pages.asked import month_asked
from students.roster.changes.book import NOTES, finished_words, month_book, signed_by
from students.roster.changes.figures import MINUS, PLUS
from students.roster.changes.months import MonthOfChanges, changes_in_month, month_of
from students.roster.changes.views.common import crumbs, hides_child, name_in, with_places
from students.roster.models import Change, Enrolment, SchoolClass
from students.roster.rules.grades import final_year

LISTED = 30  # pupils that the page names


@require_safe
@needs(Right.SEE_PUPILS)
def page(request: Request) -> HttpResponse:
    month, words = _month(request)
    if words:
        messages.warning(request, words)
    reach, post = _reading(request)
    _note(request, "read_changes_of_month", month, [one.child_id for one in month.finished])
    context = {
        "month": month,
        "asked": f"{month.first:%Y-%m}",
        "plus": [*PLUS.values(), "合计"],
        "minus": [*MINUS.values(), "合计"],
        "notes": NOTES,
        "signed": signed_by(reach),
        "details": [_detail(row, request) for row in month.changes],
        "unit": filing_unit(post),
        "finished": _finished(request, month),
        "finished_words": finished_words(len(month.finished)),
        "may_graduate": request.viewer.has(Right.MANAGE_ENTRANTS),
        "crumbs": crumbs("变动月报"),
    }
    return render(request, "changes/month.html", context)


@require_safe
@needs(Right.SEE_PUPILS)
def book(request: Request) -> HttpResponse:
    month, _ = _month(request)
    reach, post = _reading(request)
    _note(request, "export_changes_of_month", month)
    title = f"{month_words(month.first)}学籍变动情况月报表"
    unit = filing_unit(post)
    details = [_detail(row, request) for row in month.changes]
    content = month_book(title, unit, month, details, signed_by(reach))
    return workbook(content, f"{unit}_学籍变动月报_{month_words(month.first)}.xlsx")


def _reading(request: Request) -> tuple[Reach, HeldPost]:
    """The post by which the viewer reads the pupils, and how far it reaches."""
    return next(request.viewer.reaching("pupils", Right.SEE_PUPILS))


def _month(request: Request) -> tuple[MonthOfChanges, str]:
    """The month, and why it is not the one asked for."""
    today = clock.today()
    first, words = month_asked(request.GET.get("month", ""), today)
    classes = SchoolClass.objects.visible_to(request.viewer, today)
    changes = with_places(Change.objects.visible_to(request.viewer, today))
    return changes_in_month(classes, changes, *month_of(first, today), dropouts_among), words


def _finished(request: Request, month: MonthOfChanges) -> list[dict[str, Any]]:
    """The first pupils whose class has finished: where, and the page that graduates them."""
    return [
        {
            "child": one.child_id,
            "name": request.viewer.name_of(one.child.name, one.child_id),
            "school": one.school.unit.name,
            "entry_year": one.school_class.entry_year,
            "graduation": _graduation(one),
        }
        for one in month.finished[:LISTED]
    ]


def _graduation(one: Enrolment) -> str:
    """The page that graduates the pupil's class, in its last school year."""
    held = one.school_class
    year = final_year(held.stage, held.entry_year)
    return f"{reverse('graduation')}?{urlencode({'school': one.school_id, 'year': year})}"


def _detail(change: Change, request: Request) -> list[Any]:
    hidden = hides_child(change, request.viewer)
    target = str(change.to_school or "") or f"{change.outside_place} {change.outside_school}"
    return [
        name_in(change, request.viewer),
        change.kind_label,
        full_day_words(change.occurred_on),
        change.reason_label,
        "" if hidden else str(change.from_school or ""),
        target.strip(),
        change.state_label,
    ]


def _note(request: Request, verb: str, month: MonthOfChanges, others: Sequence[int] = ()) -> None:
    children = [*(row.child_id for row in month.changes), *others]
    details = {"month": f"{month.first:%Y-%m}"}
    audit.record(origin_of(request), verb, "change", children=children, details=details)
