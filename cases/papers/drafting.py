"""Drafts the papers of a case: what it knows, what the clerk wrote, and what is counted."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied

from cases.acts.ladder.serve_order import shortfall
from cases.models import Case
from cases.orders import ABOUT, CODE
from cases.papers.prefilled import complete
from cases.papers.registry import CASE_KINDS, context_of
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.papers import acts as papers
from foundation.papers.models import Paper


def draft_paper(doer: Doer, case: Case, code: str) -> Paper:
    """Draft a paper of a registered kind from what the case knows today.

    Raises KeyError for another kind, PermissionDenied, and Refused in Chinese where it may not be
    written now, or one is under way.
    """
    one = CASE_KINDS[code]
    unit = one.issuer_for(doer.viewer, case)
    if unit is None:
        raise PermissionDenied
    ctx = context_of(doer, case)
    if words := one.forbids(case, ctx):
        raise Refused(words)
    if one.tells_address:
        _note(doer, case, "reveal_address", one.kind.title)
    if one.tells_number and case.child.id_no:
        _note(doer, case, "reveal_number", one.kind.title)
    values = one.values(case, ctx, doer.viewer.name)
    return papers.draft(doer, code, unit, papers.About(ABOUT, str(case.pk)), values)


def _note(doer: Doer, case: Case, verb: str, title: str) -> None:
    """That something of the child was read to draft the paper; raises OverLimit after too many."""
    told, why = [case.child_id], f"起草{title}"
    audit.record(doer.origin, verb, "child", case.child_id, children=told, reason=why)


def draft_order(doer: Doer, case: Case, values: Mapping[str, str]) -> Paper:
    """Draft the order of a case for its township, or for the county where the doer works there.

    ``values`` are those of the order's fields, without the counted ones. Raises PermissionDenied,
    and Refused in Chinese: too few attempts (P7), another order under way, a value missing.
    """
    ctx = context_of(doer, case)
    if missing := shortfall(case, doer.today, ctx.rules):
        raise Refused(missing)
    unit = CASE_KINDS[CODE].issuer_for(doer.viewer, case)
    if unit is None:
        raise PermissionDenied
    about = papers.About(ABOUT, str(case.pk))
    return papers.draft(doer, CODE, unit, about, complete(values, case, ctx))


def revise_order(doer: Doer, case: Case, paper: Paper, values: Mapping[str, str]) -> Paper:
    """Write the draft anew; attempts are counted again."""
    return papers.revise(doer, paper, complete(values, case, context_of(doer, case)))
