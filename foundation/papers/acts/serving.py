"""Acts after the signature: service with its proof, its correction, performance."""

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localtime

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.files import actions as files
from foundation.papers.acts.common import MoveFacts, as_either, check, finish, locked, write
from foundation.papers.models import Paper, PaperMove, Service, ServiceProof
from foundation.papers.rules.service import ServiceEntry, problems_of
from foundation.papers.rules.states import Move, PaperState
from foundation.protected import sealed

Proofs = Sequence[UploadedFile]


@transaction.atomic
def serve(doer: Doer, paper: Paper, entry: ServiceEntry, proofs: Proofs = ()) -> Paper:
    """Record the service of a signed paper (送达), with photos or scans of the receipt.

    What the law counts from is ``served_on``. Raises PermissionDenied, and Refused in Chinese.
    """
    return _served(doer, paper, Move.SERVE, entry, proofs, "")


@transaction.atomic
def correct_service(
    doer: Doer, paper: Paper, entry: ServiceEntry, reason: str, proofs: Proofs = ()
) -> Paper:
    """Enter the service anew, with the reason. The earlier entry stays in the history."""
    return _served(doer, paper, Move.CORRECT, entry, proofs, reason)


@transaction.atomic
def perform(doer: Doer, paper: Paper, on: date) -> Paper:
    """Record that what the paper demands was done on the day (履行)."""
    paper = locked(paper)
    doer = as_either(doer, paper)
    check(paper, Move.PERFORM)
    if paper.definition.is_served and paper.served_on is None:
        raise Refused("这份文书还没有登记送达，请先登记送达。")
    if not (paper.served_on or paper.signed_on or on) <= on <= doer.today:
        raise Refused("履行日期应在送达之后，不晚于今天。")
    paper.performed_on = on
    finish(doer, paper, write(doer, paper, Move.PERFORM, MoveFacts(on=on)))
    return paper


@transaction.atomic
def reopen(doer: Doer, paper: Paper, reason: str) -> Paper:
    """Take back that a paper was performed, with the reason."""
    paper = locked(paper)
    doer = as_either(doer, paper)
    check(paper, Move.REOPEN, reason)
    paper.performed_on = None
    to = PaperState.SERVED if paper.served_on else PaperState.SIGNED
    finish(doer, paper, write(doer, paper, Move.REOPEN, MoveFacts(reason=reason, to=to)))
    return paper


def _served(
    doer: Doer, paper: Paper, move: Move, entry: ServiceEntry, proofs: Proofs, reason: str
) -> Paper:
    paper = locked(paper)
    doer = as_either(doer, paper)
    check(paper, move, reason)
    if not paper.definition.is_served:
        raise Refused("这类文书不用送达。")
    _check_entry(doer, paper, entry)
    paper.served_on = entry.at.date()
    row = write(doer, paper, move, MoveFacts(on=paper.served_on, reason=reason))
    service = _enter(paper, row, entry)
    for proof in proofs:
        kept = files.keep(doer.post, proof.name or "", proof.read())
        ServiceProof.objects.create(paper=paper, service=service, file=kept)
    finish(doer, paper, row)
    return paper


def _check_entry(doer: Doer, paper: Paper, entry: ServiceEntry) -> None:
    signing = paper.moves.filter(move=Move.SIGN).latest("pk")
    known = list(paper.definition.receivers(paper))
    found = problems_of(entry, localtime(signing.recorded_at), doer.now, known)
    if found:
        raise Refused(" ".join(found.values()))
    if paper.performed_on and entry.at.date() > paper.performed_on:
        raise Refused("送达不能晚于已登记的履行日期。")


def _enter(paper: Paper, row: PaperMove, entry: ServiceEntry) -> Service:
    return Service.objects.create(
        paper=paper,
        move=row,
        method=entry.method,
        served_at=entry.at,
        **sealed(
            place=entry.place.strip(),
            first_server=entry.servers[0].strip(),
            second_server=entry.servers[1].strip(),
            received_by=entry.received_by.strip(),
            relation=entry.relation.strip(),
            refusal=entry.refusal.strip(),
            witness=entry.witness.strip(),
            remark=entry.remark.strip(),
        ),
    )
