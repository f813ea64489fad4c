"""What the pages of an import share: the batch of the address, and the breadcrumbs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation.accounts.requests import Request
from students.roster.models import ImportBatch


def batch_of(request: Request, pk: int) -> ImportBatch:
    """Return the batch; 404 when the viewer may not import for its school or county."""
    rows = ImportBatch.objects.visible_to(request.viewer)
    found: ImportBatch = get_object_or_404(
        rows.select_related("job", "school", "uploaded_by__person"), pk=pk
    )
    return found


def crumbs(*last: str, batch: ImportBatch | None = None) -> list[dict[str, Any]]:
    """Return 学生名册 / 导入名册 / the file / this page."""
    path = [("学生名册", reverse("roster:pupils"))]
    if batch or last != ("导入名册",):
        path.append(("导入名册", reverse("roster:upload")))
    if batch:
        path.append((batch.file_name, reverse("roster:batch", args=[batch.pk])))
    found = [{"label": label, "url": url} for label, url in path]
    return found + [{"label": label, "url": ""} for label in last]
