"""Tells whether the lines above a sheet's headings name another school than the own one."""

from collections.abc import Collection, Mapping
from typing import TypeVar

_Key = TypeVar("_Key")


def other_school_in(
    title: str, own: Collection[str], others: Mapping[_Key, Collection[str]]
) -> _Key | None:
    """Return the key of the other school that the title names, the longest name first.

    None where an own name stands there, too: a list of who came from another school names both.
    """
    if any(name in title for name in own if name):
        return None
    named = [(len(n), key) for key, names in others.items() for n in names if n and n in title]
    return max(named, key=lambda pair: pair[0])[1] if named else None
