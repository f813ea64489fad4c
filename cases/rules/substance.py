"""Tells an answer that says something from one that only fills the field."""

import re
from collections.abc import Mapping

from cases.rules.fields import FIELDS

LEAST = 8  # characters, without spaces and punctuation
HOLLOW = frozenset(
    {"无", "没有", "正常", "一切正常", "情况正常", "无异常", "同上", "已知", "已办", "不详"}
)
ASKED = f"请写明具体情况（不少于{LEAST}个字）：何时、找到谁、怎么说的、结果怎样。"
_SAID = re.compile(r"[^\w]|_")


def is_hollow(words: str) -> bool:
    """Whether an answer has no substance: a stock word such as 无 or 正常, or too few characters.

    A sign repeated, as in 。。。。。。 or 啊啊啊啊啊啊啊啊, says nothing either.
    """
    said = _SAID.sub("", words)
    return said in HOLLOW or len(said) < LEAST or len(set(said)) < 4


def hollow_in(data: Mapping[str, object]) -> tuple[str, ...]:
    """The fields of an act's evidence that were filled in and say nothing."""
    return tuple(
        name
        for name, words in data.items()
        if name in FIELDS and FIELDS[name].substance and words and is_hollow(str(words))
    )
