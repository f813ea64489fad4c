"""Reads the small parts of a workbook: relations, sheet list, shared strings, date styles."""

import re
from array import array
from collections.abc import Iterator
from typing import Any

from foundation.tablefiles.reader.archive import Archive, fed, local, parser
from foundation.tablefiles.reader.plainrows import STRING_ENDS, plain_string, taken
from foundation.tablefiles.reader.values import blank_as_none, is_date_format

_AT_HAND = 4_096
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def elements(archive: Archive, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a small part in order: its name and attributes without prefixes."""
    found: list[tuple[str, dict[str, str]]] = []
    reading = parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    reading.StartElementHandler = start
    for _ in fed(reading, archive.chunks(part)):
        yield from found
        found.clear()


def unescaped(text: str) -> str:
    """The text with Excel's escapes resolved (_x000D_); half a surrogate pair stays as typed."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return match[0] if 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPED.sub(character, text) if "_x" in text else text


class Strings:
    """The shared strings in one block of memory, since 100,000 rows bring millions of them."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._bytes, self._ends = bytearray(), array("Q", (0,))
        self._first: list[str | None] = []  # what stands in every row comes early
        reading = parser()
        _StringHandlers(self._keep).attach(reading)
        is_empty = True
        for text, piece in taken(archive.chunks(part), STRING_ENDS, plain_string):
            is_empty = False
            if text is not None:
                self._keep(text.decode())
            else:
                reading.Parse(piece, False)
        if not is_empty:
            reading.Parse(b"", True)

    def _keep(self, text: str) -> None:
        kept = blank_as_none(unescaped(text))
        if len(self._first) < _AT_HAND:
            self._first.append(kept)
        self._bytes += (kept or "").encode()
        self._ends.append(len(self._bytes))

    def __getitem__(self, index: int) -> str | None:
        if index < 0:
            raise IndexError(index)
        if index < len(self._first):
            return self._first[index]
        return self._bytes[self._ends[index] : self._ends[index + 1]].decode() or None


class _StringHandlers:
    """Collects the text of one string, without its pronunciation (rPh)."""

    def __init__(self, keep: Any) -> None:
        self._keep, self._parts, self._silent, self._inside = keep, [""], 0, False

    def attach(self, reading: Any) -> None:
        reading.StartElementHandler = self._start
        reading.EndElementHandler = self._end
        reading.CharacterDataHandler = self._text

    def _start(self, name: str, _: Any) -> None:
        kind = local(name)
        if kind == "t":
            self._inside = not self._silent
        elif kind == "rPh":
            self._silent += 1
        elif kind == "si":
            self._parts = []

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind == "t":
            self._inside = False
        elif kind == "rPh":
            self._silent -= 1
        elif kind == "si":
            self._keep("".join(self._parts))

    def _text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)


def dates_among_styles(archive: Archive, part: str) -> frozenset[str]:
    """The numbers of the cell styles that show a day."""
    patterns: dict[str, str] = {}
    dates: set[str] = set()
    position = -1  # outside of cellXfs
    for name, attributes in elements(archive, part):
        if name == "numFmt":
            patterns[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            position = 0
        elif name == "cellStyles":
            position = -1
        elif name == "xf" and position >= 0:
            code = attributes.get("numFmtId", "0")
            if is_date_format(int(code) if code.isdecimal() else 0, patterns.get(code, "")):
                dates.add(str(position))
            position += 1
    return frozenset(dates)
