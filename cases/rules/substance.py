"""Finds the answers in an act's evidence that only fill the field (foundation/substance.py)."""

from collections.abc import Mapping

from cases.rules.fields import FIELDS
from foundation.substance import LEAST, is_hollow

ASKED = f"请写明具体情况（不少于{LEAST}个字）：何时、找到谁、怎么说的、结果怎样。"


def hollow_in(data: Mapping[str, object]) -> tuple[str, ...]:
    """The fields of an act's evidence that were filled in and say nothing."""
    return tuple(
        name
        for name, words in data.items()
        if name in FIELDS and FIELDS[name].substance and words and is_hollow(str(words))
    )
