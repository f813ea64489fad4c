"""The application form on paper, and the button that drafts a certificate."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.papers.printing.page import as_page
from students.roster.certificates.application import FORMS, Applied, applied_of, form_of
from students.roster.certificates.drafting import draft_certificate
from students.roster.changes.views.common import (
    change_or_404,
    crumbs,
    hides_child,
    own_pupil_or_404,
    reads_names,
)
from students.roster.models import Child, Enrolment
from students.roster.rules.change_kinds import BY_CODE, BY_PUPIL


@require_POST
@needs(Right.DRAFT_PAPERS)
def certify(request: Request, pk: int) -> HttpResponse:
    """Draft the certificate of a change; it is sent to be signed from its own page."""
    change = change_or_404(request, pk)
    try:
        paper = draft_certificate(doer_of(request), change)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("changes:change", pk=pk)
    messages.success(request, f"已起草{paper.title}，请核对后送签。")
    return redirect("papers:paper", paper.pk)


@require_safe
@needs(Right.RECORD_CHANGE)
def blank(request: Request) -> HttpResponse:
    """The form of a child that no roster knows yet."""
    return _page(request, "deferral", None, Applied(), reverse("changes:defer"))


@require_safe
@needs(Right.RECORD_CHANGE)
def of_pupil(request: Request, pk: int, code: str) -> HttpResponse:
    """The form of a pupil of the own school, to be signed before the change is recorded."""
    if code not in FORMS or code not in BY_PUPIL:
        raise Http404
    child, today = own_pupil_or_404(request, pk), clock.today()
    rows = Enrolment.objects.on(today).visible_to(request.viewer, today).filter(child=child)
    row = rows.select_related("school__unit", "school_class").first()
    applied = Applied(row.school.unit.name, row.school_class.name_on(today)) if row else Applied()
    back = reverse("changes:record", args=[pk, code])
    return _page(request, code, child, applied, back)


@require_safe
@needs(Right.SEE_PUPILS, Right.APPROVE_SUSPENSION)
@needs(Right.SEE_NAMES)
def of_change(request: Request, pk: int) -> HttpResponse:
    """The form of a change, with the opinions that were written on it."""
    change = change_or_404(request, pk)
    if change.kind not in FORMS or hides_child(change, request.viewer):
        raise Http404
    if not reads_names(change, request.viewer):
        raise Http404
    back = reverse("changes:change", args=[pk])
    return _page(request, change.kind, change.child, applied_of(change), back)


def _page(
    request: Request, code: str, child: Child | None, applied: Applied, back: str
) -> HttpResponse:
    kind, children = BY_CODE[code], [child.pk] if child else []
    origin = origin_of(request)
    if child is not None:
        why = f"打印{kind.label}申请表"
        audit.record(origin, "reveal_address", "child", child.pk, children=children, reason=why)
    audit.record(origin, "print_application", "child", children=children)
    context = {
        "title": f"{kind.label}申请表",
        "sheets": as_page([form_of(kind, child, applied)]),
        "back": back,
        "crumbs": crumbs(f"{kind.label}申请表"),
    }
    return render(request, "changes/application.html", context)
