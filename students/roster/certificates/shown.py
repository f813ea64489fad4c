"""What the page of a change shows of its certificates and of its application form."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from foundation.accounts.viewer import Viewer
from foundation.papers.models import Paper
from foundation.papers.reading import reply_words
from students.roster.certificates.application import FORMS
from students.roster.certificates.drafting import ASKS, CODES, certificates_of, drafts, why_not
from students.roster.models import Change


def certificates_on_page(change: Change, viewer: Viewer, today: date) -> dict[str, Any]:
    """The certificates, each with its address where the viewer reads it; the open button."""
    shown = {
        "has_application": change.kind in FORMS,
        "may_certify": drafts(viewer, change) and not why_not(change),
        "asks_school": change.kind == ASKS,
    }
    if change.kind not in CODES:
        return shown
    papers = list(certificates_of(change).prefetch_related("replies__paper"))
    within = set(
        Paper.objects.visible_to(viewer)
        .filter(pk__in=[one.pk for one in papers])
        .values_list("pk", flat=True)
    )
    lines = [_line(one, one.pk in within, today) for one in papers]
    return shown | {"certificates": lines, "denied": _denied(papers)}


def _denied(papers: Iterable[Paper]) -> str:
    """What the newest reply says that does not confirm the child, in Chinese; "" without one."""
    answered = [one for one in papers if one.is_valid and one.replied_on]
    newest = max(answered, key=lambda one: (one.replied_on, one.pk), default=None)
    said = newest.replies.all()[0].said if newest else None
    if newest is None or said is None or said.is_yes:
        return ""
    return f"{newest.number}的回函是“{said.label}”，学生没有在收函学校就读，请找到学生，核实去向。"


def _line(paper: Paper, within: bool, today: date) -> dict[str, Any]:
    url = reverse("papers:paper", args=[paper.pk]) if within else ""
    told = reply_words(paper, today)
    return {"paper": paper, "title": paper.number or paper.title, "url": url, "reply": told}
