"""What is asked of another school about a child that is said to attend it, and its answers (T16).

The letter is written about a case (cases/papers), and about a transfer out of the county that
waits for the proof of the new school.
"""

from collections.abc import Mapping
from typing import Any

from foundation.days import month_words
from foundation.papers.printing.sheets import Block, PaperTable, Paragraph, Style
from foundation.papers.printing.tables import BLANK_DAY
from foundation.papers.rules.merging import PHONE as A_PHONE
from foundation.papers.rules.merging import MergeField, PaperWords
from foundation.papers.rules.replies import Answer
from students.roster.models import Child

_UNKNOWN = "不详"
TO, PLACE, HEARD, BACK_TO = "收函学校", "收函学校地址", "了解到的情况", "回函地址"
BEFORE, INFO = "原就读情况", "学生信息"
CHILD, CLERK, PHONE = "学生姓名", "联系人", "联系电话"
STUB = (TO, PLACE, CHILD, CLERK)

THERE, NOT_THERE, UNKNOWN = "there", "not_there", "unknown"
ANSWERS = {
    THERE: Answer("在读", "good", is_yes=True),
    NOT_THERE: Answer("不在读", "bad"),
    UNKNOWN: Answer("查无此人", "bad"),
}
FIELDS = (
    MergeField(TO, "西城区实验小学", required=True, typed=True),
    MergeField(PLACE, "西城区文化路8号", typed=True),
    MergeField(CHILD, "张小某", required=True),
    MergeField(INFO, "张小某，男，2012年5月出生，家长：张某某（父亲）", required=True),
    MergeField(BEFORE, "原在东镇中学八年级2班就读，自2026年9月10日起未到校上课", required=True),
    MergeField(HEARD, "据家长反映，该生现在贵校就读。", required=True, typed=True, long=True),
    MergeField(CLERK, "王某某", required=True, typed=True),
    MergeField(PHONE, "0883-×××××××", required=True, typed=True, holds=A_PHONE),
    MergeField(BACK_TO, "东镇人民路1号，东镇中学", required=True, typed=True),
)
WORDS = PaperWords(
    title="关于请协助核实学生就读情况的函",
    addressee="{收函学校}",
    body=(
        "{学生信息}，{原就读情况}。{了解到的情况}\n"
        "根据《中华人民共和国义务教育法》和控辍保学工作要求，学生在外地就读的，须由就读学校确认。"
        "请贵校核实该生是否在贵校就读，填写所附回函并加盖公章，或者出具在读证明，于收函后10个"
        "工作日内寄回。该生不在贵校就读或者查无此人的，也请函复。\n"
        "该生个人信息仅用于核实就读情况，请注意保密。感谢贵校支持。\n"
        "联系人：{联系人}　联系电话：{联系电话}\n"
        "回函地址：{回函地址}"
    ),
)


def values_of(
    child: Child, *, before: str, heard: str, clerk: str, to: tuple[str, str] = ("", "")
) -> dict[str, str]:
    """The values of the fields, ``to`` the school and its place; what is left empty is typed."""
    return {
        TO: to[0],
        PLACE: to[1],
        CHILD: child.name,
        INFO: _told(child),
        BEFORE: before,
        HEARD: heard,
        CLERK: clerk,
        PHONE: "",
        BACK_TO: "",
    }


def _told(child: Child) -> str:
    """Who the child is and who its guardian, so that another school finds it."""
    guardian = f"，家长：{guardian_words(child)}" if child.legal_guardian else ""
    return person_words(child) + guardian


def person_words(child: Child) -> str:
    """Who the child is: 张小某，男，2012年5月出生."""
    born = f"{month_words(child.born_on)}出生" if child.born_on else ""
    return "，".join(one for one in (child.name, child.sex_label, born) if one)


def guardian_words(child: Child) -> str:
    """The legal guardian, and how he is related: 张某某（父亲）."""
    guardian = child.legal_guardian
    if guardian is None:
        return _UNKNOWN
    return f"{guardian.name}（{guardian.relation}）" if guardian.relation else guardian.name


def slip_of(texts: Mapping[str, Any]) -> tuple[Block, ...]:
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
