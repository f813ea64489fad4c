"""A list of papers: drawn up in one step, signed with one press in a job, or sent back as one.

The notices of a whole list of entrants are hundreds (R25). Drawing up writes them set by set; the
signer has the list with what each says, and any sheet, before him (views/batches.py), and his press
starts one job, which signs each as one is signed alone (signing.py), in the order of the list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.querysets import viewer_on
from foundation.jobs import actions as jobs
from foundation.jobs.actions import JobFailed
from foundation.jobs.models import Job
from foundation.papers.acts.common import as_drafter, as_signer, check
from foundation.papers.acts.drafting import About, checked
from foundation.papers.acts.letters import tell_drafter_of_list, tell_signers_of_list
from foundation.papers.acts.signing import NOT_SEEN, sign
from foundation.papers.composing import fingerprint
from foundation.papers.kinds import children_of, kind_of
from foundation.papers.models import Paper, PaperBatch, PaperMove
from foundation.papers.reading import seen_of_list
from foundation.papers.rules.merging import lacking, texts_of
from foundation.papers.rules.states import MOVES, Move, PaperState
from foundation.protected import sealed

TASK = "foundation.papers.tasks.sign_batch"
TOLD_EVERY = 10  # papers between two notes of the progress
_BEING_SIGNED = "这批文书正在签发，请等它办完。"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper to be drawn up: what it is about, its values, and the unit that hands it out."""

    about: About
    values: Mapping[str, Any]
    desk_id: int | None = None


@transaction.atomic
def draw_up(doer: Doer, kind: str, unit: Unit, title: str, rows: Sequence[Drawn]) -> PaperBatch:
    """Draft papers of the kind for the unit and send them to be signed, as one list in this order.

    The storey has looked whether each may be drafted; ``allows`` is asked on signing. Raises
    PermissionDenied where the doer drafts one of them not, Refused where a value is missing.
    """
    if not rows:
        raise Refused("没有可以拟稿的文书。")
    papers = [_drafted(doer, kind, unit, row) for row in rows]
    doer = as_drafter(doer, papers[0])
    batch = PaperBatch.objects.create(
        unit=unit,
        kind=kind,
        title=title,
        drafted_by_id=doer.post.id,
        drafted_on=doer.today,
        drafted_at=doer.now,
    )
    for paper in papers:
        paper.batch, paper.drafted_by_id = batch, doer.post.id
    Paper.objects.bulk_create(papers)
    drafts = _moved(doer, papers, Move.DRAFT, "", PaperState.DRAFT)
    sendings = _moved(doer, papers, Move.SEND, PaperState.DRAFT, PaperState.WAITING)
    tell_signers_of_list(doer, batch, len(papers))
    _follow(doer, papers, drafts)
    _follow(doer, papers, sendings)
    _note(doer, "draft_papers", batch, papers)
    return batch


def _drafted(doer: Doer, kind: str, unit: Unit, row: Drawn) -> Paper:
    definition = kind_of(kind)
    paper = Paper(
        county_id=unit.county_id or unit.pk,
        unit=unit,
        desk_id=row.desk_id if row.desk_id != unit.pk else None,
        kind=kind,
        about_code=row.about.code,
        about_key=row.about.key,
        state=PaperState.WAITING,
        drafted_on=doer.today,
        drafted_at=doer.now,
    )
    as_drafter(doer, paper)
    paper.values = checked(definition, row.values)
    if missing := lacking(texts_of(paper.values), definition.fields):
        raise Refused(f"还缺少：{'、'.join(missing)}。")
    return paper


def waiting_of(batch: PaperBatch) -> list[Paper]:
    """The papers of a list that wait for the signature, in its order."""
    rows = batch.papers.filter(state=PaperState.WAITING)
    return list(rows.select_related("unit").order_by("pk"))


def seen_of_batch(papers: Sequence[Paper], seen: Mapping[int, str]) -> str:
    """The fingerprint of a list as it is read: another paper, value or text gives another one."""
    return fingerprint("\n".join(seen[paper.pk] for paper in papers))


@transaction.atomic
def order_signing(doer: Doer, batch: PaperBatch, seen: str) -> Job:
    """Note that the signer has the list before him, and start the job that signs it (签发).

    ``seen`` is the fingerprint of what he read. Raises PermissionDenied, and Refused in Chinese.
    """
    batch = _locked(batch)
    papers = waiting_of(batch)
    if batch.job is not None and not batch.job.is_over:
        raise Refused(_BEING_SIGNED)
    if not papers:
        raise Refused("这批文书没有待签发的了。")
    doer = as_signer(doer, papers[0])
    now = seen_of_list(papers, doer.today)
    if seen_of_batch(papers, now) != seen:
        raise Refused(NOT_SEEN)
    _moved(doer, papers, Move.LOOK, PaperState.WAITING, PaperState.WAITING, seen=now)
    title = f"签发{batch.title}（{len(papers)}份）"
    keys = [paper.pk for paper in papers]
    batch.job = jobs.start(TASK, title, doer.viewer, doer.post, batch=batch.pk, papers=keys)
    batch.left_out = {}
    batch.save(update_fields=["job", "left_out"])
    _note(doer, "order_signing", batch, papers)
    return batch.job


