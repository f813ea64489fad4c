"""Reads an OpenDocument spreadsheet as a stream. Repeated cells are expanded only where filled."""

from collections.abc import Iterator
from typing import Any

from foundation.tablefiles.reader.archive import Archive, fed, local, parser
from foundation.tablefiles.reader.facts import Cells, Numbered, SheetFacts, Table, chosen, letters
from foundation.tablefiles.reader.limits import Limits, TableRefused
from foundation.tablefiles.reader.values import blank_as_none, iso_day, number
from foundation.tablefiles.reader.xlsxparts import elements

_CONTENT = "content.xml"
_NOT_SHOWN = ("collapse", "filter")
_SILENT = ("annotation", "ruby-text", "shapes")
_CELLS = ("table-cell", "covered-table-cell")


def open_ods(archive: Archive, limits: Limits, wanted: str = "") -> Table:
    """The visible sheet ``wanted``, or the first that holds anything; names the others."""
    _refuse_locked(archive)
    facts = SheetFacts()
    hidden_styles, filled = _survey(archive, limits)
    hidden = {name for name, style in filled.items() if style in hidden_styles}
    shown = [name for name in filled if name not in hidden]
    facts.hidden_sheets = [name for name in filled if name in hidden]
    at, facts.others = chosen(shown, wanted)
    reading = ContentReader(limits, facts, shown[at])
    return Table(shown[at], reading.read(archive), facts)


def _refuse_locked(archive: Archive) -> None:
    for name, _ in elements(archive, "META-INF/manifest.xml"):
        if name == "encryption-data":
            raise TableRefused("encrypted")
    if any(name.startswith(("basic/", "scripts/")) for name in archive.members):
        raise TableRefused("macro")


def _survey(archive: Archive, limits: Limits) -> tuple[set[str], dict[str, str]]:
    """The styles that hide a sheet, and the filled sheets with their style."""
    reading = ContentReader(limits, SheetFacts(), None)
    for _ in reading.read(archive):
        pass
    return reading.hidden_styles, reading.filled


class ContentReader:
    """Reads the cells of one sheet, or of all sheets where ``wanted`` is None."""

    def __init__(self, limits: Limits, facts: SheetFacts, wanted: str | None) -> None:
        self.limits, self.facts, self.wanted = limits, facts, wanted
        self.hidden_styles: set[str] = set()
        self.filled: dict[str, str] = {}
        self.table = self.table_style = self._style = ""
        self._done: list[Numbered] = []
        self._number, self._column = 0, 0
        self._row: dict[str, str] = {}
        self._cell: dict[str, str] = {}
        self._cells: Cells = []
        self._text: list[str] = []
        self._in_text = self._silent = 0

    def read(self, archive: Archive) -> Iterator[Numbered]:
        reading = parser()
        reading.StartElementHandler = self._start
        reading.EndElementHandler = self._end
        reading.CharacterDataHandler = self._characters
        for _ in fed(reading, archive.chunks(_CONTENT)):
            yield from self._done
            self._done.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        given = {local(key): value for key, value in attributes.items()}
        if kind == "style":
            self._style = given.get("name", "")
        elif kind == "table-properties" and given.get("display") == "false":
            self.hidden_styles.add(self._style)
        elif kind == "table":
            self.table, self.table_style = given.get("name", ""), given.get("style-name", "")
            self._number = self._column = 0
        elif kind == "table-column":
            self._column_begins(given)
        elif kind == "table-row":
            self._row, self._cells = given, []
        elif kind in _CELLS:
            self._cell, self._text = given, []
        else:
            self._text_begins(kind, given)

    def _text_begins(self, kind: str, given: dict[str, str]) -> None:
        if kind in _SILENT:
            self._silent += 1
        elif kind == "p":
            if self._text and not self._silent:
                self._text.append("\n")
            self._in_text += 1
        elif self._in_text and kind in ("s", "tab", "line-break"):
            self._text.append(" " * min(_count(given, "c"), 100))

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind in _CELLS:
            self._cell_ends()
        elif kind == "table-row":
            self._row_ends()
        elif kind in _SILENT:
            self._silent -= 1
        elif kind == "p":
            self._in_text -= 1

    def _characters(self, text: str) -> None:
        if self._in_text and not self._silent:
            self._text.append(text)

    def _is_wanted(self) -> bool:
        return self.wanted is None or self.table == self.wanted

    def _column_begins(self, given: dict[str, str]) -> None:
        first, times = self._column, _count(given, "number-columns-repeated")
        self._column += times
        if given.get("visibility") in _NOT_SHOWN and self._is_wanted():
            last = min(self._column, self.limits.columns)
            self.facts.hidden_columns.update(range(first, last))

    def _cell_ends(self) -> None:
        value, given = self._value(), self._cell
        times = _count(given, "number-columns-repeated")
        column = len(self._cells)
        if value is not None and column + times > self.limits.columns and self._is_wanted():
            raise TableRefused("too_wide", f"{letters(column + times - 1)}{self._number + 1}")
        self._cells.extend([value] * max(0, min(times, self.limits.columns - column)))
        self._tell_of(given, value, column + 1)

    def _tell_of(self, given: dict[str, str], value: Any, column: int) -> None:
        if not self._is_wanted():
            return
        down, across = _count(given, "number-rows-spanned"), _count(given, "number-columns-spanned")
        if down > 1 or across > 1:
            top = self._number + 1
            self.facts.merge(top, column, top + down - 1, column + across - 1, self.limits)
        if "formula" in given and value is None and given.get("value-type") != "string":
            self.facts.uncached.add(f"{letters(column - 1)}{self._number + 1}")

    def _value(self) -> Any:
        kind, text = self._cell.get("value-type", ""), "".join(self._text)
        if kind in ("float", "percentage", "currency"):
            return number(self._cell.get("value", text))
        if kind == "date":
            return iso_day(self._cell.get("date-value", text))
        if kind == "boolean":
            return self._cell.get("boolean-value", text) == "true"
        return blank_as_none(text or self._cell.get("string-value", ""))

    def _row_ends(self) -> None:
        times = _count(self._row, "number-rows-repeated")
        first = self._number + 1
        self._number += times
        if not self._is_wanted() or all(cell is None for cell in self._cells):
            return
        if self.wanted is None:
            self.filled.setdefault(self.table, self.table_style)
            return
        if first + times - 1 > self.limits.rows:
            raise TableRefused("too_wide", f"A{first + times - 1}")
        for position in range(first, first + times):
            if self._row.get("visibility") in _NOT_SHOWN:
                self.facts.hidden_rows.add(str(position))
            self._done.append((position, list(self._cells)))


def _count(given: dict[str, str], name: str) -> int:
    digits = given.get(name, "1")
    return max(1, int(digits)) if digits.isdecimal() and len(digits) < 10 else 1
