"""Special groups as a table (domain 6.8): which ones a school ticks and which a sheet brings.

涉案 and 信教 are no rows: no field on offences or religion exists (design 4). 少数民族 comes from
民族. 留守 is derived from absent parents (left_behind.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """How a child comes to be in a group."""

    SCHOOL = "school"  # ticked on the pupil's page
    ROSTER = "roster"  # ticked, or brought by a column of the registry's sheet
    REGISTRY = "registry"  # brought by the registry's sheet only, never ticked


@dataclass(frozen=True, slots=True)
class Group:
    """A special group: its code, its name, its official source, and who enters it."""

    code: str
    label: str
    source: str
    by: By = By.SCHOOL


_GH_XS = "GH、XS、N4"
GROUPS: tuple[Group, ...] = (
    Group("poor", "脱贫户（原建档立卡）", "XS 二2；R102"),
    Group("watched", "防止返贫监测对象", _GH_XS),
    Group("dibao_rural", "农村低保", "SY 9；R86"),
    Group("dibao_urban", "城市低保", _GH_XS),
    Group("destitute", "农村特困救助供养", "SY 9；R86"),
    Group("orphan", "孤儿", _GH_XS, By.ROSTER),
    Group("unsupported", "事实无人抚养儿童", _GH_XS),
    Group("disabled", "残疾学生", "SY 9；R86", By.ROSTER),
    Group("inclusion", "随班就读", "XS 二5；R90", By.ROSTER),
    Group("disabled_parent", "残疾人子女", "SY 9；R86"),
    Group("prisoner_parent", "服刑人员未成年子女", "SY 9；R86"),
    Group("left_behind", "留守儿童（学籍登记）", "学籍系统", By.REGISTRY),
    Group("migrant", "随迁子女", "GH 三(四)；R31", By.ROSTER),
    Group("hardship", "困境儿童", _GH_XS),
    Group("single_parent", "单亲家庭", _GH_XS),
    Group("relocated", "易地搬迁家庭子女", _GH_XS),
    Group("martyr", "烈士、优抚子女", _GH_XS),
    Group("learning", "学习困难", "SY 8；R87"),
    Group("weary", "厌学", "SY 8；R87"),
    Group("conduct", "有不良行为", _GH_XS),
    Group("unregistered", "无户口", "SY 5；R33"),
)
BY_CODE: Mapping[str, Group] = {group.code: group for group in GROUPS}
TICKED: tuple[Group, ...] = tuple(group for group in GROUPS if group.by is not By.REGISTRY)

# Cells by which the registry says that the child is not in the group.
_NONE = frozenset({"否", "0", "无", "无残疾", "非随班就读", "非留守儿童", "非留守"})
_YES = frozenset({"是", "1"})
# Field of a roster row → group.
FLAGS: Mapping[str, str] = {
    "orphan": "orphan",
    "left_behind": "left_behind",
    "disability": "disabled",
    "inclusion": "inclusion",
    "migrant": "migrant",
}


def read_flag(words: str) -> tuple[bool, str] | None:
    """Return whether a cell names the group, and the kind in it; None when it says nothing."""
    plain = words.strip()
    if not plain:
        return None
    if plain in _NONE:
        return False, ""
    return True, "" if plain in _YES else plain


def label_of(code: str, kind: str = "") -> str:
    """Return the name of a group, with the kind where the registry has one."""
    words = BY_CODE[code].label
    return f"{words}：{kind}" if kind else words


def lives_elsewhere(home_region: str, county_region: str) -> bool | None:
    """Whether the hukou lies outside the county: the part of 随迁 that is stored (domain 6.7).

    None when no hukou is on record. The school confirms the other part: a rural home and working
    parents.
    """
    return None if not home_region else not home_region.startswith(county_region)
