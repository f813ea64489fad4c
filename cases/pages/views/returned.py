"""辍学学生劝返清单 of a township and a term: seen, and drafted as a paper (T13)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.papers.kinds.returned_list import ABOUT, CODE, LISTS, draft_list, key_of, township_of
from cases.papers.term_list import named, term_list
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.papers.models import Paper
from foundation.papers.rules.states import PaperState
from students.calendars.loading import calendar_for
from students.calendars.terms import Term


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DRAFT_PAPERS)
def page(request: Request) -> HttpResponse:
    """The counts and name lists of a term, and the papers that were drafted of it."""
    doer = doer_of(request)
    township = township_of(doer)
    assert township.county_id is not None
    terms = [one for one in calendar_for(township.county_id).terms if one.first_day <= doer.today]
    term = _chosen(request, terms)
    if request.method == "POST" and term is not None:
        return _draft(request, township, term)
    told = term_list(township, term, doer.today) if term else None
    context = {
        "township": township,
        "terms": [(one.first_day, named(one)) for one in terms[::-1]],
        "term": term,
        "name": named(term) if term else "",
        "told": told,
        "lists": _lists(told) if told else [],
        "papers": _papers(township, term) if term else [],
    }
    children = [one.case.child_id for one in told.dropouts] if told else []
    audit.record(origin_of(request), "list_papers", "unit", township.pk, children=children)
    return render(request, "cases/returned_list.html", context)


def _draft(request: Request, township: Any, term: Term) -> HttpResponse:
    try:
        paper = draft_list(doer_of(request), township, term)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("returned_list")
    messages.success(request, f"已起草{paper.title}，请核对全文后送签。")
    return redirect("papers:paper", paper.pk)


def _chosen(request: Request, terms: list[Term]) -> Term | None:
    """The term of the address; without one, or with a strange one, the newest."""
    asked = request.POST.get("term") or request.GET.get("term") or ""
    try:
        first = date.fromisoformat(asked)
    except ValueError:
        first = None
    return next((one for one in terms if one.first_day == first), terms[-1] if terms else None)


def _lists(told: Any) -> list[tuple[str, list[list[str]]]]:
    return [
        (name.partition("、")[2], told.rows(of))
        for name, of in zip(LISTS, (told.dropouts, told.back, told.away), strict=True)
    ]


def _papers(township: Any, term: Term) -> list[Paper]:
    rows = Paper.objects.about(ABOUT, key_of(township, term)).filter(kind=CODE, unit=township)
    return list(rows.exclude(state=PaperState.DROPPED).defer("told_sealed", "text_sealed"))
