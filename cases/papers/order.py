"""限期复学通知书 (T03) with its 送达回证 (T04): who drafts and signs it, what must be true before,
and what follows for the case. The paper is locked first, then the case."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from cases.actions.context import Contexts, lock
from cases.acts.ladder.serve_order import shortfall
from cases.models import Case
from cases.orders import CODE, under_way
from cases.papers.order_words import CHILD, FIELDS, GUARDIAN, WORDS
from cases.papers.served import correct, serve, void
from cases.policy import Act, NotAllowed, Stage, after
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.papers.kinds import PaperKind, register
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import Move

_TWO = "这件个案已经有一份限期复学通知书在办，请先办完、撤销或者作废那一份。"
_ON_SERVICE = {Move.SERVE: serve, Move.CORRECT: correct, Move.VOID: void}


def case_of(paper: Paper) -> Case:
    """The case that the paper is about."""
    found: Case = Case.objects.select_related("child", "township").get(pk=int(paper.about_key))
    return found


def _allows(doer: Doer, paper: Paper) -> str:
    """P7, on a rung where an order is served; asked when it is sent and when it is signed."""
    case = case_of(paper)
    if words := _rung_forbids(case):
        return words
    if paper.drafted_on < case.taken_up_on:
        return "这份通知书是学生上一次缺勤时起草的，请撤销后重新起草。"
    ctx = Contexts(doer.today, doer.now, doer.origin).of(case)
    return shortfall(case, doer.today, ctx.rules)


def _rung_forbids(case: Case) -> str:
    try:
        after(Stage(case.stage), Act.SERVE_ORDER)
    except NotAllowed as error:
        return str(error).replace("登记限期复学通知书送达", "下达限期复学通知书")
    return ""


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """What a move of the paper does to the case, in the same transaction. Raises Refused."""
    if move.move == Move.DRAFT:
        _begin(doer, paper)
    elif move.move in _ON_SERVICE:
        case = lock(int(paper.about_key))
        try:
            _ON_SERVICE[Move(move.move)](doer, case, paper, move)
        except NotAllowed as error:
            raise Refused(str(error)) from error


def _begin(doer: Doer, paper: Paper) -> None:
    """One order at a time, of the township of the case, on a rung that knows it."""
    case = lock(int(paper.about_key))
    if paper.unit_id != case.township_id:
        raise Refused("通知书由个案所在的乡镇人民政府下达。")
    if words := _rung_forbids(case):
        raise Refused(words)
    if under_way(case, besides=paper) is not None:
        raise Refused(_TWO)


def _children(papers: Sequence[Paper]) -> Iterable[int]:
    keys = [int(one.about_key) for one in papers]
    return Case.objects.filter(pk__in=keys).values_list("child_id", flat=True)


def _service_page(paper: Paper) -> str:
    """The case's own form: it offers the guardians and wants the receipt's photo."""
    number = case_of(paper).number
    if paper.services.exists():
        return reverse("correct_order", args=[number, paper.pk])
    return reverse("serve_order", args=[number])


def _guardians(paper: Paper) -> Iterable[str]:
    return case_of(paper).child.guardians.values_list("name", flat=True)


ORDER = register(
    PaperKind(
        code=CODE,
        title="限期复学通知书",
        series="教限",
        fields=FIELDS,
        words=WORDS,
        drafters=frozenset({"township_officer", "township_leader"}),
        signers=frozenset({"township_leader"}),
        recipient=GUARDIAN,
        stub=(GUARDIAN, CHILD, "学校", "年级班级", "劝返次数", "限期天数"),
        source="义务教育法第五十八条；茂政发〔2023〕6号 五(三)2",
        allows=_allows,
        follows=_follows,
        children=_children,
        receivers=_guardians,
        service_page=_service_page,
        url=lambda paper: reverse("case", args=[case_of(paper).number]),
    )
)
