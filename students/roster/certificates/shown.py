"""What the page of a change shows of its certificates and of its application form."""

from typing import Any

from django.urls import reverse

from foundation.accounts.viewer import Viewer
from foundation.papers.models import Paper
from students.roster.certificates.application import FORMS
from students.roster.certificates.drafting import CODES, certificates_of, drafts, why_not
from students.roster.models import Change


def certificates_on_page(change: Change, viewer: Viewer) -> dict[str, Any]:
    """The certificates, each with its address where the viewer reads it; the open button."""
    shown = {
        "has_application": change.kind in FORMS,
        "may_certify": drafts(viewer, change) and not why_not(change),
    }
    if change.kind not in CODES:
        return shown
    papers = list(certificates_of(change))
    within = set(
        Paper.objects.visible_to(viewer)
        .filter(pk__in=[one.pk for one in papers])
        .values_list("pk", flat=True)
    )
    lines = [_line(one, one.pk in within) for one in papers]
    return shown | {"certificates": lines}


def _line(paper: Paper, within: bool) -> dict[str, Any]:
    url = reverse("papers:paper", args=[paper.pk]) if within else ""
    return {"paper": paper, "title": paper.number or paper.title, "url": url}
