"""Finds answers in the evidence of an act that only fill the field (pages/substance.py)."""

from collections.abc import Mapping

from cases.rules.fields import FIELDS, EvidenceField
from foundation.pages.substance import LEAST, SHORT, is_hollow

NOBODY = frozenset({"无人", "无见证人", "没有人", "暂无", "未知", "不清楚", "不知道", "某某"})
ASKED = f"请写明具体情况（不少于{LEAST}个字）：何时、找到谁、怎么说的、结果怎样。"


def is_nameless(words: str) -> bool:
    """Whether words name nobody and nothing: 无, 不详, or fewer than two characters."""
    return is_hollow(words, SHORT) or words.strip(" 。，.,") in NOBODY


def hollow_in(data: Mapping[str, object]) -> tuple[str, ...]:
    """The fields of an act's evidence that were filled in and say or name nothing."""
    return tuple(
        name for name, words in data.items() if name in FIELDS and _fails(FIELDS[name], words)
    )


def _fails(field: EvidenceField, words: object) -> bool:
    if not words:
        return False
    said = str(words)
    return (field.substance and is_hollow(said)) or (field.named and is_nameless(said))


def complaint_about(data: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """What is asked for again, in Chinese, and in which fields; empty where nothing is.

    Of several kinds of complaint the first: a form tells one thing at a time.
    """
    hollow = hollow_in(data)
    asked = FIELDS[hollow[0]].asked or ASKED if hollow else ""
    return asked, tuple(name for name in hollow if (FIELDS[name].asked or ASKED) == asked)
