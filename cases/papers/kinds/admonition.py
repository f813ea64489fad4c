"""批评教育（训诫）记录 (T08): the township admonishes the guardian (义务教育法第五十八条).

It is no penalty (N10) and moves no stage. What was said is typed by who drafts it.
"""

from collections.abc import Mapping
from typing import Any

from cases.actions.context import Context
from cases.models import Case
from cases.papers.order_words import CHILD, GUARDIAN, SCHOOL
from cases.papers.prefilled import letter_values
from cases.papers.registry import CaseKind
from cases.policy import Stage, is_away
from foundation.days import full_day_words
from foundation.papers.desks import TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.printing.sheets import Block
from foundation.papers.printing.tables import signature_table
from foundation.papers.rules.merging import DAY as A_DAY
from foundation.papers.rules.merging import RECEIVER, MergeField, PaperWords

CODE = "admonition"
DAY, PLACE, WHO, SAID, ANSWER = "训诫日期", "训诫地点", "训诫人员", "训诫内容", "监护人陈述"
_EARLY = "个案还没有上报乡镇，由学校和村（居）委会先劝返。"
_BACK = "学生已经返校或者个案已经销号，不用再训诫。"
_BEFORE_TOWNSHIP = (Stage.D1, Stage.D2, Stage.D3)
FIELDS = (
    MergeField(DAY, "2026年9月28日", required=True, typed=True, holds=A_DAY),
    MergeField(PLACE, "东镇人民政府", required=True, typed=True),
    MergeField(WHO, "李某某、赵某某", required=True, typed=True),
    MergeField(GUARDIAN, "张某某", required=True, typed=True, holds=RECEIVER),
    MergeField("子女", "子"),
    MergeField(CHILD, "张小某", required=True),
    MergeField(SCHOOL, "东镇中学"),
    MergeField("年级班级", "八年级2班"),
    MergeField("离校日期", "2026年9月10日"),
    MergeField(SAID, "讲明父母的法定义务……", required=True, typed=True, long=True),
    MergeField(ANSWER, "知道错了，三日内送孩子返校。", required=True, typed=True, long=True),
)
WORDS = PaperWords(
    title="批评教育（训诫）记录",
    body=(
        "时间：{训诫日期}\n"
        "地点：{训诫地点}\n"
        "训诫人员：{训诫人员}\n"
        "被训诫人：{监护人姓名}，系{学生姓名}的监护人\n"
        "{学生姓名}系{学校}{年级班级}学生，自{离校日期}起没有正当理由未到校接受义务教育。"
        "依据《中华人民共和国义务教育法》第五十八条，对其监护人给予批评教育。\n"
        "一、批评教育的内容\n"
        "{训诫内容}\n"
        "二、监护人的陈述\n"
        "{监护人陈述}"
    ),
)


def _forbids(case: Case, ctx: Context) -> str:
    """At the township, while the child is away."""
    if case.stage in _BEFORE_TOWNSHIP:
        return _EARLY
    return "" if is_away(Stage(case.stage)) else _BACK


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    known = letter_values(case, ctx, clerk)
    told = {one.name: known.get(one.name, "") for one in FIELDS}
    return {**told, DAY: full_day_words(ctx.today), WHO: clerk, PLACE: case.township.name}


def _tables(values: Mapping[str, Any]) -> tuple[Block, ...]:
    return (signature_table(("监护人（以上记录看过，无误）", "训诫人员", "记录人")),)


ADMONITION = CaseKind(
    PaperKind(
        code=CODE,
        title="批评教育（训诫）记录",
        series="训",
        fields=FIELDS,
        words=WORDS,
        drafters=TOWNSHIP_DRAFTS,
        signers=TOWNSHIP_SIGNS,
        source="义务教育法第五十八条",
        tables=_tables,
        by_hand=True,  # the guardian signs the record (T08)
    ),
    issuers=lambda case: (case.township,),
    values=_values,
    forbids=_forbids,
)
