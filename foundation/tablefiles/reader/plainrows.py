"""A fast path for rows written the usual way: matched by expressions, without parser events.

A county's sheet has millions of cells. A row in the usual form is matched as a whole; a row with
anything else in it (a formula, rich text, an escape, a hidden row) goes to the parser.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from foundation.tablefiles.reader.facts import Cells, Numbered

ROW_ENDS, STRING_ENDS = b"</row>", b"</si>"
_LONGEST = 1024 * 1024  # bytes of a row; the parser may have it piece by piece
_ROW = re.compile(rb'\s*<row r="([1-9][0-9]{0,6})"((?: [a-zA-Z:0-9]+="[^"<>&]*")*)>')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="(s|n|b|str)")?'
    rb"(?:/>|><v>([^<]*)</v></c>)"
)
_MORE_TAGS = 3  # of a cell with a value: <v>, </v> and </c>
_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<&]*)</t></si>')
# Inside a comment or an instruction, or in another encoding, text may only look like a row.
_ODD = re.compile(rb"<!|<\?(?!xml\s)|encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_SHARED = b"s"
_AT_HAND = 65_536  # shared strings by the number that stands in the cell

Value = Callable[[bytes, bytes, bytes], Any]  # of kind, style and text
Taken = TypeVar("Taken")


def pieces(chunks: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    """The same bytes, cut after each ``end``."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(end)
        for piece in whole:
            yield piece + end
        if len(rest) > _LONGEST:
            yield rest
            rest = b""
    if rest:
        yield rest


def taken(
    chunks: Iterable[bytes], end: bytes, take: Callable[[bytes], Taken | None]
) -> Iterator[tuple[Taken | None, bytes]]:
    """Each piece with the result of ``take``; for None the parser reads it.

    After a piece that matches _ODD the parser reads every further piece.
    """
    is_odd = False
    for piece in pieces(chunks, end):
        found = None if is_odd else take(piece)
        is_odd = is_odd or (found is None and _ODD.search(piece) is not None)
        yield found, piece


def plain_string(piece: bytes) -> bytes | None:
    """The text of a shared string without formatting."""
    found = _STRING.fullmatch(piece)
    return found[1] if found else None


class PlainRows:
    """Matches rows; ``value`` reads a cell from its kind, style and text."""

    def __init__(self, columns: dict[str, int], value: Value) -> None:
        self._columns = {name.encode(): position for name, position in columns.items()}
        self._value = value
        self._shared: dict[bytes, Any] = {}
        self._letters: list[bytes] = []  # of the row before, and where its cells stand
        self._places: list[int] | None = []

    def take(self, row: bytes) -> Numbered | None:
        """The number and cells of one row, or None when the parser must read it."""
        head = _ROW.match(row)
        if head is None or b"hidden" in head[2] or b"&" in row:
            return None
        found = _CELL.findall(row, head.end())
        if row.count(b"<") != 2 + len(found) + _MORE_TAGS * row.count(b"</c>"):
            return None
        places = self._placed([cell[0] for cell in found])
        if places is None:
            return None
        return int(head[1]), self._cells(found, places)

    def _placed(self, letters: list[bytes]) -> list[int] | None:
        """The column of each cell; None when they are not in order from the left."""
        if letters != self._letters:
            known = [self._columns.get(letter, -1) for letter in letters]
            rising = all(a < b for a, b in zip([-1, *known], known, strict=False))
            self._letters, self._places = letters, known if rising else None
        return self._places

    def _cells(self, found: list[tuple[bytes, bytes, bytes, bytes]], places: list[int]) -> Cells:
        cells: Cells = [None] * (places[-1] + 1) if places else []
        shared = self._shared
        for place, (_, style, kind, text) in zip(places, found, strict=True):
            if kind == _SHARED and text in shared:
                cells[place] = shared[text]
            elif text:
                cells[place] = self._value(kind, style, text)
                if kind == _SHARED and len(shared) < _AT_HAND:
                    shared[text] = cells[place]
        return cells
