"""Reads the rows of one worksheet while its part is still being inflated.

A county's sheet has millions of cells. They are never all in memory, and the parser's callbacks for
each cell are kept short.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from foundation.tablefiles.reader.archive import local, parser
from foundation.tablefiles.reader.facts import Cells, Numbered, SheetFacts, letters
from foundation.tablefiles.reader.limits import Limits, TableRefused
from foundation.tablefiles.reader.plainrows import ROW_ENDS, PlainRows, taken
from foundation.tablefiles.reader.values import blank_as_none, day_of, iso_day, number
from foundation.tablefiles.reader.xlsxparts import Strings, unescaped

_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?$")
_DIGITS = "0123456789"
_TRUE = ("1", "true")


class SheetRows:
    """Reads one sheet. Its facts are complete once all rows were taken."""

    def __init__(
        self,
        strings: Strings,
        dates: frozenset[str],
        since_1904: bool,
        limits: Limits,
        facts: SheetFacts,
    ) -> None:
        self._strings, self._dates, self._since_1904 = strings, dates, since_1904
        self._limits, self._facts = limits, facts
        self._columns = {letters(position): position for position in range(limits.columns)}
        self._done: list[Numbered] = []
        self._number, self._hidden, self._cells = 0, False, Cells()
        self._cell: dict[str, str] = {}
        self._text, self._in_value, self._silent, self._formula = "", False, False, False

    def read(self, chunks: Iterable[bytes]) -> Iterator[Numbered]:
        """Row after row: usual rows by the fast path (plainrows.py), others by the parser."""
        reading = parser()
        reading.StartElementHandler = self._start
        reading.EndElementHandler = self._end
        reading.CharacterDataHandler = self._characters
        plain = PlainRows(self._columns, self._plain_value)
        for row, piece in taken(chunks, ROW_ENDS, plain.take):
            if row is not None:
                self._number = row[0]
                if row[1].count(None) < len(row[1]):
                    yield row
                continue
            reading.Parse(piece, False)
            yield from self._done
            self._done.clear()
        reading.Parse(b"", True)
        yield from self._done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell, self._text, self._formula = attributes, "", False
        elif name == "v" or name == "t":
            self._in_value = not self._silent
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row_begins(attributes)
        elif name == "rPh":
            self._silent = True  # how it is pronounced
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self._hide_columns(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif ":" in name:
            self._start(local(name), attributes)

    def _end(self, name: str) -> None:
        if name == "v" or name == "t":
            self._in_value = False
        elif name == "c":
            if self._text or self._formula:
                self._cell_ends()
        elif name == "row":
            self._row_ends()
        elif name == "rPh":
            self._silent = False
        elif ":" in name:
            self._end(local(name))

    def _characters(self, text: str) -> None:
        if self._in_value:
            self._text += text

    def _cell_ends(self) -> None:
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "")
        value, cells = self._value(kind, style, self._text), self._cells
        ref = self._cell.get("r", "")
        column = self._columns.get(ref.rstrip(_DIGITS), -1) if ref else len(cells)
        if column >= len(cells):
            if column > len(cells):
                cells.extend([None] * (column - len(cells)))
            cells.append(value)
        elif column < 0:
            if value is not None:
                raise TableRefused("too_wide", ref[:10])
        elif cells[column] is None:
            cells[column] = value
        else:
            raise TableRefused("damaged")  # one place, two values
        if self._formula and value is None and kind != "str":
            self._facts.uncached.add(ref or f"{letters(column)}{self._number}")

    def _plain_value(self, kind: bytes, style: bytes, text: bytes) -> Any:
        return self._value(kind.decode() or "n", style.decode(), text.decode())

    def _value(self, kind: str, style: str, text: str) -> Any:
        if kind == "s":
            return self._strings[int(text)] if text else None
        if kind == "n":
            value = number(text)
            is_day = self._dates and style in self._dates
            return day_of(value, self._since_1904) if is_day else value
        if kind == "b":
            return text.strip() in _TRUE if text else None
        if kind == "d":
            return iso_day(text)
        return blank_as_none(unescaped(text))

    def _row_begins(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r", "")
        self._number = int(said) if said else self._number + 1
        self._hidden = attributes.get("hidden") in _TRUE
        self._cells = []

    def _row_ends(self) -> None:
        if self._cells.count(None) < len(self._cells):
            if self._hidden:
                self._facts.hidden_rows.add(str(self._number))
            self._done.append((self._number, self._cells))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
        last = min(last, self._limits.columns)
        self._facts.hidden_columns.update(range(first - 1, last))

    def _merge(self, ref: str) -> None:
        match = _RANGE.match(ref)
        if match and match[3]:
            left, right = _position(match[1]), _position(match[3])
            self._facts.merge(int(match[2]), left, int(match[4]), right, self._limits)


def _position(name: str) -> int:
    """A → 1, AA → 27."""
    position = 0
    for letter in name:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position
