"""How a page finds its paper, and the address of its public page."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.asking import prepared_for
from foundation.accounts.requests import Request, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.downloads import evidence
from foundation.files.actions import FileLost, content_of
from foundation.files.models import StoredFile
from foundation.papers.acts.common import handles
from foundation.papers.kinds import children_of
from foundation.papers.models import Paper, PaperBatch


def found(request: Request, pk: int) -> Paper:
    """A paper within reach, whose text the viewer may read; 404 outside, 403 without names."""
    paper: Paper | None = next(iter(_within_reach(request.viewer, pk=pk)), None)
    if paper is None:
        raise Http404
    if not _readable(request.viewer, pk=pk):
        raise PermissionDenied
    return paper


@prepared_for
def _within_reach(viewer: Viewer, *, pk: Any) -> QuerySet[Paper]:
    within = Paper.objects.visible_to(viewer, received=True).filter(pk=pk)
    return within.select_related("unit", "drafted_by__person", "signed_by__person")


@prepared_for
def _readable(viewer: Viewer, *, pk: Any) -> QuerySet[Paper, int]:
    within = Paper.objects.visible_to(viewer, received=True)
    return within.readable_by(viewer).filter(pk=pk).values_list("pk", flat=True)


def handled(request: Request, pk: int) -> Paper:
    """A paper that the viewer drafts or signs; 404 outside his reach, 403 where he only reads."""
    paper = found(request, pk)
    if not handles(request.viewer, paper):
        raise PermissionDenied
    return paper


def readable(request: Request) -> Any:
    """The papers whose text the viewer may read (querysets.py)."""
    within = Paper.objects.visible_to(request.viewer, received=True)
    return within.readable_by(request.viewer)


def to_sign(request: Request) -> Any:
    """The papers that wait for the viewer's signature one by one, the one sent first before the
    others."""
    return _signed_here(request).waiting().alone()


def lists_to_sign(request: Request) -> Any:
    """The lists that wait for the viewer's signature, each with how many of its papers wait."""
    rows = PaperBatch.objects.visible_to(request.viewer).waiting(_signed_here(request))
    rows = rows.counted()
    return rows.select_related("drafted_by__person", "drafted_by__unit")


def without_sheet(request: Request) -> Any:
    """Those of the viewer's to sign that are signed, and wait for the scan of the signed sheet."""
    return _signed_here(request).unscanned()


def _signed_here(request: Request) -> Any:
    within = Paper.objects.visible_to(request.viewer)
    return within.handled_by(request.viewer, Right.SIGN_PAPERS)


def note_reading(request: Request, verb: str, papers: list[Paper]) -> None:
    """Record who has read what of which children; raises OverLimit after too many."""
    details = {"papers": [paper.pk for paper in papers]}
    children = children_of(papers)
    audit.record(origin_of(request), verb, "paper", children=children, details=details)


def shown_file(
    request: Request, paper: Paper, kept: StoredFile, verb: str, name: str
) -> HttpResponse:
    """A file kept with a paper, to be looked at; the reading is on record. 404 where it is lost."""
    try:
        content = content_of(kept)
    except FileLost as lost:
        raise Http404 from lost
    note_reading(request, verb, [paper])
    return evidence(content, kept.content_type, name, shown=True)


def address_of_check(request: HttpRequest, paper: Paper) -> str | None:
    """The address in the QR code; None while the paper is not signed."""
    if not paper.token:
        return None
    return request.build_absolute_uri(reverse("papers:check", args=[paper.token]))


def crumbs(*labels: str) -> list[dict[str, str]]:
    """文书 / …"""
    return _under("文书", "papers:ledger", labels)


def crumbs_of_received(*labels: str) -> list[dict[str, str]]:
    """收文 / …: where a paper of another unit stands."""
    return _under("收文", "papers:received", labels)


def _under(label: str, page: str, labels: Iterable[str]) -> list[dict[str, str]]:
    first = {"label": label, "url": reverse(page)}
    return [first, *({"label": label, "url": ""} for label in labels)]
