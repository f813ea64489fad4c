"""辍学情况书面报告 (F04, 双报告): one paper to township, 镇教管办 and county bureau (R6, R9, R11).

The head signs it; each of the three signs for it. It is due when the child becomes 疑似辍学 (P11),
or when the case comes to the township, whichever is first. Before that it moves no stage. What the
school reports to the township afterwards goes as a supplement under the same number: the report
itself is frozen with its signature.
"""

from collections.abc import Iterable
from dataclasses import replace

from cases.actions.context import Context, Contexts
from cases.actions.moves import add_deadline, unit_id_of
from cases.models import Case, CaseEvent, Deadline
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
from cases.policy import DUTIES, Act, Level
from cases.rules.codes import cause_label
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.papers.desks import SCHOOL_DRAFTS, SCHOOL_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.merging import MergeField, PaperWords
from foundation.papers.rules.states import Move

CODE, TITLE = "report", "辍学情况书面报告"
MORE, MORE_TITLE = "report_more", "辍学情况补充报告"
DUTY = "dual_report"
PHONE, CAUSE, MEASURES, NEWS, MAIN = (
    "家长联系电话",
    "辍学原因",
    "拟采取措施",
    "补充情况",
    "原报告文号",
)
_LEVELS = (Level.TOWNSHIP, Level.OFFICE, Level.COUNTY)
_SENT = "这次缺勤的书面报告已经签发。写错了的，请校长作废后重写；转到乡镇时另写补充报告。"
_NO_MAIN = "还没有签发书面报告，请先写书面报告。"
_NOT_REPORTED = "请先在个案里办理“书面报告乡镇”，补充报告随之写好、送签。"
_UNKNOWN, _MEASURES = "不详", "继续家访劝返，请乡镇、村（居）委会协助劝返。"

_FIELDS = (
    *ABOUT_CHILD,
    MergeField(PHONE, "138××××××××", required=True, typed=True),
    MergeField(CAUSE, "厌学", required=True, typed=True),
    MergeField(MEASURES, _MEASURES, required=True, typed=True, long=True),
)
WORDS = PaperWords(
    title=TITLE,
    addressee="{收文单位}",
    body=(
        "现将我校学生辍学情况报告如下。\n"
        "一、学生信息\n"
        "{学生信息}，自{离校日期}起无故未到校上课。\n"
        "二、家长和住址\n"
        "家长：{家长姓名}；联系电话：{家长联系电话}；家庭住址：{家庭住址}。\n"
        "三、辍学原因\n"
        "{辍学原因}。\n"
        "四、动员返校情况\n"
        "{动员返校情况}\n"
        "五、拟采取措施\n"
        "{拟采取措施}"
    ),
)
MORE_WORDS = PaperWords(
    title=MORE_TITLE,
    addressee="{收文单位}",
    body=(
        "我校{原报告文号}报告的学生{学生姓名}至今没有返校，现补充报告如下。学生信息：{学生信息}。\n"
        "一、动员返校情况\n"
        "{动员返校情况}\n"
        "二、补充情况\n"
        "{补充情况}\n"
        "三、辍学原因\n"
        "{辍学原因}。家长：{家长姓名}；联系电话：{家长联系电话}；家庭住址：{家庭住址}。\n"
        "四、拟采取措施\n"
        "{拟采取措施}"
    ),
)


def _forbids(case: Case, ctx: Context) -> str:
    return forbids_when_back(case, TITLE) or (_SENT if in_force(case, CODE) else "")


def _forbids_more(case: Case, ctx: Context) -> str:
    if words := forbids_when_back(case, MORE_TITLE):
        return words
    if in_force(case, CODE) is None:
        return _NO_MAIN
    reported = case.dispatches.filter(kind=Act.REPORT_TOWNSHIP, sent_on__gte=case.away_from)
    return "" if reported.filter(received_on=None).exists() else _NOT_REPORTED


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    guardian = case.child.legal_guardian
    said = last_said(case, Act.REPORT_TOWNSHIP)
    return {
        **about_child(case, ctx),
        "收文单位": "、".join(unit.name for unit in _units(case)),
        PHONE: (guardian.phone if guardian else "") or _UNKNOWN,
        # What only county and head may see reads 其他 on a paper that leaves the school (6.10).
        CAUSE: cause_label(case.cause, False) or "正在核实",
        MEASURES: said.get("next_step") or _MEASURES,
    }


def _more_values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    main = in_force(case, CODE)
    said = last_said(case, Act.REPORT_TOWNSHIP)
    return {
        **_values(case, ctx, clerk),
        MAIN: main.number if main else "",
        NEWS: said.get("content") or "学生仍未返校。",
    }


def _units(case: Case) -> list[Unit]:
    """Township, its office and the county; a township without an office gets one copy."""
    keys = list(dict.fromkeys(unit_id_of(case, level) for level in _LEVELS))
    known = Unit.objects.in_bulk(keys)
    return [known[key] for key in keys]


def _addressees(paper: Paper) -> Iterable[Unit]:
    return _units(case_of(paper))


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    if move.move == Move.DRAFT:
        link(case_of(paper), Act.REPORT_TOWNSHIP, paper)
    event = follow_receipts(doer, paper, move)
    if paper.kind != CODE:
        return
    if move.move == Move.SIGN and event is not None:
        _meet(paper, event)
    elif move.move == Move.VOID:
        _owe_again(doer, paper)


def _meet(paper: Paper, event: CaseEvent) -> None:
    """The report was sent: the duty is met on the day of the signature, late or not."""
    rows = Deadline.objects.unmet().filter(case=event.case_id, code=DUTY)
    rows.update(met_on=paper.signed_on, met_event=event)


def _owe_again(doer: Doer, paper: Paper) -> None:
    """A void report was none: it is owed again, due on the day it was."""
    case = case_of(paper)
    row = case.deadlines.filter(code=DUTY, met_on=paper.signed_on).order_by("-cycle").first()
    if row is not None and not forbids_when_back(case, TITLE):
        ctx = Contexts(doer.today, doer.now, doer.origin).of(case)
        add_deadline(case, DUTIES[DUTY][1], row.due, ctx)


def main_of(paper: Paper) -> Paper | None:
    """The report that a supplement goes under."""
    return in_force(case_of(paper), CODE)


_REPORT = PaperKind(
    code=CODE,
    title=TITLE,
    series="报",
    fields=(MergeField("收文单位", "东镇人民政府、东镇教管办、县教育局", required=True), *_FIELDS),
    words=WORDS,
    drafters=SCHOOL_DRAFTS,
    signers=SCHOOL_SIGNS,
    source="茂政发〔2023〕6号 五(三)2",
    follows=_follows,
    addressees=_addressees,
)
REPORT = CaseKind(_REPORT, lambda case: (case.school,), _values, _forbids)
REPORT_MORE = CaseKind(
    replace(
        _REPORT,
        code=MORE,
        title=MORE_TITLE,
        words=MORE_WORDS,
        fields=(
            *_REPORT.fields,
            MergeField(MAIN, "东镇中学报〔2026〕1号", required=True),
            MergeField(NEWS, "村里入户两次，没有见到人。", required=True, typed=True, long=True),
        ),
        supplement_to=main_of,
    ),
    lambda case: (case.school,),
    _more_values,
    _forbids_more,
)
