"""How the number of a paper is written (forms 3.2): 茂政教限〔2026〕3号."""

import re

PATTERN = "{organ}{series}〔{year}〕{seq}号"
_NUMBER = re.compile(r"^[\u4e00-\u9fa5A-Za-z]{2,12}〔20\d{2}〕第?[1-9]\d{0,4}号$")
_WORD = re.compile(r"^[\u4e00-\u9fa5A-Za-z]{1,8}$")
_LONGEST = 12
_GOVERNMENT = "政府"


def short_name(unit_name: str) -> str:
    """A township's name without its kind, as its numbers use it: 东镇人民政府 → 东; 6 at most."""
    word = unit_name.removesuffix(_GOVERNMENT).removesuffix("人民")
    return word.removesuffix("镇").removesuffix("乡")[:6] or word[:6]


def usual_organ(unit_name: str) -> str:
    """The 机关代字 of a unit whose county has set none: 茂兰镇人民政府 → 茂兰政."""
    if unit_name.endswith(_GOVERNMENT):
        return f"{short_name(unit_name)}政"
    return unit_name[:8]


def number_of(pattern: str, organ: str, series: str, year: int, seq: int, place: str = "") -> str:
    """The number as it is printed: hexagonal brackets, no leading zero.

    A pattern may begin with ``{place}``, the short name of the township, in place of ``{organ}``.
    """
    return pattern.format(organ=organ, place=place, series=series, year=year, seq=seq)


def problem_with_word(word: str) -> str:
    """Why a 代字 cannot be used, in Chinese; "" where it can."""
    if _WORD.match(word):
        return ""
    return "代字用1至8个汉字或字母，不带空格、数字和标点。"


def problem_with_number(number: str) -> str:
    """Why a number would not be one of an official paper, in Chinese; "" where it is."""
    if _NUMBER.match(number):
        return ""
    return f"文号“{number}”不合规定：机关代字和文种代字合起来应为2至{_LONGEST}个汉字或字母。"
