"""协助劝返请求函 (F03): the school's letter to the village, which signs for it on its phone (R5).

The act 「请村（居）委会协助」 writes and sends it: one move for the school. The village's time
begins with the act (P5), and does not wait for the signature: the ordinance counts the three days
from the persuasion and gives the letter no day of its own, and a head who is away must cost the
child no day. The village works on the case at once; number and receipt come with the signature.
"""

from collections.abc import Iterable

from cases.actions.context import Context
from cases.actions.moves import unit_id_of
from cases.models import Case
from cases.papers.registry import CaseKind, case_of
from cases.papers.sent import (
    ABOUT_CHILD,
    about_child,
    follow_receipts,
    forbids_when_back,
    in_force,
    last_said,
    link,
)
from cases.policy import Act, Level
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.papers.desks import SCHOOL_DRAFTS, SCHOOL_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.merging import MergeField, PaperWords
from foundation.papers.rules.states import Move

CODE, TITLE = "asking", "协助劝返请求函"
TO, WISH = "收文单位", "请求事项"
_NOT_ASKED = "请先在个案里办理“请村（居）委会协助”，函件随之写好、送签。"
_SENT = "这次缺勤的协助劝返请求函已经签发。写错了的，请校长作废后重写。"
_WISH = "请协助入户劝返，了解原因和去向，并反馈结果。"

WORDS = PaperWords(
    title=TITLE,
    addressee="{收文单位}",
    body=(
        "我校学生{学生信息}，自{离校日期}起无故未到校上课。家长：{家长姓名}；"
        "家庭住址：{家庭住址}。\n"
        "我校已劝返：\n"
        "{动员返校情况}\n"
        "{学生姓名}至今没有返校。{请求事项}\n"
        "联系人：{联系人}"
    ),
)


def _forbids(case: Case, ctx: Context) -> str:
    if words := forbids_when_back(case, TITLE):
        return words
    if in_force(case, CODE):
        return _SENT
    asked = case.dispatches.filter(kind=Act.ASK_VILLAGE, sent_on__gte=case.away_from)
    return "" if asked.exists() else _NOT_ASKED


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    return {
        **about_child(case, ctx),
        TO: addressee_of(case).name,
        WISH: last_said(case, Act.ASK_VILLAGE).get("content", _WISH),
        "联系人": clerk,
    }


def addressee_of(case: Case) -> Unit:
    """The village of the case; without one the township stands in for it."""
    found: Unit = Unit.objects.get(pk=unit_id_of(case, Level.VILLAGE))
    return found


def _addressees(paper: Paper) -> Iterable[Unit]:
    return [addressee_of(case_of(paper))]


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    if move.move == Move.DRAFT:
        link(case_of(paper), Act.ASK_VILLAGE, paper)
    follow_receipts(doer, paper, move)


ASKING = CaseKind(
    PaperKind(
        code=CODE,
        title=TITLE,
        series="协",
        fields=(
            MergeField(TO, "东村村民委员会", required=True),
            *ABOUT_CHILD,
            MergeField(WISH, _WISH, required=True, typed=True, long=True),
            MergeField("联系人", "王某某", typed=True),
        ),
        words=WORDS,
        drafters=SCHOOL_DRAFTS,
        signers=SCHOOL_SIGNS,
        source="茂政发〔2023〕6号 五(三)2",
        follows=_follows,
        addressees=_addressees,
    ),
    issuers=lambda case: (case.school,),
    values=_values,
    forbids=_forbids,
)
