"""Search and sort keys of names in pinyin. A table corrects surnames that dictionaries misread."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Surnames that are read otherwise than the character usually is (stack 2).
_SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "任": "ren",
    "华": "hua",
    "盖": "ge",
    "朴": "piao",
    "覃": "qin",
    "尉": "yu",
    "乐": "yue",
    "翟": "zhai",
}


@lru_cache(maxsize=20_000)
def _read(part: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(part, style=Style.NORMAL))


@lru_cache(maxsize=20_000)
def _syllables(name: str) -> tuple[str, ...]:
    """Return the syllables of a name, character by character; Latin words stay whole.

    There are few different characters, so each reading is cached.
    """
    if any(char.isascii() for char in name):
        return _read(name)
    surname = _SURNAMES.get(name[:1])
    given = tuple(syllable for char in name[1:] for syllable in _read(char))
    return ((surname,) if surname else _read(name[:1])) + given


def name_key_of(name: str) -> str:
    """Return the key by which names sort as on a Chinese roster: ``zhang xiao ming``, then the
    name."""
    return f"{' '.join(_syllables(name))} {name}"[:200]


def initials_of(name: str) -> str:
    """Return the pinyin initials for searching: ``zxm``."""
    return "".join(part[0] for part in _syllables(name) if part)[:30].lower()
