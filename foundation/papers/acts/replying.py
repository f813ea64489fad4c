"""Acts on the reply to a letter (回函): enter it, correct it, take it back (T16).

Who answered has no account. The unit that issued the letter enters what he wrote.
"""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.days import full_day_words
from foundation.files import actions as files
from foundation.papers.acts.common import MoveFacts, as_either, check, finish, locked, write
from foundation.papers.models import Paper, PaperMove, Reply, ReplyProof
from foundation.papers.rules.replies import ReplyEntry, problems_of
from foundation.papers.rules.states import Move
from foundation.protected import sealed

Proofs = Sequence[UploadedFile]


@transaction.atomic
def enter_reply(doer: Doer, paper: Paper, entry: ReplyEntry, proofs: Proofs = ()) -> Paper:
    """Enter what the letter was answered, with photos or scans of it.

    Raises PermissionDenied, and Refused in Chinese.
    """
    return _entered(doer, paper, Move.REPLY, entry, proofs, "")


@transaction.atomic
def correct_reply(
    doer: Doer, paper: Paper, entry: ReplyEntry, reason: str, proofs: Proofs = ()
) -> Paper:
    """Enter the reply anew, with the reason. The earlier entry stays in the history."""
    return _entered(doer, paper, Move.MEND_REPLY, entry, proofs, reason)


@transaction.atomic
def take_back_reply(doer: Doer, paper: Paper, reason: str) -> Paper:
    """Take back a reply that belongs to another letter; this one waits again."""
    paper = locked(paper)
    doer = as_either(doer, paper)
    check(paper, Move.UNREPLY, reason)
    if paper.replied_on is None:
        raise Refused("这份函件没有登记回函，不用撤回。")
    paper.replied_on = None
    finish(doer, paper, write(doer, paper, Move.UNREPLY, MoveFacts(reason=reason)))
    return paper


def _entered(
    doer: Doer, paper: Paper, move: Move, entry: ReplyEntry, proofs: Proofs, reason: str
) -> Paper:
    paper = locked(paper)
    doer = as_either(doer, paper)
    if not paper.definition.answers:
        raise Refused("这类文书不用回函。")
    check(paper, move, reason)
    if words := _out_of_turn(paper, move):
        raise Refused(words)
    assert paper.signed_on is not None
    if found := problems_of(entry, paper.signed_on, doer.today, paper.definition.answers):
        raise Refused(" ".join(found.values()))
    paper.replied_on = entry.on
    row = write(doer, paper, move, MoveFacts(on=entry.on, reason=reason))
    _keep(doer, paper, row, entry, proofs)
    finish(doer, paper, row)
    return paper


def _out_of_turn(paper: Paper, move: Move) -> str:
    """Of two who enter a reply the second is told; one that was taken back is not corrected."""
    if move is Move.REPLY and paper.replied_on:
        day = full_day_words(paper.replied_on)
        return f"这份函件已经登记{day}的回函。写错了的，请用“更正回函”。"
    if move is Move.MEND_REPLY and paper.replied_on is None:
        return "这份函件没有登记回函，请先登记。"
    return ""


def _keep(doer: Doer, paper: Paper, row: PaperMove, entry: ReplyEntry, proofs: Proofs) -> None:
    reply = Reply.objects.create(
        paper=paper,
        move=row,
        answer=entry.answer,
        replied_on=entry.on,
        **sealed(replied_by=entry.by.strip(), seat=entry.seat.strip(), remark=entry.remark.strip()),
    )
    for proof in proofs:
        kept = files.keep(doer.post, proof.name or "", proof.read())
        ReplyProof.objects.create(paper=paper, reply=reply, file=kept)
