"""What the page of an entrant tells of its notices."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from foundation.accounts.viewer import Viewer
from foundation.papers.models import Paper
from foundation.papers.rules.states import PaperState
from students.census.models import Entrant, Notice
from students.census.notices.table import taken_by, void_reason, with_entrants

_TONES = {PaperState.VOID: "bad", PaperState.RETURNED: "bad"}


def notices_on_page(entrant: Entrant, viewer: Viewer) -> list[dict[str, Any]]:
    """Every notice with a number or on its way to one; each leads to its paper where the viewer
    reads it."""
    rows = Notice.objects.filter(entrant=entrant).registered()
    found = list(with_entrants(rows).order_by("pk"))
    keys = [one.paper_id for one in found]
    within = Paper.objects.visible_to(viewer).filter(pk__in=keys)
    return list(_told(found, set(within.values_list("pk", flat=True))))


def _told(rows: list[Notice], within: set[int]) -> Iterator[dict[str, Any]]:
    for notice in rows:
        paper = notice.paper
        settled = paper.state in (PaperState.SIGNED, PaperState.SERVED)
        yield {
            "number": paper.number or "（未编号）",
            "url": reverse("papers:paper", args=[paper.pk]) if paper.pk in within else "",
            "signed_on": paper.signed_on,
            "unit": paper.unit,
            "served_on": paper.served_on,
            "taken_by": taken_by(notice),
            "badge": "" if settled else paper.state_words,
            "tone": _TONES.get(PaperState(paper.state), "warn"),
            "reason": void_reason(notice),
        }
