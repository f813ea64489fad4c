"""销号审批表 (T10): what the case was, how it ended, on what evidence, and the three opinions.

It is drawn from the closure that the county approved (domain 3.6): school, township and county have
given their opinions in the case, so that nothing is asked twice. The county signs.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cases.actions.context import Context
from cases.acts.ladder.serve_order import talks
from cases.models import Case, CaseEvent, Closure
from cases.papers.index import materials_of
from cases.papers.order_words import CHILD, GUARDIAN, SCHOOL
from cases.papers.prefilled import letter_values
from cases.papers.registry import CaseKind
from cases.papers.tables import facts_table, section
from cases.rules.codes import cause_label, outcome_label
from foundation.days import full_day_words
from foundation.papers.desks import COUNTY_DRAFTS, COUNTY_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.printing.sheets import Block, Paragraph, Style
from foundation.papers.printing.tables import record_table
from foundation.papers.rules.merging import MergeField, PaperWords

CODE = "closing_sheet"
OUTCOME, CAUSE, TALKS, SUMMARY, NOTE = "销号结果", "辍学原因", "劝返情况", "个案经过", "佐证材料"
EVIDENCE, OPINIONS = "材料清单", "三级意见"
_NONE = "县教育局还没有核准销号；核准以后才能制作销号审批表。"
_FACTS = (
    "案号", CHILD, "性别", "出生年月", SCHOOL, "年级班级", GUARDIAN, "离校日期",
    "立案日期", CAUSE, OUTCOME, "销号日期",
)  # fmt: skip
_REQUIRED = frozenset({"案号", CHILD, OUTCOME, "销号日期"})
_EXAMPLES = {"案号": "530999-2026-00001", CHILD: "张小某", OUTCOME: "劝返复学"}
FIELDS = (
    *(MergeField(name, _EXAMPLES.get(name, "……"), name in _REQUIRED) for name in _FACTS),
    MergeField(SUMMARY, "……"),
    MergeField(NOTE, "……"),
)
WORDS = PaperWords(
    title="辍学学生销号审批表",
    body="{学生姓名}（案号{案号}）的个案于{销号日期}按“{销号结果}”销号，审批情况如下。",
)


def _approved(case: Case) -> Closure | None:
    rows = case.closures.filter(approved=True, requested__occurred_on__gte=case.away_from)
    people = ("requested", "confirmed", "decided")
    joined = [f"{one}__{what}" for one in people for what in ("unit", "person")]
    found: Closure | None = rows.select_related(*joined).first()
    return found


def _forbids(case: Case, ctx: Context) -> str:
    return "" if not case.is_open and _approved(case) else _NONE


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    closure = _approved(case)
    assert closure is not None
    known = letter_values(case, ctx, clerk)
    told = {
        **{name: known.get(name, "") for name in _FACTS},
        "案号": case.number,
        "性别": case.child.sex_label,
        "立案日期": full_day_words(case.opened_on),
        CAUSE: cause_label(case.cause, sensitive=False),
        OUTCOME: outcome_label(closure.outcome, sensitive=False),
        "销号日期": full_day_words(case.closed_on) if case.closed_on else "",
    }
    return {
        **told,
        SUMMARY: "\n".join(_summary(case, ctx)),
        NOTE: closure.evidence_note,
        EVIDENCE: _evidence(case),
        OPINIONS: [_opinion(*one) for one in _answers(closure)],
    }


def _summary(case: Case, ctx: Context) -> Iterator[str]:
    tried, in_person = talks(case, ctx.today)
    yield f"首次无故缺勤{full_day_words(case.away_from)}，劝返{tried}天次，其中当面{in_person}次。"
    if case.village_asked_on:
        yield f"{full_day_words(case.village_asked_on)}请村（居）委会协助劝返。"
    for order in case.orders.filter(ended_on=None, served_on__gte=case.away_from):
        yield f"{full_day_words(order.served_on)}送达限期复学通知书{order.paper_no}。"
    if case.returned_on:
        yield f"{full_day_words(case.returned_on)}返校。"


def _evidence(case: Case) -> list[list[str]]:
    """The file of the case, without what was done with the closure itself."""
    return [
        [str(number), one.title, one.number, full_day_words(one.day)]
        for number, one in enumerate(materials_of(case, with_end=False), 1)
    ]


def _answers(closure: Closure) -> Iterator[tuple[str, CaseEvent | None, str]]:
    asked = f"申请按“{outcome_label(closure.outcome, sensitive=False)}”销号。"
    yield "学校", closure.requested, asked
    yield "乡镇人民政府", closure.confirmed, ""
    yield "县教育局", closure.decided, ""


def _opinion(level: str, event: CaseEvent | None, words: str) -> list[str]:
    if event is None:
        return [level, "未到村级的个案，不需要本级意见。", "", ""]
    told = words or str(event.said.get("opinion") or event.text)
    person = event.person.name if event.person else ""
    return [str(event.unit or level), told, person, full_day_words(event.occurred_on)]


def _tables(values: Mapping[str, Any]) -> tuple[Block, ...]:
    heads, widths = ("序号", "材料名称", "文号", "日期"), (0.6, 2.6, 2.4, 1.8)
    told, shares = ("单位", "意见", "经办人", "日期"), (1.8, 3.6, 1.2, 1.6)
    return (
        Paragraph("一、基本情况", Style.HEADING),
        facts_table(_FACTS, values),
        *section("二、个案经过", str(values.get(SUMMARY, ""))),
        *section("三、佐证材料", str(values.get(NOTE, ""))),
        record_table(heads, values.get(EVIDENCE, ()), widths),
        Paragraph("四、三级意见", Style.HEADING),
        record_table(told, values.get(OPINIONS, ()), shares),
    )


CLOSING_SHEET = CaseKind(
    PaperKind(
        code=CODE,
        title="销号审批表",
        series="销",
        fields=FIELDS,
        words=WORDS,
        drafters=COUNTY_DRAFTS,
        signers=COUNTY_SIGNS,
        source="县级默认：县教育局核准",
        tables=_tables,
    ),
    issuers=lambda case: (case.county,),
    values=_values,
    forbids=_forbids,
    drawn=(EVIDENCE, OPINIONS),
)
