"""外地就读核实函 (T16): asks another school whether a child who is said to attend it does.

That parents say so is not enough for 转学（外地就读已核实） (domain 3.6, C02). The other school
is outside the county and has no account: its answer, 在读证明 or not, is entered as the letter's
reply (foundation/papers). The letter moves no stage.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.actions.context import Context
from cases.actions.letters.notices import letters_to
from cases.models import Case
from cases.papers.order_words import CHILD, PHONE
from cases.papers.prefilled import class_name
from cases.papers.registry import CaseKind, case_of
from cases.papers.sent import BACK, INFO, guardian_words, person_words
from cases.policy import Level, Stage, is_away
from cases.verifying import ANSWERS, CODE
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
from foundation.papers.printing.sheets import Block, PaperTable, Paragraph, Style
from foundation.papers.printing.tables import BLANK_DAY
from foundation.papers.rules.merging import PHONE as A_PHONE
from foundation.papers.rules.merging import MergeField, PaperWords
from foundation.papers.rules.states import Move

TITLE = "外地就读核实函"
TO, PLACE, HEARD, BACK_TO = "收函学校", "收函学校地址", "了解到的情况", "回函地址"
BEFORE, PARENT = "原就读情况", "家长姓名"
_HEARD = "据家长反映，该生现在贵校就读。"

FIELDS = (
    MergeField(TO, "西城区实验小学", required=True, typed=True),
    MergeField(PLACE, "西城区文化路8号", typed=True),
    MergeField(CHILD, "张小某", required=True),
    MergeField(INFO, "张小某，男，2012年5月出生", required=True),
    MergeField(PARENT, "张某某（父亲）", required=True, typed=True),
    MergeField(BEFORE, "原在东镇中学八年级2班就读，自2026年9月10日起未到校上课", required=True),
    MergeField(HEARD, _HEARD, required=True, typed=True, long=True),
    MergeField("联系人", "王某某", required=True, typed=True),
    MergeField(PHONE, "0883-×××××××", required=True, typed=True, holds=A_PHONE),
    MergeField(BACK_TO, "东镇人民路1号，东镇中学", required=True, typed=True),
)
WORDS = PaperWords(
    title="关于请协助核实学生就读情况的函",
    addressee="{收函学校}",
    body=(
        "{学生信息}，家长：{家长姓名}，{原就读情况}。{了解到的情况}\n"
        "根据《中华人民共和国义务教育法》和控辍保学工作要求，学生在外地就读的，须由就读学校确认。"
        "请贵校核实该生是否在贵校就读，填写所附回函并加盖公章，或者出具在读证明，于收函后10个"
        "工作日内寄回。该生不在贵校就读或者查无此人的，也请函复。\n"
        "该生个人信息仅用于核实就读情况，请注意保密。感谢贵校支持。\n"
        "联系人：{联系人}　联系电话：{联系电话}\n"
        "回函地址：{回函地址}"
    ),
)


def _forbids(case: Case, ctx: Context) -> str:
    """While the child is away: whoever came back attends here."""
    return "" if is_away(Stage(case.stage)) else BACK.format(title=TITLE)


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    child = case.child
    return {
        TO: "",
        PLACE: "",
        CHILD: child.name,
        INFO: person_words(child),
        PARENT: guardian_words(child),
        BEFORE: _before(case, ctx),
        HEARD: _HEARD,
        "联系人": clerk,
        PHONE: "",
        BACK_TO: "",
    }


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


def _slip(texts: Mapping[str, Any]) -> tuple[Block, ...]:
    """What the other school fills in, seals and sends back."""
    boxes = "　".join(f"□{one.label}" for one in ANSWERS.values())
    rows = (
        ("来函文号", str(texts.get("文号", ""))),
        ("学生", str(texts.get(INFO, ""))),
        ("核实结果", boxes),
        ("年级班级、入学时间", ""),
        ("学籍是否在本校", "□是　□否　□正在办理"),
        ("经办人及联系电话", ""),
        ("说明", "\n"),
    )
    return (
        Paragraph("学生就读情况回函（在读证明）", Style.TITLE),
        PaperTable(rows, widths=(2.0, 3.6)),
        Paragraph("回函学校", Style.SIGNED),
        Paragraph(BLANK_DAY, Style.DATED),
    )


VERIFICATION = CaseKind(
    PaperKind(
        code=CODE,
        title=TITLE,
        series="核",
        fields=FIELDS,
        words=WORDS,
        drafters=SCHOOL_DRAFTS | TOWNSHIP_DRAFTS | COUNTY_DRAFTS,
        signers=SCHOOL_SIGNS | TOWNSHIP_SIGNS | COUNTY_SIGNS,
        stub=(TO, PLACE, CHILD, "联系人"),
        source="茂政发〔2023〕6号 五(三)；销号结果“转学（外地就读已核实）”的依据",
        on_void="收函学校没有账号，请另行告知对方不用再办。",
        follows=_follows,
        answers=ANSWERS,
        slip=_slip,
    ),
    issuers=_issuers,
    values=_values,
    forbids=_forbids,
)
