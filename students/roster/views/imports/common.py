"""What the pages of an import share: finding the batch, crumbs, workbooks as an answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header

from foundation.accounts.requests import Request
from students.roster.models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def batch_of(request: Request, pk: int) -> ImportBatch:
    """The batch, if the person may import where it belongs; 404 otherwise."""
    rows = ImportBatch.objects.visible_to(request.viewer)
    found: ImportBatch = get_object_or_404(
        rows.select_related("job", "school", "uploaded_by__person"), pk=pk
    )
    return found


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under its Chinese name."""
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def crumbs(*last: str, batch: ImportBatch | None = None) -> list[dict[str, Any]]:
    """学生名册 / 导入名册 / the file / where one is."""
    path = [("学生名册", reverse("roster:pupils"))]
    if batch or last != ("导入名册",):
        path.append(("导入名册", reverse("roster:upload")))
    if batch:
        path.append((batch.file_name, reverse("roster:batch", args=[batch.pk])))
    found = [{"label": label, "url": url} for label, url in path]
    return found + [{"label": label, "url": ""} for label in last]
