"""The 限期复学通知书 of a case as papers: which is under way, which may be served (T03)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from cases.models import Case, Order
from foundation.papers.models import Paper
from foundation.papers.rules.states import UNSIGNED, PaperState
from foundation.prepared import prepared

ABOUT = "case"  # what papers of a case are about (Paper.about_code)
CODE = "order"  # the kind
_UNDER_WAY = (*UNSIGNED, PaperState.SIGNED)


def all_papers(case: Case) -> list[Paper]:
    """Every order ever drafted for the case, the newest first; those given up are left out."""
    return _drafted(case=str(case.pk))


@prepared
def _drafted(*, case: Any) -> QuerySet[Paper]:
    found = Paper.objects.filter(about_code=ABOUT, about_key=case, kind=CODE).order_by("-pk")
    return found.exclude(state=PaperState.DROPPED).select_related("unit")


def paper_of(case: Case, pk: int) -> Paper:
    """One order of the case. Raises Http404 where the case has none of this key."""
    found = next((one for one in all_papers(case) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def papers_now(case: Case) -> list[Paper]:
    """The orders of the absence that the case is about now, the newest first."""
    return [one for one in all_papers(case) if one.drafted_on >= case.taken_up_on]


def under_way(case: Case, besides: Paper | None = None) -> Paper | None:
    """The order that is drafted, waits for a signature, or is signed and not served yet."""
    others = (one for one in papers_now(case) if besides is None or one.pk != besides.pk)
    return next((one for one in others if one.state in _UNDER_WAY), None)


def to_be_served(case: Case) -> Paper | None:
    """The signed order that was not served yet."""
    return next((one for one in papers_now(case) if one.state == PaperState.SIGNED), None)


def order_of(paper: Paper) -> Order | None:
    """What the case knows of the paper's service; None before it, and once it was voided."""
    return Order.objects.filter(paper=paper, ended_on=None).select_related("event", "case").first()
