"""Drafts and revises the order of a case: what the clerk wrote, and what is counted."""

from collections.abc import Mapping

from cases.actions.context import Context, Contexts
from cases.acts.ladder.serve_order import shortfall
from cases.models import Case
from cases.orders import CODE
from cases.papers.prefilled import complete
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.papers import acts as papers
from foundation.papers.models import Paper


def draft_order(doer: Doer, case: Case, values: Mapping[str, str]) -> Paper:
    """Draft the order of a case for its township.

    ``values`` are those of the order's fields, without the counted ones. Raises PermissionDenied,
    and Refused in Chinese: too few attempts (P7), another order under way, a value missing.
    """
    ctx = context_of(doer, case)
    if missing := shortfall(case, doer.today, ctx.rules):
        raise Refused(missing)
    about = papers.About("case", str(case.pk))
    return papers.draft(doer, CODE, case.township, about, complete(values, case, ctx))


def revise_order(doer: Doer, case: Case, paper: Paper, values: Mapping[str, str]) -> Paper:
    """Write the draft anew; attempts are counted again."""
    return papers.revise(doer, paper, complete(values, case, context_of(doer, case)))


def context_of(doer: Doer, case: Case) -> Context:
    """Rules and calendar of the case today."""
    return Contexts(doer.today, doer.now, doer.origin).of(case)
