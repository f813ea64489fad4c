"""Code lists of the 重点关注 ledger: code → Chinese words (L2; domain 5.1, forms B25)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Risk:
    """A 风险类型 of L2. A sensitive one is shown only to viewers who may see special groups."""

    code: str
    label: str
    is_sensitive: bool = True


RISKS: tuple[Risk, ...] = (
    Risk("absence", "缺勤较多", is_sensitive=False),
    Risk("learning", "学困"),
    Risk("weary", "厌学"),
    Risk("poverty", "贫困"),
    Risk("left_behind", "留守"),
    Risk("single_parent", "单亲"),
    Risk("disabled", "残疾"),
    Risk("conduct", "不良行为"),
    Risk("family", "家庭变故"),
    Risk("other", "其他", is_sensitive=False),
)
RISK_LABELS: Mapping[str, str] = {risk.code: risk.label for risk in RISKS}
OPEN_RISKS = frozenset(risk.code for risk in RISKS if not risk.is_sensitive)

ENDINGS: Mapping[str, str] = {
    "better": "风险消除",
    "case": "已转入疑似辍学或辍学台账",
    "left": "已转出或毕业",
    "mistaken": "误列",
    "other": "其他",
}
# What is recorded of an entry. Each becomes a row of its own.
STEPS: Mapping[str, str] = {
    "put_on": "列入重点关注",
    "revise": "调整帮扶",
    "support": "帮扶记录",
    "take_off": "移出重点关注",
}
SUPPORT = "support"


def risks_told(codes: list[str], *, with_sensitive: bool) -> str:
    """The 风险类型 in words. Without the right to see groups, sensitive ones are omitted."""
    shown = [c for c in codes if c in RISK_LABELS and (with_sensitive or c in OPEN_RISKS)]
    return "、".join(RISK_LABELS[code] for code in shown)
