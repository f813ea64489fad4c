"""Reads class names as schools write them: grade, entry year and number (forms 2.5)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from students.roster.rules.grades import NAMES

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_ONES = "[一二三四五六七八九]"
_NUMBER = rf"(?P<number>[0-9]{{1,2}}|{_ONES}?十{_ONES}?|{_ONES}{{1,2}})"
_ORDINAL = r"初中?(?P<ordinal>[一二三123])"
_WORD = r"(?:小学|初中)?(?P<grade>[一二三四五六七八九])"
_GRADE = r"(?:小学|初中)?(?P<grade>[一二三四五六七八九1-9])"
# The first pattern that fits counts. A digit alone is a grade only before a separator.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"^(?:小学|初中|初)?(?P<cohort>20[0-9][0-9])级?-?{_NUMBER}班?$",
        rf"^(?:{_ORDINAL}|{_GRADE})(?:年级|年|[.\-])-?{_NUMBER}班?$",
        rf"^(?:{_ORDINAL}|{_WORD})(?!十){_NUMBER}班$",
        rf"^(?:{_ORDINAL}|{_WORD})-?(?P<number>[0-9]{{1,2}})$",
        rf"^(?:{_ORDINAL}|{_GRADE})年级?$",
        rf"^{_ORDINAL}$",
        r"^0?(?P<grade>[1-9])(?P<number>[0-9][0-9])班?$",
        rf"^{_NUMBER}班?$",
    )
)


@dataclass(frozen=True, slots=True)
class ClassName:
    """What a class's name says: grade 1 to 9 or None, entry year or None, and number."""

    number: int
    grade: int | None = None
    cohort: int | None = None


@lru_cache(maxsize=4_096)  # a sheet names each of its classes fifty times
def read_class(name: str) -> ClassName | None:
    """Read 七年级1班, 初一(1)班, 七1, 2024级1班, 7.1, 0701, 701, 1; None when it cannot be read."""
    plain = re.sub(r"[（(〔【\[]", "-", re.sub(r"[）)〕】\]\s]", "", name))
    plain = plain.replace("．", ".").replace("－", "-").lstrip("-")
    for shape in _SHAPES:
        match = shape.match(plain)
        if match:
            return _class_of(match.groupdict())
    return None


def read_grade(name: str) -> int | None:
    """Read 七年级, 初一, 7 or 07 as 1 to 9; None when it cannot be read."""
    plain = re.sub(r"\s", "", name).removesuffix("级").removesuffix("年")
    if match := re.match(r"^初中?([一二三123])$", plain):
        return 6 + number_of(match[1])
    plain = plain.removeprefix("小学").removeprefix("初中").lstrip("0")
    if plain in NAMES or plain in tuple("123456789"):
        return number_of(plain)
    return None


def number_of(text: str) -> int:
    """Read 「12」 or 「十二」 as 12."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[char]) for char in text))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _class_of(found: dict[str, str | None]) -> ClassName | None:
    number = number_of(found.get("number") or "1")
    if number == 0:
        return None
    if cohort := found.get("cohort"):
        return ClassName(number, cohort=int(cohort))
    if ordinal := found.get("ordinal"):
        return ClassName(number, grade=6 + number_of(ordinal))
    grade = found.get("grade")
    return ClassName(number, grade=number_of(grade) if grade else None)
