"""外地就读核实函 (T16): asks another school whether a child who is said to attend it does.

That parents say so is not enough for 转学（外地就读已核实） (domain 3.6, C02). The other school
is outside the county and has no account: its answer, 在读证明 or not, is entered as the letter's
reply (foundation/papers). The letter moves no stage.
"""

from collections.abc import Iterable

from cases.actions.context import Context
from cases.actions.letters.notices import letters_to
from cases.models import Case
from cases.papers.prefilled import class_name
from cases.papers.registry import CaseKind, case_of
from cases.papers.sent import BACK
from cases.policy import Level, Stage, is_away
from cases.verifying import CODE
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.days import full_day_words
from foundation.messaging.actions import post_letters
from foundation.messaging.models import Message
from foundation.papers.desks import (
    COUNTY_DRAFTS,
    COUNTY_SIGNS,
    SCHOOL_DRAFTS,
    SCHOOL_SIGNS,
    TOWNSHIP_DRAFTS,
    TOWNSHIP_SIGNS,
)
from foundation.papers.kinds import PaperKind
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import Move
from students.roster.certificates import attending

TITLE = "外地就读核实函"
_HEARD = "据家长反映，该生现在贵校就读。"


def _forbids(case: Case, ctx: Context) -> str:
    """While the child is away: whoever came back attends here."""
    return "" if is_away(Stage(case.stage)) else BACK.format(title=TITLE)


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    return attending.values_of(case.child, before=_before(case, ctx), heard=_HEARD, clerk=clerk)


def _issuers(case: Case) -> Iterable[Unit | None]:
    """The school and the county (domain 3.6, C02); the township of a child that has no school, and
    once the case has come to it."""
    is_early = case.school is not None and case.stage in (Stage.D1, Stage.D2, Stage.D3)
    return (case.school, None if is_early else case.township, case.county)


def _before(case: Case, ctx: Context) -> str:
    """Where the child was a pupil, and since when it is away; a child on no roll was at none."""
    since = full_day_words(case.away_from)
    if case.school is None:
        return f"系{case.township}适龄儿童少年，自{since}起未在本县学校就读"
    return f"原在{case.school}{class_name(case, ctx)}就读，自{since}起未到校上课"


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """Another school that does not have the child, or is not the one, is told to who works on the
    case: nobody has to come upon it by chance."""
    if move.move not in (Move.REPLY, Move.MEND_REPLY):
        return
    reply = paper.replies.select_related("paper").first()
    if reply is None or reply.said.is_yes:
        return
    case = case_of(paper)
    letters = [
        one
        for level in (Level.SCHOOL, Level.TOWNSHIP, Level.COUNTY)
        for one in letters_to(
            case,
            level,
            key=f"reply:{move.uuid}:{level}",
            title=f"{TITLE}的回函：{reply.said.label}",
            body=f"案号 {case.number}，{paper.number}。学生没有在收函学校就读，请继续查找和劝返。",
            occurred_on=doer.today,
            today=doer.today,
            level_of_urgency=Message.WARN,
        )
    ]
    post_letters(letters, doer.today)


VERIFICATION = CaseKind(
    PaperKind(
        code=CODE,
        title=TITLE,
        series="核",
        fields=attending.FIELDS,
        words=attending.WORDS,
        drafters=SCHOOL_DRAFTS | TOWNSHIP_DRAFTS | COUNTY_DRAFTS,
        signers=SCHOOL_SIGNS | TOWNSHIP_SIGNS | COUNTY_SIGNS,
        stub=attending.STUB,
        source="茂政发〔2023〕6号 五(三)；销号结果“转学（外地就读已核实）”的依据",
        on_void="收函学校没有账号，请另行告知对方不用再办。",
        follows=_follows,
        answers=attending.ANSWERS,
        slip=attending.slip_of,
    ),
    issuers=_issuers,
    values=_values,
    forbids=_forbids,
)
