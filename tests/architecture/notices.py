"""A notice of a child in the list of its school, which waits for the township's signature."""

from datetime import date
from typing import Any

from foundation.papers.models import Paper, PaperBatch
from students.census.models import Entrant, Notice
from tests.cases.steps import at
from tests.cast import Cast, Side

_DAY = date(2025, 9, 12)


def make_notice(cast: Cast, side: Side, entrant: Entrant) -> Notice:
    """Its paper as the registrar drew it up."""
    post = side.people["registrar"]
    drafted: dict[str, Any] = {"drafted_by": post, "drafted_on": _DAY, "drafted_at": at(_DAY)}
    same: dict[str, Any] = {"unit": side.township, "kind": "entry_notice"}
    batch = PaperBatch.objects.create(title="2025年入学通知书", **same, **drafted)
    paper = Paper(
        county=cast.county,
        desk=side.school.unit,
        batch=batch,
        about_code="entrant",
        about_key=str(entrant.pk),
        state="waiting",
        **same,
        **drafted,
    )
    paper.values = {"儿童姓名": entrant.child.name}
    paper.save()
    return Notice.objects.create(
        entrant=entrant, paper=paper, register_on=date(2025, 8, 31), register_at="校门口"
    )
