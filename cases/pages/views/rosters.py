"""Undoing a roster import. The page stands here because cases may stand against it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases.actions import rosters
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from students.roster.models import ImportBatch


@require_POST
@needs(Right.IMPORT_ROSTER)
def undo_import(request: Request, pk: int) -> HttpResponse:
    """Undoes a whole import, or says which rows stand against it."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.viewer), pk=pk)
    try:
        rosters.undo_import(doer_of(request), batch.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"已撤销《{batch.file_name}》的导入，名册和班级恢复到导入前的内容。"
        )
    return redirect("roster:batch", pk=pk)
