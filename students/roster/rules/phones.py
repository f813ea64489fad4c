"""Tells a mobile number that was typed with a digit too few or too many."""

import re

MOBILE_DIGITS = 11
_NEARLY = re.compile(r"1[3-9][0-9]{7,8}|1[3-9][0-9]{10,11}")  # 9, 10, 12 or 13 digits


def is_nearly_mobile(words: str) -> bool:
    """Whether it begins as a mobile number and has one or two digits too few or too many."""
    return _NEARLY.fullmatch(words) is not None
