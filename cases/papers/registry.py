"""The kinds of papers drafted from a case; each is registered here, and so with the engine.

A kind is one definition: the engine's (text, fields, who drafts and signs), who issues it, when it
may be written, and what the case already knows for it. The case page offers what the viewer may
write now; a kind behind a county's parameter says in ``forbids`` that it is off.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases.actions.context import Context, Contexts, lock
from cases.models import Case
from cases.orders import ABOUT
from cases.papers.order_words import GUARDIAN, RELATION
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.viewer import Viewer
from foundation.papers.acts.common import drafting_post
from foundation.papers.kinds import PaperKind, register
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import UNSIGNED, Move, PaperState
from foundation.prepared import prepared

_OTHER_UNIT = "这类文书不由您的单位制作。"


def _no_page(case: Case) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of paper about a case.

    ``issuers(case)`` are the units that may issue it; where the doer holds drafting posts at
    several, the first counts. ``values(case, ctx, drafter)`` is what the case knows of the fields
    today. ``forbids(case, ctx)`` says in Chinese why none may be drafted, sent or signed now; ""
    where one may. ``page(case)`` is a page of its own for the draft; without one a click drafts it.
    ``is_shared``: all issuers together have one in hand at a time, not one each.
    ``drawn`` names the values that are tables of the case: a draft is sent only while the case
    still says the same. ``tells_address``: the home's address stands on it, so that drafting it is
    on record as reading the address is. ``tells_number``: the child's ID number stands on it whole,
    as its form asks (B09, B10), so that drafting it is on record as reading the number is.
    """

    kind: PaperKind
    issuers: Callable[[Case], Iterable[Unit | None]]
    values: Callable[[Case, Context, str], dict[str, Any]]
    forbids: Callable[[Case, Context], str]
    page: Callable[[Case], str] = _no_page
    is_shared: bool = False
    drawn: tuple[str, ...] = ()
    tells_address: bool = False
    tells_number: bool = False

    @property
    def code(self) -> str:
        """Its code with the engine."""
        return self.kind.code

    def issuer_for(self, viewer: Viewer, case: Case) -> Unit | None:
        """The unit for which the viewer drafts it; None where he drafts none."""
        known = (unit for unit in self.issuers(case) if unit is not None)
        return next((unit for unit in known if self._drafts(viewer, unit)), None)

    def is_same(self, paper: Paper, unit: Unit | None) -> bool:
        """Whether the paper stands where the unit would draft one."""
        own = self.is_shared or (unit is not None and paper.unit_id == unit.pk)
        return paper.kind == self.code and own

    def _drafts(self, viewer: Viewer, unit: Unit) -> bool:
        return drafting_post(viewer, Paper(unit_id=unit.pk, kind=self.code)) is not None


CASE_KINDS: dict[str, CaseKind] = {}


def add(one: CaseKind) -> None:
    """Make a kind known here and to the engine, with what all papers about a case share."""
    follows = one.kind.follows

    def also_begin(doer: Doer, paper: Paper, move: PaperMove) -> None:
        if move.move == Move.DRAFT:
            _begin(doer, paper)
        follows(doer, paper, move)

    kind = replace(
        one.kind,
        allows=_allows,
        follows=also_begin,
        children=children_of,
        subjects=names_of,
        receivers=guardians_of,
        url=case_page_of,
        completes=_complete,
    )
    CASE_KINDS[kind.code] = replace(one, kind=register(kind))


def offered(doer: Doer, case: Case) -> Iterator[CaseKind]:
    """The kinds that the doer may draft for the case now; what an act would refuse is left out."""
    ctx = context_of(doer, case)
    mine = [one for one in CASE_KINDS.values() if one.issuer_for(doer.viewer, case)]
    begun = [one for one in _of_now(case) if _is_under_way(one)] if mine else []
    for one in mine:
        unit = one.issuer_for(doer.viewer, case)
        busy = any(one.is_same(paper, unit) for paper in begun)
        if unit and not busy and not one.forbids(case, ctx):
            yield one


