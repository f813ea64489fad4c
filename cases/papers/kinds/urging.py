"""学校的劝学通知书 (T02): written by the school while the child is away, served on the guardian.

It moves no stage: what counts for the ladder are the attempts that are logged (R4, R5).
"""

from cases.actions.context import Context
from cases.models import Case
from cases.papers.order_words import CHILD, GUARDIAN, PHONE, RELATION, SCHOOL
from cases.papers.prefilled import letter_values
from cases.papers.registry import CaseKind
from cases.papers.sent import forbids_when_back
from foundation.papers.desks import SCHOOL_DRAFTS, SCHOOL_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.rules.merging import PHONE as A_PHONE
from foundation.papers.rules.merging import RECEIVER, MergeField, PaperWords

CODE = "urging"
TITLE = "劝学通知书"
FIELDS = (
    MergeField(GUARDIAN, "张某某", required=True, typed=True, holds=RECEIVER),
    MergeField(RELATION, "父亲"),
    MergeField("子女", "子"),
    MergeField(CHILD, "张小某", required=True),
    MergeField("出生年月", "2012年5月"),
    MergeField(SCHOOL, "东镇中学", required=True),
    MergeField("年级班级", "八年级2班"),
    MergeField("离校日期", "2026年9月10日", required=True),
    MergeField("联系人", "王某某", typed=True),
    MergeField(PHONE, "0883-×××××××", required=True, typed=True, holds=A_PHONE),
)
WORDS = PaperWords(
    title=TITLE,
    addressee="{监护人姓名}",
    body=(
        "你监护的{学生姓名}系{学校}{年级班级}学生，自{离校日期}起没有正当理由未到校上课。\n"
        "《中华人民共和国义务教育法》第五条规定，适龄儿童、少年的父母或者其他法定监护人应当依法"
        "保证其按时入学接受并完成义务教育；第十一条规定，父母或者其他法定监护人应当送适龄儿童、"
        "少年入学接受并完成义务教育，因身体状况需要延缓入学或者休学的，应当提出申请，经批准后办理。\n"
        "请你自接到本通知书之日起7日内送{学生姓名}到校复学。有困难的，请与学校联系，"
        "学校将按规定给予帮助。\n"
        "联系人：{联系人}　联系电话：{联系电话}"
    ),
)


def _forbids(case: Case, ctx: Context) -> str:
    """While the child is away: wherever a return may still be entered."""
    return forbids_when_back(case, TITLE)


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    guardian = case.child.legal_guardian
    relation = guardian.relation if guardian else ""
    return {**letter_values(case, ctx, clerk), RELATION: relation}


URGING = CaseKind(
    PaperKind(
        code=CODE,
        title=TITLE,
        series="劝学",
        fields=FIELDS,
        words=WORDS,
        drafters=SCHOOL_DRAFTS,
        signers=SCHOOL_SIGNS,
        recipient=GUARDIAN,
        stub=(GUARDIAN, RELATION, CHILD, "年级班级", "离校日期"),
        source="义务教育法第五条、第十一条",
    ),
    issuers=lambda case: (case.school,),
    values=_values,
    forbids=_forbids,
)
