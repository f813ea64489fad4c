"""What all acts on a paper share: the post, the lock, the row of the move, the audit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.papers.models import Paper, PaperMove, Sending
from foundation.papers.rules.states import MOVES, Move, problem_with
from foundation.prepared import prepared, store

LONGEST_REASON = 200
HANDLES = (Right.DRAFT_PAPERS, Right.SIGN_PAPERS)


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """What a move says besides: the day it happened, why, what was read, and the state after it
    where the table of moves names none, and of a receipt the ``sending``."""

    on: date | None = None
    reason: str = ""
    seen: str = ""
    to: str = ""
    sending: Sending | None = None


def drafting_post(viewer: Viewer, paper: Paper) -> HeldPost | None:
    """The post of today under which the viewer drafts such a paper; None where there is none."""
    units = (paper.unit_id, paper.desk_id)
    return _post(viewer, units, Right.DRAFT_PAPERS, paper.definition.drafters)


def signing_post(viewer: Viewer, paper: Paper) -> HeldPost | None:
    """The post of today under which the viewer signs such a paper; None where there is none."""
    return _post(viewer, (paper.unit_id,), Right.SIGN_PAPERS, paper.definition.signers)


def handles(viewer: Viewer, paper: Paper) -> bool:
    """Whether the viewer drafts or signs such a paper today."""
    return bool(drafting_post(viewer, paper) or signing_post(viewer, paper))


def as_drafter(doer: Doer, paper: Paper) -> Doer:
    """The doer under the post of who may draft it; raises PermissionDenied."""
    return doer.under(drafting_post(doer.viewer, paper))


def as_signer(doer: Doer, paper: Paper) -> Doer:
    """The doer under the post of who may sign it; raises PermissionDenied."""
    return doer.under(signing_post(doer.viewer, paper))


def as_either(doer: Doer, paper: Paper) -> Doer:
    """The doer under a post that drafts it or signs it; raises PermissionDenied."""
    return doer.under(drafting_post(doer.viewer, paper) or signing_post(doer.viewer, paper))


def _post(
    viewer: Viewer, units: Collection[int | None], right: Right, roles: Collection[str]
) -> HeldPost | None:
    posts = viewer.posts_with(right)
    fitting = (one for one in posts if one.unit_id in units and one.role_code in roles)
    return next(fitting, None)


def locked(paper: Paper) -> Paper:
    """The paper as it stands, locked until the transaction ends: two at once take turns."""
    found: Paper
    (found,) = _locked(pk=paper.pk)
    return found


@prepared
def _locked(*, pk: Any) -> QuerySet[Paper]:
    rows = Paper.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
    return rows.filter(pk=pk)


def check(paper: Paper, move: Move, reason: str = "") -> None:
    """Raises Refused, in Chinese, where the state forbids the move or a reason is missing."""
    if words := problem_with(move, paper.state):
        raise Refused(words)
    if MOVES[move].asks and not reason.strip():
        raise Refused(f"请填写{MOVES[move].label}的原因。")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"原因最多{LONGEST_REASON}个字。")


def write(doer: Doer, paper: Paper, move: Move, moved: MoveFacts | None = None) -> PaperMove:
    """Save the paper after its move, with the row of the move; then the storey's own follows.

    The caller has changed what the move changes, and holds the lock.
    """
    moved = moved or MoveFacts()
    before = paper.state if paper.pk else ""
    paper.state = moved.to or MOVES[move].to or paper.state
    paper.save()
    row = PaperMove(
        paper=paper,
        move=move,
        from_state=before,
        to_state=paper.state,
        occurred_on=moved.on or doer.today,
        recorded_at=doer.now,
        person_id=doer.viewer.person_id,
        post_id=doer.post.id,
        seen=moved.seen,
        sending=moved.sending,
    )
    row.reason = moved.reason.strip()
    store(row)
    return row


def finish(doer: Doer, paper: Paper, row: PaperMove, **details: Any) -> None:
    """What follows of the move, in the storey above and in the audit."""
    paper.definition.follows(doer, paper, row)
    audit.record(
        doer.origin,
        f"{row.move}_paper",
        "paper",
        paper.pk,
        children=paper.definition.children([paper]),
        details={"kind": paper.kind, "number": paper.number, **details},
    )
