"""因失能、缓学、休学学生情况记录表 (T12, the real form B10).

Written by school or township once a suspension or a deferral of the child was asked for, or the
case is to end because the child cannot study. The proofs are those filed with the change.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from cases.actions.context import Context
from cases.models import Case
from cases.papers.known import FIELDS as CHILD_FIELDS
from cases.papers.known import NAMES, child_facts
from cases.papers.registry import CaseKind, case_of
from cases.papers.tables import facts_table, section
from foundation.days import full_day_words
from foundation.files.actions import FileLost, content_of
from foundation.files.models import StoredFile
from foundation.files.thumbnails import small_copy
from foundation.papers.desks import SCHOOL_DRAFTS, SCHOOL_SIGNS, TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind
from foundation.papers.models import Paper
from foundation.papers.printing.sheets import JPEG, Block, Paragraph, Pictures, Style
from foundation.papers.printing.tables import record_table, signature_table
from foundation.papers.rules.merging import PHONE, MergeField, PaperWords
from students.roster.models import Change, ClassPost
from students.roster.models.querysets import in_force
from students.roster.rules.change_kinds import NEEDS_APPROVAL, State

CODE = "condition"
PROOFS, PHOTOS = "证明材料目录", "证明材料图片"
_PHOTOS, _SIDE, _QUALITY = 6, 800, 75  # as many fit on a page, sharp at 6 cm
HOW, PERIOD, WHY = "办理类别", "起止日期", "失能原因"
HELPER, TEACHER = ("帮扶联系人", "帮扶联系人电话"), ("班主任", "班主任电话")
_OUTCOMES = {"C03": "休学", "C04": "延缓入学", "C05": "不具备学习条件"}
_STANDING = (State.APPLIED, State.APPROVED, State.CONFIRMED)
_ILLNESSES = ("重大疾病", "重度残疾", "精神疾病")


def _boxes(chosen: str) -> str:
    return "　".join(("☑" if one == chosen else "□") + one for one in _ILLNESSES)


_TICKED = tuple(_boxes(one) for one in _ILLNESSES)
_OF_REASON = {"10": "重大疾病", "12": "重大疾病", "19": "重大疾病", "11": "精神疾病"}
_NONE = (
    "学生没有办理中或者已批准的休学、延缓入学，个案也没有按休学、延缓入学、不具备学习条件申请销号。"
)
FIELDS = (
    *CHILD_FIELDS,
    MergeField(HOW, "休学", required=True),
    MergeField(PERIOD, "2026年9月1日至2027年8月31日"),
    MergeField(WHY, "☑重大疾病　□重度残疾　□精神疾病", typed=True, choices=_TICKED),
    *(MergeField(one, "李某某", typed=True) for one in (HELPER[0], TEACHER[0])),
    *(MergeField(one, "0883-×××××××", typed=True, holds=PHONE) for one in (HELPER[1], TEACHER[1])),
)
WORDS = PaperWords(
    title="因失能、缓学、休学学生情况记录表",
    body="{学生姓名}办理{办理类别}，有关情况和证明材料记录如下。",
)


def change_of(case: Case) -> Change | None:
    """The newest suspension or deferral of the child that was not refused or withdrawn."""
    rows = Change.objects.filter(child=case.child_id, kind__in=NEEDS_APPROVAL)
    return rows.filter(state__in=_STANDING, recorded_on__gte=case.away_from).first()


def _asked(case: Case) -> str:
    """As what the case is to end, or ended, where the form is for it; "" otherwise."""
    rows = case.closures.filter(requested__occurred_on__gte=case.away_from)
    newest = rows.exclude(approved=False).first()
    return _OUTCOMES.get(newest.outcome, "") if newest else ""


def _forbids(case: Case, ctx: Context) -> str:
    return "" if change_of(case) or _asked(case) else _NONE


def _values(case: Case, ctx: Context, clerk: str) -> dict[str, Any]:
    change = change_of(case)
    told = dict.fromkeys((PERIOD, *HELPER, TEACHER[1]), "")
    return {
        **child_facts(case, ctx),
        **told,
        HOW: change.kind_label if change else _asked(case),
        PERIOD: _period(change) if change else "",
        WHY: _boxes(_OF_REASON.get(change.reason, "") if change else ""),
        TEACHER[0]: _teacher(case, ctx),
        PROOFS: _proofs(change) if change else [],
        PHOTOS: _pictures(change) if change else [],
    }


def _known(paper: Paper) -> Iterable[str]:
    """The box is ticked by the reason of the change; without one it is chosen by hand."""
    change = change_of(case_of(paper))
    return (WHY,) if change and change.reason in _OF_REASON else ()


def _period(change: Change) -> str:
    until = f"至{full_day_words(change.until)}" if change.until else "起"
    return f"{full_day_words(change.occurred_on)}{until}"


def _teacher(case: Case, ctx: Context) -> str:
    held = ClassPost.objects.filter(
        in_force(ctx.today), school_class=case.school_class, is_substitute=False
    )
    found = held.select_related("post__person").first()
    return found.post.person.name if found else ""


def _proofs(change: Change) -> list[list[str]]:
    rows = change.proofs.select_related("document").order_by("pk")
    return [
        [str(number), one.document.title, full_day_words(one.document.recorded_at.date())]
        for number, one in enumerate(rows, 1)
    ]


def _pictures(change: Change) -> list[list[str]]:
    """The photos among the proofs, small, each with the name of its material (B10: 图片上传)."""
    rows = change.proofs.select_related("document__file").order_by("pk")
    photos = [one.document for one in rows if one.document.file.kind == StoredFile.IMAGE]
    told = ((_address(one.file), one.title) for one in photos[:_PHOTOS])
    return [[address, title] for address, title in told if address]


def _address(kept: StoredFile) -> str:
    """The photo as it stands in the paper itself; "" where the file is lost."""
    try:
        small = small_copy(content_of(kept), _SIDE, _QUALITY)
    except FileLost:
        return ""
    return JPEG + b64encode(small).decode()


def _tables(values: Mapping[str, Any]) -> tuple[Block, ...]:
    photos = values.get(PHOTOS, ())
    return (
        Paragraph("一、基本信息", Style.HEADING),
        facts_table((*NAMES, HOW, PERIOD, *HELPER, *TEACHER), values),
        *section("二、失能原因", str(values.get(WHY) or _boxes(""))),
        Paragraph("三、证明材料", Style.HEADING),
        record_table(("序号", "材料名称", "登记日期"), values.get(PROOFS, ()), (0.6, 3.0, 1.6)),
        *((Pictures(tuple((url, words) for url, words in photos)),) if photos else ()),
        signature_table(("帮扶联系人", "班主任", "监护人")),
    )


CONDITION = CaseKind(
    PaperKind(
        code=CODE,
        title="失能、缓学、休学情况记录表",
        series="情况",
        fields=FIELDS,
        words=WORDS,
        drafters=SCHOOL_DRAFTS | TOWNSHIP_DRAFTS,
        signers=SCHOOL_SIGNS | TOWNSHIP_SIGNS,
        source="全县控辍保学会议讲话；茂政发〔2023〕6号 五(三)3",
        tables=_tables,
        knows=_known,
    ),
    issuers=lambda case: (case.school, case.township),
    values=_values,
    forbids=_forbids,
    drawn=(PROOFS,),
    tells_address=True,
    tells_number=True,
)