def sign_batch(job: Job, now: datetime) -> str:
    """The work of the job: number and freeze each paper that was read, in the order of the list.

    What may not be signed now waits on, with the reason. All of it is one transaction: a worker
    that dies has given no number, and the next one begins anew.
    """
    batch = PaperBatch.objects.get(pk=job.args["batch"])
    day = now.date()
    doer = Doer(viewer_on(job.person, day), Origin(job.person_id, job.post_id), day, now)
    papers = [one for one in waiting_of(batch) if one.pk in set(job.args["papers"])]
    left_out: dict[int, str] = {}
    for number, paper in enumerate(papers):
        if number % TOLD_EVERY == 0:
            jobs.progress(job, number, len(papers), "正在编号、签发")
        try:
            sign(doer, paper)
        except Refused as refused:
            left_out[paper.pk] = str(refused)
        except PermissionDenied as denied:
            raise JobFailed("您已不再签发这类文书，没有签发。") from denied
    batch.left_out = left_out
    batch.save(update_fields=["left_out"])
    return reverse("papers:batch", args=[batch.pk])


@transaction.atomic
def send_back_batch(doer: Doer, batch: PaperBatch, reason: str) -> int:
    """Send all that waits of a list back to who drew it up, with the reason; returns how many."""
    batch, papers = _of(batch, Move.RETURN, reason)
    doer = as_signer(doer, papers[0])
    _moved_on(doer, papers, Move.RETURN, reason)
    tell_drafter_of_list(doer, batch, len(papers), reason)
    _note(doer, "return_papers", batch, papers, reason)
    return len(papers)


@transaction.atomic
def drop_batch(doer: Doer, batch: PaperBatch, reason: str) -> int:
    """Give up all of a list that was never signed (撤销), with the reason; returns how many.

    What waits is taken back first. It has no number, and stays in the history.
    """
    batch, waiting = _locked(batch), _locked_of(batch, Move.RECALL)
    _refuse_while_signed(batch)
    for paper in waiting:
        as_drafter(doer, paper)  # a school gives up no paper of another one
    if waiting:
        _moved_on(as_drafter(doer, waiting[0]), waiting, Move.RECALL, "")
    batch, papers = _of(batch, Move.DROP, reason)
    for paper in papers:
        as_drafter(doer, paper)
    doer = as_drafter(doer, papers[0])
    _moved_on(doer, papers, Move.DROP, reason)
    _note(doer, "drop_papers", batch, papers, reason)
    return len(papers)


def _locked(batch: PaperBatch) -> PaperBatch:
    rows = PaperBatch.objects.select_for_update(of=("self",), no_key=True)
    found: PaperBatch = rows.select_related("job", "drafted_by").get(pk=batch.pk)
    return found


def _locked_of(batch: PaperBatch, move: Move) -> list[Paper]:
    """The papers of a list that can make the move, locked in its order."""
    rows = batch.papers.filter(state__in=MOVES[move].from_states).select_related("unit")
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _refuse_while_signed(batch: PaperBatch) -> None:
    if batch.job is not None and not batch.job.is_over:
        raise Refused(_BEING_SIGNED)


def _of(batch: PaperBatch, move: Move, reason: str) -> tuple[PaperBatch, list[Paper]]:
    """The list and those of its papers that can make the move, locked. Raises Refused."""
    batch = _locked(batch)
    _refuse_while_signed(batch)
    papers = _locked_of(batch, move)
    if not papers:
        raise Refused(f"这批文书没有可以{MOVES[move].label}的了。")
    check(papers[0], move, reason)
    return batch, papers


def _moved_on(doer: Doer, papers: Sequence[Paper], move: Move, reason: str) -> None:
    to = MOVES[move].to
    assert to is not None
    before = papers[0].state if len({one.state for one in papers}) == 1 else ""
    Paper.objects.filter(pk__in=[one.pk for one in papers]).update(state=to)
    rows = _moved(doer, papers, move, before, to, reason=reason)
    for paper in papers:
        paper.state = to
    _follow(doer, papers, rows)


def _moved(
    doer: Doer,
    papers: Sequence[Paper],
    move: Move,
    before: str,
    after: str,
    *,
    reason: str = "",
    seen: Mapping[int, str] | None = None,
) -> list[PaperMove]:
    """Write a row of the history for each of the papers."""
    rows = [
        PaperMove(
            paper=paper,
            move=move,
            from_state=before or (paper.state if move is not Move.DRAFT else ""),
            to_state=after,
            occurred_on=doer.today,
            recorded_at=doer.now,
            person_id=doer.viewer.person_id,
            post_id=doer.post.id,
            seen=(seen or {}).get(paper.pk, ""),
            **sealed(reason=reason.strip()),
        )
        for paper in papers
    ]
    return PaperMove.objects.bulk_create(rows)


def _follow(doer: Doer, papers: Sequence[Paper], rows: Sequence[PaperMove]) -> None:
    """What a storey does of each move (kinds.py, ``follows``)."""
    for paper, row in zip(papers, rows, strict=True):
        paper.definition.follows(doer, paper, row)


def _note(
    doer: Doer, verb: str, batch: PaperBatch, papers: Sequence[Paper], reason: str = ""
) -> None:
    audit.record(
        doer.origin,
        verb,
        "paper_batch",
        batch.pk,
        children=children_of(papers),
        reason=reason.strip(),
        details={"kind": batch.kind, "papers": [paper.pk for paper in papers]},
    )
