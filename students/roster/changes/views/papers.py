"""Shows one paper of a change to the school and to those who approve or file it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from students.roster.changes.views.common import change_or_404, hides_child, reads_names
from students.roster.pupils.views.documents import answer_with


@require_safe
@needs(Right.SEE_PUPILS, Right.APPROVE_SUSPENSION)
@needs(Right.SEE_NAMES)
def paper(request: Request, pk: int, proof: int) -> HttpResponse:
    """Answers 404 while the child is hidden from the asking school. A scan shows names, hence the
    right."""
    change = change_or_404(request, pk)
    if hides_child(change, request.viewer) or not reads_names(change, request.viewer):
        raise Http404
    found = get_object_or_404(change.proofs.select_related("document__file"), pk=proof)
    return answer_with(request, found.document)
