"""Tells words that say something from words that only fill the field."""

import re

LEAST = 8  # characters of an answer, without spaces and punctuation
SHORT = 2  # characters of a reason or a remark: 误点, 发烧
HOLLOW = frozenset(
    {"无", "没有", "正常", "一切正常", "情况正常", "无异常", "同上", "已知", "已办", "不详"}
    | {"同意", "属实", "情况属实", "无意见", "知道了", "已阅", "其他", "原因", "理由", "测试"}
)
_SAID = re.compile(r"[^\w]|_")


def is_hollow(words: str, least: int = LEAST) -> bool:
    """Whether words have no substance: a stock word such as 无 or 正常, or too few characters.

    ``least`` is the number of characters that say something here. A sign repeated, as in 。。。 or
    啊啊啊啊啊啊啊啊, says nothing either.
    """
    said = _SAID.sub("", words)
    return said in HOLLOW or len(said) < least or len(set(said)) < min(4, least)
