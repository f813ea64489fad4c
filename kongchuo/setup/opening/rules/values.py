"""Parses the cells of the opening workbook that no other sheet has; raises BadCell."""

import re
from collections.abc import Callable, Collection

from students.roster.imports.reading.cells import BadCell, identifier, text

Parser = Callable[[str], str]
YES, NO = "是", "否"
AUTUMN, SPRING = "秋季学期", "春季学期"
PRIMARY, JUNIOR = "1", "2"
# The stages whose villages a school takes in, by the word for its kind.
STAGES: dict[str, tuple[str, ...]] = {
    "小学": (PRIMARY,),
    "教学点": (PRIMARY,),
    "初中": (JUNIOR,),
    "完全中学": (JUNIOR,),
    "九年一贯制": (PRIMARY, JUNIOR),
    "特殊教育": (PRIMARY, JUNIOR),
}
# The first two digits of a school's code (domain 6.1).
_CATEGORIES = {"21": "小学", "31": "初中", "34": "完全中学", "51": "特殊教育"}
_LOGIN = re.compile(r"^[0-9]{11}$")
_YEAR = re.compile(r"^(20[0-9]{2})(?:[-—–~至到]+(?:20)?[0-9]{2})?(?:学年)?$")


def words(longest: int) -> Parser:
    """Returns a parser for a name of at most so many characters."""

    def parse(cell: str) -> str:
        value = " ".join(text(cell).split())
        if len(value) > longest:
            raise BadCell(f"超过{longest}个字，请缩短")
        return value

    return parse


def digits(length: int, what: str) -> Parser:
    """Returns a parser for a code of so many digits. Zeros that pad it to 12 are cut off."""

    def parse(cell: str) -> str:
        value = unpadded(identifier(cell))
        if value and not re.match(rf"^[0-9]{{{length}}}$", value):
            raise BadCell(f"{what}应为{length}位数字，请核对")
        return value

    return parse


def unpadded(code: str) -> str:
    """530922101 of 530922101000, as the statistics bureau writes a township (domain 6.1)."""
    if len(code) == 12 and code.endswith("000000"):
        return code[:6]
    return code[:9] if len(code) == 12 and code.endswith("000") else code


def yes_or_no(cell: str) -> str:
    """是 or 否."""
    value = text(cell)
    if value in ("", YES, NO):
        return value
    if value in ("√", "Y", "y", "1"):
        return YES
    if value in ("×", "N", "n", "0"):
        return NO
    raise BadCell("请填“是”或“否”")


def stage(cell: str) -> str:
    """A word of STAGES."""
    value = text(cell).removesuffix("学校") or text(cell)
    if value in ("九年一贯", "九年制"):
        value = "九年一贯制"
    if value and value not in STAGES:
        raise BadCell(f"请从{'、'.join(STAGES)}中选一个")
    return value


def stage_word(code: str, stages: Collection[str]) -> str:
    """The word for a school that is known by its code and by the stages of its villages."""
    if len(stages) > 1:
        return "九年一贯制"
    known = _CATEGORIES.get(code[:2], "小学")
    fits = not stages or set(stages) & set(STAGES[known])
    return known if fits else ("初中" if JUNIOR in stages else "小学")


def login(cell: str) -> str:
    """A mobile number, which is the account of the person (S57: one person, one phone)."""
    value = identifier(cell)
    if value and not _LOGIN.match(value):
        raise BadCell("手机号应为11位数字，请核对")
    return value


def school_year(cell: str) -> str:
    """The year in which the school year begins: 2026 of 2026-2027学年."""
    value = identifier(cell)
    found = _YEAR.match(value)
    if value and not found:
        raise BadCell("学年应写成2026或2026-2027")
    return found[1] if found else ""


def term(cell: str) -> str:
    """The name of the term."""
    value = text(cell)
    if not value:
        return ""
    if value[:1] in ("秋", "上") or value in ("第一学期", "1"):
        return AUTUMN
    if value[:1] in ("春", "下") or value in ("第二学期", "2"):
        return SPRING
    raise BadCell(f"请填“{AUTUMN}”或“{SPRING}”")


def names(cell: str) -> str:
    """Names or codes of villages, one after the other, with 、 between them."""
    parts = re.split(r"[、，,；;\s]+", text(cell))
    return "、".join(dict.fromkeys(part for part in parts if part))
