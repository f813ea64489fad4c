"""Normalises the headings of a sheet and finds their columns in the roster's table."""

import re
import unicodedata
from collections.abc import Sequence

from students.roster.rules.columns import COLUMNS, ESSENTIAL, EXTRA, UNWANTED
from students.roster.rules.roster_column import RosterColumn


def plain_heading(heading: object) -> str:
    """Return a heading in half width without spaces, ★, * and bracketed hints (forms 2.2)."""
    value = unicodedata.normalize("NFKC", str(heading or ""))
    return re.sub(r"[\s★☆*]|\([^)]*\)|【[^】]*】|[:：]$", "", value)


_KNOWN = frozenset(
    name for column in (*COLUMNS, *EXTRA) for name in (column.heading, *column.aliases)
)


def hits(headings: Sequence[object]) -> int:
    """Return how many cells of a row are known headings; the header row has the most."""
    return len({plain_heading(heading) for heading in headings} & _KNOWN)


def is_known(plain: str) -> bool:
    """Whether a normalised heading is known, wanted or not."""
    return plain in _KNOWN or plain in UNWANTED


def map_columns(headings: Sequence[object]) -> dict[int, RosterColumn]:
    """Return position → column for the columns that have a field.

    The template's own heading is taken first, then the first alias; further columns for the same
    field are ignored.
    """
    plain = [plain_heading(heading) for heading in headings]
    found: dict[str, tuple[int, RosterColumn]] = {}
    for column, names in _in_order():
        for position, heading in enumerate(plain):
            if heading in names and column.field not in found:
                found[column.field] = (position, column)
    return dict(sorted(found.values(), key=lambda pair: pair[0]))


def _in_order() -> list[tuple[RosterColumn, tuple[str, ...]]]:
    kept = [column for column in (*COLUMNS, *EXTRA) if column.field]
    return [(c, (c.heading,)) for c in kept] + [(c, c.aliases) for c in kept if c.aliases]


def repeated(headings: Sequence[object]) -> dict[str, list[int]]:
    """Return headings of kept columns that occur twice, with their positions."""
    places: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        places.setdefault(plain_heading(heading), []).append(position)
    kept = {column.heading for column in (*COLUMNS, *EXTRA) if column.field}
    return {name: at for name, at in places.items() if len(at) > 1 and name in kept}


def missing(mapping: dict[int, RosterColumn]) -> list[str]:
    """Return the essential headings that the sheet lacks."""
    fields = {column.field for column in mapping.values()}
    return [title for title, group in ESSENTIAL if not fields.intersection(group)]


def letter_of(position: int) -> str:
    """Return the letters of a column as Excel shows them: 0 → A, 26 → AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def position_of(letters: str) -> int:
    """Return the position of a column: A → 0, AA → 26; raises ValueError for other text."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    return number - 1
