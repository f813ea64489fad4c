"""The fields of evidence that acts ask for: one row each, with its words and its kind of input."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.rules import codes


@dataclass(frozen=True, slots=True)
class EvidenceField:
    """One input. ``kind``: day, time, line, text, choice, flag or paper. ``choices``: by code.

    ``substance``: what is typed must say something (rules/substance.py).
    """

    label: str
    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    most: int = 200
    substance: bool = False


FIELDS: Mapping[str, EvidenceField] = {
    "occurred_on": EvidenceField("日期", "day", help="实际发生的日期，不是补录的日期。"),
    "time": EvidenceField("时间", "time"),
    "last_seen_on": EvidenceField("最后到校日期", "day"),
    "left_on": EvidenceField("辍学（最后到校后首次缺勤）日期", "day"),
    "contact_tried": EvidenceField(
        "已联系情况", "text", help="何时、用什么方式、联系到谁。", most=300, substance=True
    ),
    "cause": EvidenceField("初步原因", "choice", codes.CAUSES),
    "whereabouts": EvidenceField("目前去向", "choice", codes.WHEREABOUTS),
    "note": EvidenceField("说明", "text", most=400, substance=True),
    "method": EvidenceField("方式", "choice", codes.METHODS),
    "place": EvidenceField("地点", "line", help="例如：家中、村委会、务工单位。", most=100),
    "participants": EvidenceField("参加人（姓名、单位职务）", "line"),
    "met": EvidenceField("见到何人", "line", help="没有入户的不填。", most=100),
    "attitude": EvidenceField("监护人态度", "choice", codes.ATTITUDES),
    "content": EvidenceField("内容", "text", most=1000, substance=True),
    "contact_result": EvidenceField("结果", "choice", codes.CONTACT_RESULTS),
    "promised_on": EvidenceField("承诺返校日期", "day"),
    "next_step": EvidenceField("下一步", "text", most=300),
    "visited": EvidenceField("已入户", "flag"),
    "answer_result": EvidenceField("协助结果", "choice", codes.ANSWER_RESULTS),
    "sample_result": EvidenceField("抽查结果", "choice", codes.SAMPLE_RESULTS),
    "service_method": EvidenceField("送达方式", "choice", codes.SERVICE_METHODS),
    "received_by": EvidenceField("签收人（拒收的写明见证人）", "line", most=60),
    "paper_no": EvidenceField("文号", "line", help="例如：茂政教限〔2025〕3号", most=40),
    "placement": EvidenceField("安置方式", "choice", codes.PLACEMENTS),
    "outcome": EvidenceField("销号结果", "choice", codes.OUTCOMES),
    "evidence_note": EvidenceField("佐证材料", "text", help="逐项写明材料名称和日期。", most=500),
    "ground": EvidenceField("认定情形", "choice", codes.GROUNDS),
    "paper": EvidenceField(
        "材料", "paper", help="照片或 PDF，单个不超过10 MB；监护人书面拒绝的必须上传。"
    ),
    "reply": EvidenceField(
        "公安机关的书面回复", "paper", help="照片或 PDF，单个不超过10 MB；日期填写回复上的日期。"
    ),
    "replied_by": EvidenceField("回复单位", "line", help="例如：东镇派出所。", most=60),
    "opinion": EvidenceField("意见", "text", most=400),
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
