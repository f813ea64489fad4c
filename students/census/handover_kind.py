"""六年级学生名册交接单 as a kind of the engine (R27, T14).

The primary school drafts and signs it; the junior high signs for it as for every letter (收文), and
that is the acceptance of the roster: one press is both.
"""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right
from foundation.papers.desks import SCHOOL_DRAFTS, SCHOOL_SIGNS
from foundation.papers.kinds import PaperKind, register
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.merging import PaperWords
from foundation.papers.rules.states import Move
from students.census.actions.handover_moves import accepted, refused, signed, voided
from students.census.models import Handover
from students.census.roster_sheet import CHILDREN, CODE, FIELDS, LIST, tables_of, values_of

_CHANGED = "送签以后名册改过，请退回，由学校核对后重新送签。"
_FINAL = (
    "签收后学生已经列入本校七年级新生名单，不能撤回签收。"
    "个别学生不来本校的，请在新生名单里打开这名学生，登记不需报到的情形。"
)


def handover_of(paper: Paper) -> Handover:
    """The roster that the paper hands over."""
    rows = Handover.objects.select_related("from_school__unit", "to_school__unit")
    found: Handover = rows.get(pk=int(paper.about_key))
    return found


def _allows(doer: Doer, paper: Paper) -> str:
    """The paper tells what the roster tells by now."""
    handover = handover_of(paper)
    if handover.state != Handover.DRAFT:
        return f"这份交接单{handover.state_label}，不能再办理此事项。"
    return "" if values_of(handover)[LIST] == paper.values.get(LIST) else _CHANGED


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """The roster goes the way of its paper. Raises Refused."""
    if move.move == Move.DRAFT:
        if paper.unit_id != handover_of(paper).from_school_id:
            raise Refused("交接单由移交的小学编制、送签。")
        return
    follow = _FOLLOWS.get(Move(move.move))
    if follow is not None:
        follow(doer, handover_of(paper), move.reason)


_FOLLOWS = {
    Move.SIGN: signed,
    Move.RECEIVE: accepted,
    Move.REFUSE: refused,
    Move.VOID: voided,
}


def _addressees(paper: Paper) -> Iterable[Unit]:
    return [handover_of(paper).to_school.unit]


def _children(papers: Sequence[Paper]) -> Iterable[int]:
    return {key for paper in papers for key in paper.values.get(CHILDREN, ())}


HANDOVER = register(
    PaperKind(
        code=CODE,
        title="六年级学生名册交接单",
        series="交接",
        fields=FIELDS,
        words=PaperWords(
            title="{入学年度}年六年级学生名册交接单",
            addressee="{接收学校}",
            body=(
                "现将{移交学校}{入学年度}年六年级毕业学生名册移交贵校，共{总人数}人，"
                "其中男{男生人数}人、女{女生人数}人；{各班人数}。{特殊情况}\n"
                "请核对后签收。学生到贵校报到以前，仍由{移交学校}负责动员。"
            ),
        ),
        drafters=SCHOOL_DRAFTS,
        signers=SCHOOL_SIGNS,
        source="茂政发〔2023〕6号 五(三)1",
        on_void="名册退回待编制，需要时重新编制交接单。",
        allows=_allows,
        follows=_follows,
        children=_children,
        url=lambda paper: reverse("census:handover", args=[int(paper.about_key)]),
        about_right=Right.SIGN_HANDOVER,
        tables=tables_of,
        addressees=_addressees,
        landscape=True,
        begins_at="census:handovers",
        may_be_refused=True,
        final_receipt=_FINAL,
    )
)
