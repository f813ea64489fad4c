"""Tells an answer that says something from one that only fills the field."""

import re

LEAST = 8  # characters, without spaces and punctuation
HOLLOW = frozenset(
    {"无", "没有", "正常", "一切正常", "情况正常", "无异常", "同上", "已知", "已办", "不详"}
)
_SAID = re.compile(r"[^\w]|_")


def is_hollow(words: str) -> bool:
    """Whether an answer has no substance: a stock word such as 无 or 正常, or too few characters.

    A sign repeated, as in 。。。。。。 or 啊啊啊啊啊啊啊啊, says nothing either.
    """
    said = _SAID.sub("", words)
    return said in HOLLOW or len(said) < LEAST or len(set(said)) < 4
