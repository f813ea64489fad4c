"""The papers behind the county's parameter P19: notice and decision of a penalty, reminder, and the
application to the court (T05 to T07, R16).

Nothing of them happens by itself, and nothing is filled in as a legal basis or an amount. The
county turns them on with a legal basis of its own (N10, Q9). There is no measure on social
insurance (R17) and none on licences (R18).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases.actions.context import Context
from cases.models import Case
from cases.orders import ABOUT
from cases.orders import CODE as ORDER_CODE
from cases.papers.index import HEADS, WIDTHS, materials_of, rows_of
from cases.papers.order_words import (
    CHILD,
    GUARDIAN,
    PHONE,
    REMEDIES,
    REVIEWED_BY,
    SCHOOL,
    SUED_AT,
)
from cases.papers.prefilled import letter_values
from cases.papers.registry import CaseKind
from cases.policy import Stage
from foundation.accounts.querysets import parameters_on
from foundation.days import full_day_words
from foundation.papers.desks import TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.models import Paper
from foundation.papers.printing.sheets import Block, Paragraph, Style
from foundation.papers.printing.tables import record_table
from foundation.papers.rules.merging import PHONE as A_PHONE
from foundation.papers.rules.merging import RECEIVER, MergeField, PaperWords

NOTICE, DECISION, REMINDER, APPLICATION = "penal_notice", "penal_decision", "reminder", "court"
BASIS, MEASURE, FACTS, COURT, CLAIM = "法律依据", "处罚内容", "违法事实", "受理法院", "申请事项"
ORDER_NO, ORDER_SERVED, DECISION_NO = "责令改正文号", "责令改正送达日期", "行政决定文号"
FILES = "案卷目录"
WAIT = timedelta(days=10)  # 催告书送达满十日 (T06)
_OFF = "本县没有开通行政处罚、催告和申请强制执行文书。"
_EARLY = "限期复学期满、转入乡镇会商以后才能办理。"
_STAGES = (Stage.D6, Stage.D7, Stage.D8)
_CHILD = (
    MergeField(GUARDIAN, "张某某", required=True, typed=True, holds=RECEIVER),
    MergeField("子女", "子"),
    MergeField(CHILD, "张小某", required=True),
    MergeField(SCHOOL, "东镇中学"),
    MergeField("年级班级", "八年级2班"),
    MergeField("离校日期", "2026年9月10日"),
    MergeField("联系人", "李某某", typed=True),
    MergeField(PHONE, "0883-×××××××", required=True, typed=True, holds=A_PHONE),
    MergeField(ORDER_NO, "东政教限〔2026〕1号"),
    MergeField(ORDER_SERVED, "2026年9月20日"),
)
_PENALTY = (
    *_CHILD,
    MergeField(FACTS, "（由经办人写明）", required=True, typed=True, long=True),
    MergeField(BASIS, "（由经办人写明）", required=True, typed=True, long=True),
    MergeField(MEASURE, "（由经办人写明）", required=True, typed=True, long=True),
)
_KNOWN = (
    "你监护的{学生姓名}系{学校}{年级班级}学生，自{离校日期}起没有正当理由未到校接受义务教育。"
    "本机关于{责令改正送达日期}送达{责令改正文号}，责令你限期送其复学，逾期未改正。\n"
)
_CONTACT = "联系人：{联系人}　联系电话：{联系电话}"


def is_on(county_id: int, day: date) -> bool:
    """Whether the county has turned P19 on."""
    return bool(parameters_on(county_id, day).penalty_module)


def _served(case: Case, kind: str) -> Paper | None:
    """The newest paper of the kind that was served and is not void, of this absence."""
    rows = Paper.objects.about(ABOUT, case.pk).filter(kind=kind, voided_on=None)
    found: Paper | None = rows.filter(
        served_on__isnull=False, drafted_on__gte=case.taken_up_on
    ).first()
    return found


def _closed_off(case: Case, ctx: Context) -> str:
    if not ctx.rules.penalty_module:
        return _OFF
    return "" if case.stage in _STAGES else _EARLY


def _after(kind: str, words: str) -> Any:
    """Forbids while the paper that comes first was not served."""

    def forbids(case: Case, ctx: Context) -> str:
        return _closed_off(case, ctx) or ("" if _served(case, kind) else words)

    return forbids


def _before_court(case: Case, ctx: Context) -> str:
    """The application waits until ten days have passed since the reminder was served."""
    if words := _closed_off(case, ctx):
        return words
    reminder = _served(case, REMINDER)
    if reminder is None:
        return "请先送达催告书；送达满10日仍不履行的，才能申请强制执行。"
    assert reminder.served_on is not None
    last = reminder.served_on + WAIT
    if ctx.today > last:
        return ""
    return f"催告书送达未满10日，{full_day_words(last)}以后才能申请强制执行。"


def _known(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    """What the case knows. What is alleged, on what basis, and what follows, is typed."""
    told = letter_values(case, ctx, clerk)
    order = _served(case, ORDER_CODE)
    served = full_day_words(order.served_on) if order and order.served_on else ""
    names = {one.name for one in _CHILD}
    return {
        **{name: words for name, words in told.items() if name in names},
        ORDER_NO: order.number if order else "",
        ORDER_SERVED: served,
    }


def _of_penalty(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    return {**_known(case, ctx, clerk), FACTS: "", BASIS: "", MEASURE: ""}


def _of_decision(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    """To whom the guardian turns is typed, too: nothing of a penalty is filled in."""
    return {**_of_penalty(case, ctx, clerk), REVIEWED_BY: "", SUED_AT: ""}


def _of_reminder(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    decision = _served(case, DECISION)
    return {**_known(case, ctx, clerk), DECISION_NO: decision.number if decision else ""}


def _of_court(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    told = {**_of_reminder(case, ctx, clerk), COURT: "", CLAIM: "", BASIS: ""}
    return {**told, FILES: rows_of(materials_of(case))}


def _files(values: Mapping[str, Any]) -> tuple[Block, ...]:
    table = record_table(HEADS, values.get(FILES, ()), WIDTHS)
    return (Paragraph("附：案卷目录", Style.HEADING), table)


def _kind(code: str, title: str, series: str, **more: Any) -> PaperKind:
    return PaperKind(
        code=code,
        title=title,
        series=series,
        drafters=TOWNSHIP_DRAFTS,
        signers=TOWNSHIP_SIGNS,
        is_on=is_on,
        source="县级设定的法律依据",
        **more,
    )


_SERVED = {"recipient": GUARDIAN, "stub": (GUARDIAN, CHILD, ORDER_NO)}


def _township(case: Case) -> tuple[Any, ...]:
    return (case.township,)


PENAL_NOTICE = CaseKind(
    _kind(
        NOTICE,
        "行政处罚事先告知书",
        "罚告",
        fields=_PENALTY,
        words=PaperWords(
            title="行政处罚事先告知书",
            addressee="{监护人姓名}",
            body=(
                _KNOWN
                + "一、违法事实\n{违法事实}\n二、法律依据\n{法律依据}\n三、拟处罚内容\n{处罚内容}\n"
                "你可以自收到本告知书之日起5日内向本机关陈述、申辩；依法可以要求听证的，"
                "在同一期限内提出。逾期不提出的，视为放弃。\n" + _CONTACT
            ),
        ),
        **_SERVED,
    ),
    issuers=_township,
    values=_of_penalty,
    forbids=_after(ORDER_CODE, "请先送达限期复学通知书。"),
)
PENAL_DECISION = CaseKind(
    _kind(
        DECISION,
        "行政处罚决定书",
        "罚决",
        fields=(*_PENALTY, *REMEDIES),
        words=PaperWords(
            title="行政处罚决定书",
            addressee="{监护人姓名}",
            body=(
                _KNOWN
                + "一、违法事实\n{违法事实}\n二、法律依据\n{法律依据}\n三、处罚决定\n{处罚内容}\n"
                "如不服本决定，可以自收到本决定书之日起60日内向{复议机关}申请行政复议，"
                "或者6个月内向{受诉法院}提起行政诉讼。\n" + _CONTACT
            ),
        ),
        **_SERVED,
    ),
    issuers=_township,
    values=_of_decision,
    forbids=_after(NOTICE, "请先送达行政处罚事先告知书，听取陈述、申辩。"),
)
PENAL_REMINDER = CaseKind(
    _kind(
        REMINDER,
        "履行行政决定催告书",
        "催",
        fields=(*_CHILD, MergeField(DECISION_NO, "东政罚决〔2026〕1号", required=True)),
        words=PaperWords(
            title="履行行政决定催告书",
            addressee="{监护人姓名}",
            body=(
                "本机关{行政决定文号}已经送达，你至今没有履行。请你自收到本催告书之日起10日内履行，"
                "并送{学生姓名}到校接受义务教育。逾期仍不履行的，本机关将依法申请人民法院强制执行。\n"
                "你可以向本机关陈述、申辩。\n" + _CONTACT
            ),
        ),
        **_SERVED,
    ),
    issuers=_township,
    values=_of_reminder,
    forbids=_after(DECISION, "请先送达行政处罚决定书。"),
)
COURT_APPLICATION = CaseKind(
    _kind(
        APPLICATION,
        "强制执行申请书",
        "执申",
        fields=(
            *_CHILD,
            MergeField(DECISION_NO, "东政罚决〔2026〕1号", required=True),
            MergeField(COURT, "某某县人民法院", required=True, typed=True),
            MergeField(CLAIM, "（由经办人写明）", required=True, typed=True, long=True),
            MergeField(BASIS, "（由经办人写明）", required=True, typed=True, long=True),
        ),
        words=PaperWords(
            title="强制执行申请书",
            addressee="{受理法院}",
            body=(
                "被申请人：{监护人姓名}，系{学生姓名}的监护人\n"
                "一、申请事项\n{申请事项}\n"
                "二、事实和理由\n"
                "{学生姓名}系{学校}{年级班级}学生，自{离校日期}起没有正当理由未到校接受义务教育。"
                "本机关{责令改正文号}、{行政决定文号}先后送达，经催告满10日仍不履行。\n"
                "三、法律依据\n{法律依据}\n" + _CONTACT
            ),
        ),
        tables=_files,
    ),
    issuers=_township,
    values=_of_court,
    forbids=_before_court,
    drawn=(FILES,),
)
PENALTIES = (PENAL_NOTICE, PENAL_DECISION, PENAL_REMINDER, COURT_APPLICATION)
