"""限期复学通知书 (T03) with its 送达回证 (T04): who drafts and signs it, what must be true before,
and what follows for the case. The paper is locked first, then the case."""

from django.urls import reverse

from cases.actions.context import Context, lock
from cases.acts.ladder.serve_order import shortfall
from cases.models import Case
from cases.orders import CODE
from cases.papers.order_words import CHILD, FIELDS, GUARDIAN, WORDS
from cases.papers.prefilled import complete, values_of
from cases.papers.registry import CaseKind, case_of
from cases.papers.served import correct, serve, void
from cases.policy import Act, NotAllowed, Stage, after
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.papers.desks import COUNTY_DRAFTS, COUNTY_SIGNS, TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import Move

_ON_SERVICE = {Move.SERVE: serve, Move.CORRECT: correct, Move.VOID: void}


def _forbids(case: Case, ctx: Context) -> str:
    """P7, on a rung where an order is served."""
    return _rung_forbids(case) or shortfall(case, ctx.today, ctx.rules)


def _rung_forbids(case: Case) -> str:
    try:
        after(Stage(case.stage), Act.SERVE_ORDER)
    except NotAllowed as error:
        return str(error).replace("登记限期复学通知书送达", "下达限期复学通知书")
    return ""


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """What a move of the paper does to the case, in the same transaction. Raises Refused."""
    if move.move in _ON_SERVICE:
        case = lock(int(paper.about_key))
        try:
            _ON_SERVICE[Move(move.move)](doer, case, paper, move)
        except NotAllowed as error:
            raise Refused(str(error)) from error


def _service_page(paper: Paper) -> str:
    """The case's own form: it offers the guardians and wants the receipt's photo."""
    number = case_of(paper).number
    if paper.services.exists():
        return reverse("correct_order", args=[number, paper.pk])
    return reverse("serve_order", args=[number])


def _page(case: Case) -> str:
    """The order is drafted on a page of its own: it tells the attempts and asks for the phone."""
    return reverse("case_order", args=[case.number])


ORDER = CaseKind(
    PaperKind(
        code=CODE,
        title="限期复学通知书",
        series="教限",
        fields=FIELDS,
        words=WORDS,
        drafters=TOWNSHIP_DRAFTS | COUNTY_DRAFTS,
        signers=TOWNSHIP_SIGNS | COUNTY_SIGNS,
        recipient=GUARDIAN,
        stub=(GUARDIAN, CHILD, "学校", "年级班级", "劝返次数", "限期天数"),
        source="义务教育法第五十八条；茂政发〔2023〕6号 五(三)2",
        on_void="已登记送达的，个案退回送达以前的阶段，限期不再计算。",
        follows=_follows,
        service_page=_service_page,
    ),
    issuers=lambda case: (case.township, case.county),
    values=lambda case, ctx, clerk: complete(values_of(case, ctx, clerk), case, ctx),
    forbids=_forbids,
    page=_page,
    is_shared=True,
)
