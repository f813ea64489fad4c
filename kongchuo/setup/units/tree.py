"""Reads the two lines of a county as a tree, or what a search finds in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from foundation.accounts.models import Unit, UnitKind

K = UnitKind
GOVERNMENT = (K.TOWNSHIP, K.EDUCATION_OFFICE, K.VILLAGE)
ORDER = [K.COUNTY, K.SUPERVISION, K.CENTRAL_SCHOOL, K.TOWNSHIP, K.EDUCATION_OFFICE]
DIRECT = "县教育局直属"


@dataclass(slots=True)
class UnitBranch:
    """A unit with the units below it; without a unit, those directly below the bureau."""

    unit: Unit | None
    leaves: list[Unit] = field(default_factory=list)
    is_found: bool = True  # the words of the search name the unit itself

    @property
    def count(self) -> int:
        """How many living units stand below."""
        return sum(leaf.is_open for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Tree:
    """The county's own units, then the branches of the education and of the government line."""

    tops: list[Unit]
    education: list[UnitBranch]
    government: list[UnitBranch]

    @property
    def is_empty(self) -> bool:
        """Whether the search found nothing."""
        return not (self.tops or self.education or self.government)


def tree_of(county_id: int, words: str = "", *, closed: bool = False) -> Tree:
    """The units of a county whose name or code holds the words. One query.

    ``closed`` shows units that were closed, too.
    """
    rows = Unit.objects.filter(county_id=county_id).select_related("region", "school")
    shown = [unit for unit in rows if unit.is_open or closed]
    tops = [u for u in shown if u.kind in (K.COUNTY, K.SUPERVISION) and fits(u, words)]
    lines: dict[bool, list[UnitBranch]] = {True: [], False: []}
    for branch in _branches(shown):
        found = _found(branch, words)
        if found is not None:
            lines[branch.unit is not None and branch.unit.kind in GOVERNMENT].append(found)
    return Tree(sorted(tops, key=_place), lines[False], lines[True])


def code_of(unit: Unit) -> str:
    """The code by which others know the unit: 标识码 of a school, else that of its place."""
    if unit.kind == K.SCHOOL:
        return str(unit.school.code) if hasattr(unit, "school") else ""
    return str(unit.region.code) if unit.kind in (K.COUNTY, K.TOWNSHIP, K.VILLAGE) else ""


def fits(unit: Unit, words: str) -> bool:
    """Whether the name or the code holds the words."""
    return not words or any(words in text for text in (unit.name, unit.short_name, code_of(unit)))


def _place(unit: Unit) -> tuple[int, str, int]:
    known = ORDER.index(UnitKind(unit.kind)) if unit.kind in ORDER else len(ORDER)
    return known, unit.region.code, unit.pk


def _branches(units: Iterable[Unit]) -> list[UnitBranch]:
    below: dict[int | None, list[Unit]] = defaultdict(list)
    heads = []
    for unit in sorted(units, key=_place):
        if unit.kind in (K.CENTRAL_SCHOOL, K.TOWNSHIP):
            heads.append(unit)
        elif unit.kind not in (K.COUNTY, K.SUPERVISION):
            below[unit.parent_id].append(unit)
    known = {head.pk for head in heads}
    direct = [u for parent, leaves in below.items() if parent not in known for u in leaves]
    found = [UnitBranch(head, below[head.pk]) for head in heads]
    return [UnitBranch(None, direct), *found] if direct else found


def _found(branch: UnitBranch, words: str) -> UnitBranch | None:
    """The branch with what the words name; whole where they name its head."""
    named = branch.unit is not None and fits(branch.unit, words)
    leaves = branch.leaves if named else [leaf for leaf in branch.leaves if fits(leaf, words)]
    return UnitBranch(branch.unit, leaves, named) if named or leaves else None
