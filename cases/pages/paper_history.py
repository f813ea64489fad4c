"""What happened to the papers of a case, as entries of its timeline.

Signed, served and voided papers stand between the events of the case. What an order's service and
its voiding did to the case is an event of its own and is told there.
"""

from collections.abc import Iterable

from cases.models import Case
from cases.orders import ABOUT, CODE
from cases.pages.timeline import TimelineEntry
from foundation.papers.models import Paper, PaperMove, Reply
from foundation.papers.rules.states import MOVES, Move

_REPLIES = (Move.REPLY, Move.MEND_REPLY, Move.UNREPLY)
_TOLD = (Move.SIGN, Move.SERVE, Move.VOID, *_REPLIES)
_AN_EVENT = (Move.SERVE, Move.VOID)  # of an order


def with_papers(case: Case, told: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """The entries of the case with those of its papers, the newest day first."""
    return sorted([*_entries(case), *told], key=lambda one: one.on, reverse=True)


def _entries(case: Case) -> list[TimelineEntry]:
    papers = Paper.objects.about(ABOUT, case.pk).numbered().order_by()
    moves = PaperMove.objects.filter(paper__in=papers.values("pk"), move__in=_TOLD)
    rows = moves.select_related("paper__unit", "person", "reply").defer(
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
        title=_title(row),
        who=f"{paper.unit.name} {row.person.name if row.person else ''}".strip(),
        words=f"文号：{paper.number}{_replied(row)}",
        note="",
        tone="",
        recorded_at=None,
    )


def _title(row: PaperMove) -> str:
    label = MOVES[Move(row.move)].label
    return f"{row.paper.title}：{label}" if row.move in _REPLIES else f"{label}{row.paper.title}"


def _replied(row: PaperMove) -> str:
    """What was answered; a reply that was corrected or taken back keeps its entry."""
    if row.move == Move.UNREPLY:
        return f"　原因：{row.reason}"
    reply: Reply | None = getattr(row, "reply", None)
    if reply is None:
        return ""
    known = row.paper.definition.answers.get(reply.answer)
    return f"　回函：{known.label}" if known else ""