def under_way(case: Case, kind: str, unit: Unit, besides: Paper | None = None) -> Paper | None:
    """The paper of the kind that the unit has begun and not finished, of this absence; of a shared
    kind, that any unit has."""
    own = (one for one in _of_now(case) if CASE_KINDS[kind].is_same(one, unit))
    return next((one for one in own if _is_under_way(one) and one != besides), None)


def _is_under_way(paper: Paper) -> bool:
    """Not signed yet; or signed, to be served, and not served yet."""
    served = paper.state == PaperState.SIGNED and paper.definition.is_served
    return served or paper.state in UNSIGNED


def _of_now(case: Case) -> list[Paper]:
    rows = Paper.objects.about(ABOUT, case.pk).filter(drafted_on__gte=case.taken_up_on)
    return list(rows.defer("told_sealed", "text_sealed"))


def _complete(paper: Paper, values: dict[str, Any]) -> dict[str, Any]:
    """How the guardian is related follows from which of them was chosen."""
    if RELATION not in {one.name for one in paper.definition.fields}:
        return values
    guardians = case_of(paper).child.guardians.filter(name=values.get(GUARDIAN, ""))
    chosen = guardians.first()
    return {**values, RELATION: chosen.relation if chosen else ""}


def context_of(doer: Doer, case: Case) -> Context:
    """Rules and calendar of the case today."""
    return Contexts(doer.today, doer.now, doer.origin).of(case)


def _allows(doer: Doer, paper: Paper) -> str:
    """Asked when a paper is sent and when it is signed."""
    case = case_of(paper)
    if paper.drafted_on < case.taken_up_on:
        return f"这份{paper.title}是学生上一次缺勤时起草的，请撤销后重新起草。"
    one, ctx = CASE_KINDS[paper.kind], context_of(doer, case)
    return one.forbids(case, ctx) or _outdated(one, case, ctx, paper)


def _outdated(one: CaseKind, case: Case, ctx: Context, paper: Paper) -> str:
    """Why a draft does not tell what the case tells by now; what was sent stays as it was read."""
    if not one.drawn or paper.state == PaperState.WAITING:
        return ""
    told, known = paper.values, one.values(case, ctx, "")
    same = all(told.get(name) == known[name] for name in one.drawn)
    return "" if same else f"起草以后个案又有新的记录，请撤销这份{paper.title}后重新起草。"


def _begin(doer: Doer, paper: Paper) -> None:
    """One at a time, of a unit of the case, while it may be written. Raises Refused."""
    case = lock(int(paper.about_key))
    one = CASE_KINDS[paper.kind]
    if paper.unit_id not in {unit.pk for unit in one.issuers(case) if unit is not None}:
        raise Refused(_OTHER_UNIT)
    if words := one.forbids(case, context_of(doer, case)):
        raise Refused(words)
    other = under_way(case, paper.kind, paper.unit, besides=paper)
    if other is not None:
        whose = "" if other.unit_id == paper.unit_id else f"（{other.unit}）"
        raise Refused(f"这件个案已经有一份{paper.title}{whose}在办，请先办完、撤销或者作废那一份。")


def case_of(paper: Paper) -> Case:
    """The case that the paper is about."""
    found: Case
    (found,) = _case(pk=int(paper.about_key))
    return found


@prepared
def _case(*, pk: Any) -> QuerySet[Case]:
    return Case.objects.select_related("child", "township").filter(pk=pk)


def children_of(papers: Sequence[Paper]) -> Iterable[int]:
    """The children of several papers of a kind, for the audit."""
    keys = [int(one.about_key) for one in papers]
    return Case.objects.filter(pk__in=keys).values_list("child_id", flat=True)


def names_of(papers: Sequence[Paper]) -> dict[int, str]:
    """The child of each paper, by the paper's key; the ledger masks the name where it must."""
    keys = {int(one.about_key) for one in papers}
    known = dict(Case.objects.filter(pk__in=keys).values_list("pk", "child__name"))
    return {one.pk: str(known.get(int(one.about_key), "")) for one in papers}


def guardians_of(paper: Paper) -> Iterable[str]:
    """Who may sign for a paper that is served."""
    return case_of(paper).child.guardians.values_list("name", flat=True)


def case_page_of(paper: Paper) -> str:
    """The page of the case."""
    return reverse("case", args=[case_of(paper).number])
