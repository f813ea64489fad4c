"""What happened to the papers of a case, as entries of its timeline.

Signed, served and voided papers stand between the events of the case. What an order's service and
its voiding did to the case is an event of its own and is told there.
"""

from collections.abc import Iterable

from cases.models import Case
from cases.orders import ABOUT, CODE
from cases.pages.timeline import TimelineEntry
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import MOVES, Move

_TOLD = (Move.SIGN, Move.SERVE, Move.VOID)
_AN_EVENT = (Move.SERVE, Move.VOID)  # of an order


def with_papers(case: Case, told: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """The entries of the case with those of its papers, the newest day first."""
    return sorted([*_entries(case), *told], key=lambda one: one.on, reverse=True)


def _entries(case: Case) -> list[TimelineEntry]:
    papers = Paper.objects.about(ABOUT, case.pk).numbered().order_by()
    moves = PaperMove.objects.filter(paper__in=papers.values("pk"), move__in=_TOLD)
    rows = moves.select_related("paper__unit", "person").defer(
        "paper__told_sealed", "paper__text_sealed"
    )
    own = (row for row in rows.order_by("-pk") if not _is_an_event(row))
    return [_entry(row) for row in own]


def _is_an_event(row: PaperMove) -> bool:
    return row.paper.kind == CODE and row.move in _AN_EVENT


def _entry(row: PaperMove) -> TimelineEntry:
    paper = row.paper
    return TimelineEntry(
        on=row.occurred_on,
        title=f"{MOVES[Move(row.move)].label}{paper.title}",
        who=f"{paper.unit.name} {row.person.name if row.person else ''}".strip(),
        words=f"文号：{paper.number}",
        note="",
        tone="",
        recorded_at=None,
    )
