"""Values of parameters: in words for a reader, and what is wrong with one that was entered."""

import re
from datetime import time
from typing import Any

from foundation.accounts.parameters import Parameters, Spec

STAGES = {"1": "小学", "2": "初中"}
EARLIEST, LATEST = time(6), time(18)  # of the hour by which the roll is called
PER_CENT = 100  # a control line is kept in parts of ten thousand
_NO_UNIT = {"时刻", "是否", "计日方式", "规则", "阶段", "起算方式", "百分比", "职务", "法律依据"}
_BASIS = re.compile(r"《[^《》]{2,}》.*第.+条")
_NO_BASIS = "请写明法律依据：法律、法规或者规章的名称（用书名号）和第几条。"


def words_of(spec: Spec, value: Any) -> str:
    """The value as a page shows it, without its unit."""
    if isinstance(value, dict):
        return "、".join(f"{STAGES[key]}{number / PER_CENT:.2f}%" for key, number in value.items())
    if spec.field == "penalty_module":
        return f"开通。依据：{value}" if value else "不开通"
    if isinstance(value, list):
        labels = dict(spec.choices)
        return "、".join(str(labels.get(one, one)) for one in value) or "没有"
    return next((words for one, words in spec.choices if one == value), str(value))


def unit_of(spec: Spec) -> str:
    """The unit of the value in words; empty where the value says it all."""
    return "" if spec.unit in _NO_UNIT else spec.unit.partition("（")[0]


def full_words_of(spec: Spec, value: Any) -> str:
    """The value with its unit: 3工作日 is read as 3个工作日."""
    unit = unit_of(spec)
    counter = "个" if unit.endswith("日") else ""
    return f"{words_of(spec, value)}{counter}{unit}"


def problem_with(spec: Spec, value: Any, rules: Parameters) -> str:
    """What is wrong with a value beside the others in force, in Chinese; empty where it may be."""
    if spec.field == "penalty_module":
        return "" if value is False or _BASIS.search(str(value)) else _NO_BASIS
    if spec.choices:
        values = value if isinstance(value, list) else [value]
        known = {one for one, _ in spec.choices}.issuperset(values)
        return "" if known else "请在列出的选项中选择。"
    if spec.field == "roll_cutoff":
        return (
            ""
            if EARLIEST <= time.fromisoformat(value) <= LATEST
            else "请填写6:00至18:00之间的时刻。"
        )
    numbers = list(value.values()) if isinstance(value, dict) else [value]
    if not all(spec.least <= number <= spec.most for number in numbers):
        scale = PER_CENT if isinstance(value, dict) else 1
        return f"请填写{spec.least / scale:g}至{spec.most / scale:g}之间的数。"
    attempts = {"attempts": rules.attempts, "attempts_in_person": rules.attempts_in_person}
    attempts |= {spec.field: value} if spec.field in attempts else {}
    if attempts["attempts_in_person"] > attempts["attempts"]:
        return "当面劝返的次数不能多于劝返的总次数。"
    return ""
