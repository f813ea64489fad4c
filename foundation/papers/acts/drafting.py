"""Acts before the signature: draft, revise, drop, send to be signed, look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.papers.acts.common import (
    MoveFacts,
    as_drafter,
    as_signer,
    check,
    finish,
    locked,
    write,
)
from foundation.papers.acts.letters import tell_signers
from foundation.papers.kinds import PaperKind, kind_of
from foundation.papers.models import Paper
from foundation.papers.reading import seen_of
from foundation.papers.rules.merging import lacking, texts_of, unknown
from foundation.papers.rules.states import Move


@dataclass(frozen=True, slots=True)
class About:
    """What a paper is about: a code of the storey, and the row's uuid or number."""

    code: str
    key: str


@transaction.atomic
def draft(doer: Doer, kind: str, unit: Unit, about: About, values: Mapping[str, Any]) -> Paper:
    """Draft a paper of the kind for the unit; returns it in state 草稿.

    ``values`` are those of the kind's fields, by their Chinese names. What is typed by hand may be
    added later. Raises PermissionDenied where the doer holds no post at the unit that drafts it,
    Refused where another required value is missing, ValueError where a name is no field of the
    kind.
    """
    definition = kind_of(kind)
    paper = Paper(
        county_id=unit.county_id or unit.pk,
        unit=unit,
        kind=kind,
        about_code=about.code,
        about_key=about.key,
        drafted_on=doer.today,
        drafted_at=doer.now,
    )
    doer = as_drafter(doer, paper)
    paper.drafted_by_id = doer.post.id
    paper.values = checked(definition, values)
    finish(doer, paper, write(doer, paper, Move.DRAFT))
    return paper


@transaction.atomic
def revise(doer: Doer, paper: Paper, values: Mapping[str, Any]) -> Paper:
    """Write the values of a draft anew; what was sent back becomes a draft again."""
    paper = locked(paper)
    doer = as_drafter(doer, paper)
    check(paper, Move.REVISE)
    kind = paper.definition
    paper.values = checked(kind, kind.completes(paper, dict(values)))
    finish(doer, paper, write(doer, paper, Move.REVISE))
    return paper


@transaction.atomic
def drop(doer: Doer, paper: Paper, reason: str) -> Paper:
    """Give up a draft that was never signed. It has no number, and stays in the history."""
    paper = locked(paper)
    doer = as_drafter(doer, paper)
    check(paper, Move.DROP, reason)
    finish(doer, paper, write(doer, paper, Move.DROP, MoveFacts(reason=reason)))
    return paper


@transaction.atomic
def send_to_sign(doer: Doer, paper: Paper) -> Paper:
    """Send a draft to who signs (送签).

    Raises Refused where a required value is missing, or the storey's rule is not met.
    """
    paper = locked(paper)
    doer = as_drafter(doer, paper)
    check(paper, Move.SEND)
    if missing := lacking(texts_of(paper.values), paper.definition.fields):
        raise Refused(f"还缺少：{'、'.join(missing)}。请点“修改”补齐后再送签。")
    if words := paper.definition.allows(doer, paper):
        raise Refused(words)
    row = write(doer, paper, Move.SEND)
    tell_signers(doer, paper, row)
    finish(doer, paper, row)
    return paper


@transaction.atomic
def recall(doer: Doer, paper: Paper) -> Paper:
    """Take back what was sent to be signed and is not signed yet; it is a draft again."""
    paper = locked(paper)
    doer = as_drafter(doer, paper)
    check(paper, Move.RECALL)
    finish(doer, paper, write(doer, paper, Move.RECALL))
    return paper


@transaction.atomic
def look(doer: Doer, paper: Paper) -> Paper:
    """Note that the signer has the whole text before him; only then he may sign.

    Reading the same text again writes nothing but the audit row.
    """
    paper = locked(paper)
    doer = as_signer(doer, paper)
    check(paper, Move.LOOK)
    seen = seen_of(paper, doer.today)
    if not has_seen(doer, paper, seen):
        write(doer, paper, Move.LOOK, MoveFacts(seen=seen))
    return paper


def has_seen(doer: Doer, paper: Paper, seen: str) -> bool:
    """Whether the doer has looked at the paper as it is now."""
    looks = paper.moves.filter(move=Move.LOOK, seen=seen, post_id=doer.post.id)
    return looks.exists()


def checked(kind: PaperKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values; a table of a kind may be given besides its fields (kinds.py, ``tables``). Raises
    Refused where one is missing that nobody types, ValueError where one is no field."""
    texts = texts_of(values)
    if strange := unknown(texts, kind.fields):
        raise ValueError(f"no fields of {kind.code}: {sorted(strange)}")
    if missing := lacking(texts, [one for one in kind.fields if not one.typed]):
        raise Refused(f"还缺少：{'、'.join(missing)}。请补齐后再拟稿。")
    return dict(values)
