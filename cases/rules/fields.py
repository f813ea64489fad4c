"""The fields of evidence that acts ask for: one row each, with its words and its kind of input."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.rules import codes


@dataclass(frozen=True, slots=True)
class EvidenceField:
    """One input. ``kind``: day, time, line, text, choice, chips, flag or paper.

    ``choices``: by code. Chips all stand on the page, one tap each: for a phone at the door.

    ``substance``: what is typed must say something (rules/substance.py). ``named``: it names
    somebody or something, so that 无 or 不详 is no answer. ``asked``: what is then asked for.
    """

    label: str
    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    most: int = 200
    substance: bool = False
    named: bool = False
    asked: str = ""


FIELDS: Mapping[str, EvidenceField] = {
    "occurred_on": EvidenceField("日期", "day", help="实际发生的日期，不是补录的日期。"),
    "time": EvidenceField("时间", "time"),
    "last_seen_on": EvidenceField("最后到校日期", "day"),
    "left_on": EvidenceField("辍学（最后到校后首次缺勤）日期", "day"),
    "reason": EvidenceField(
        "更正理由",
        "text",
        help="例如：登记时把年份写错，经与班主任核对点名更正。",
        most=300,
        substance=True,
        asked="请写明为什么更正（不少于8个字）：原来错在哪里，依据什么改正。",
    ),
    "contact_tried": EvidenceField(
        "已联系情况", "text", help="何时、用什么方式、联系到谁。", most=300, substance=True
    ),
    "cause": EvidenceField("初步原因", "choice", codes.CAUSES),
    "whereabouts": EvidenceField("目前去向", "choice", codes.WHEREABOUTS),
    "note": EvidenceField("说明", "text", most=400, substance=True),
    "method": EvidenceField("方式", "chips", codes.METHODS),
    "place": EvidenceField("地点", "line", help="例如：家中、村委会、务工单位。", most=100),
    "participants": EvidenceField("参加人（姓名、单位职务）", "line"),
    "met": EvidenceField(
        "见到何人", "line", help="入户、约谈等当面劝返的必填；没有见到人的不填。", most=100
    ),
    "attitude": EvidenceField("监护人态度", "chips", codes.ATTITUDES),
    "content": EvidenceField("内容", "text", most=1000, substance=True),
    "contact_result": EvidenceField("结果", "chips", codes.CONTACT_RESULTS),
    "promised_on": EvidenceField("承诺返校日期", "day", help="结果为「同意择日返校」的必填。"),
    "next_step": EvidenceField("下一步", "text", most=300),
    "visited": EvidenceField("已入户", "flag"),
    "answer_result": EvidenceField("协助结果", "chips", codes.ANSWER_RESULTS),
    "sample_result": EvidenceField("抽查结果", "choice", codes.SAMPLE_RESULTS),
    "service_method": EvidenceField("送达方式", "choice", codes.SERVICE_METHODS),
    "received_by": EvidenceField(
        "签收人（拒收的写明见证人）",
        "line",
        help="写姓名；留置送达的写见证人姓名和身份，例如：见证人李某，村委会委员。",
        most=60,
        named=True,
        asked="请写明签收人或见证人的姓名，不能写“无”“不详”；没有见证人的，请另行送达。",
    ),
    "paper_no": EvidenceField("文号", "line", most=40),
    "placement": EvidenceField("安置方式", "choice", codes.PLACEMENTS),
    "outcome": EvidenceField("销号结果", "choice", codes.OUTCOMES),
    "evidence_note": EvidenceField(
        "佐证材料",
        "text",
        help="逐项写明材料名称和日期。",
        most=500,
        named=True,
        asked="请逐项写明材料名称。",
    ),
    "ground": EvidenceField("认定情形", "choice", codes.GROUNDS),
    "paper": EvidenceField(
        "材料", "paper", help="照片或 PDF，单个不超过10 MB；监护人书面拒绝的必须上传。"
    ),
    "reply": EvidenceField(
        "公安机关的书面回复", "paper", help="照片或 PDF，单个不超过10 MB；日期填写回复上的日期。"
    ),
    "replied_by": EvidenceField(
        "回复单位",
        "line",
        help="例如：户籍地派出所。",
        most=60,
        named=True,
        asked="请写明回复单位的名称。",
    ),
    "opinion": EvidenceField(
        "意见",
        "text",
        help="写明理由，例如：经核实，学生已正常到校，同意。",
        most=400,
        substance=True,
        asked="请写明意见和理由（不少于8个字）：怎样核实、结果怎样。",
    ),
}
# What people told in their own words, names among it: sealed, while codes and days stay countable.
NARRATIVES = frozenset(
    name for name, one in FIELDS.items() if one.kind in ("text", "line") and name != "paper_no"
)
# Optional, although an act lists them among its evidence.
MAY_BE_EMPTY = frozenset({"time", "place", "met", "attitude", "visited"})


def is_paper(name: str) -> bool:
    """Whether the field takes files."""
    return FIELDS[name].kind == "paper" if name in FIELDS else False
