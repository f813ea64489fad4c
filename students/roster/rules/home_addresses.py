"""Finds the village of a hukou that is written as an address: only a match that is the only one.

The registry's sheet wants a code of 12 digits there; schools write 云南省云县爱华镇安石村民委员会.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile(r"[\s,，、。.·;；()（）]+")
_ENDINGS = ("社区居民委员会", "社区村民委员会", "民委员会", "委会")
_OTHER_COUNTY = re.compile(r"[县区旗]|自治县")
_ABOVE = re.compile(r"^.*?(?:省|自治区)")


@dataclass(frozen=True, slots=True)
class HomeVillage:
    """A village by its code, the names it bears, and the name of its township."""

    code: str
    names: frozenset[str]
    township: str


@dataclass(frozen=True, slots=True)
class HomeVillages:
    """The villages of a county, by which written addresses are read."""

    county: str = ""
    villages: tuple[HomeVillage, ...] = ()

    def code_of(self, written: str) -> str:
        """The code of the one village that the address names; empty where none or several fit."""
        plain = _MARKS.sub("", written)
        hits = [(len(word), one) for one in self.villages for word in _words(one) if word in plain]
        in_town = [(length, one) for length, one in hits if one.township in plain]
        if not in_town and self.county not in plain:
            return ""
        hits = in_town or hits
        longest = max((length for length, _ in hits), default=0)
        codes = {one.code for length, one in hits if length == longest}
        return codes.pop() if len(codes) == 1 and self._is_here(plain, hits) else ""

    def _is_here(self, plain: str, hits: list[tuple[int, HomeVillage]]) -> bool:
        """Whether what stands before the township names no other county."""
        above = plain
        for _, one in hits:
            for word in (one.township, *_words(one)):
                above = above.partition(word)[0]
        above = _ABOVE.sub("", above.replace(self.county, ""))
        return not _OTHER_COUNTY.search(above)


def _words(village: HomeVillage) -> Iterator[str]:
    """永胜村 of 永胜村民委员会, 爱华社区 of 爱华社区居民委员会: shorter forms are in the longer."""
    for name in village.names:
        stem = next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), name)
        if stem == name or stem.endswith(("村", "社区")):
            yield stem
        elif name.endswith(_ENDINGS[:2]):
            yield f"{stem}社区"
        elif stem.endswith("居"):
            yield from (f"{stem}委会", f"{stem}民委员会", f"{stem.removesuffix('居')}社区")
        else:
            yield stem


NO_HOMES = HomeVillages()
