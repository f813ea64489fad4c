"""Reads an HTML table named .xls, as many systems export it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from foundation.tablefiles.reader.facts import Cells, SheetFacts, Table, letters
from foundation.tablefiles.reader.limits import Limits, TableRefused

CHUNK = 256 * 1024
_SILENT = frozenset(("script", "style", "title", "template"))
_BREAKS = frozenset(("br", "p", "div", "li"))
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


class Grid:
    """One table, each cell at its place beside row and column spans."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.facts = limits, SheetFacts()
        self.rows: list[Cells] = []
        self.number = 0
        self.cells: Cells = []
        self.spans: dict[int, int] = {}  # column → how many rows it is still taken
        self.taken: dict[int, int] = {}  # the same, for the open row
        self.hidden = False

    def begin_row(self, hidden: bool) -> None:
        """Start a row; columns covered by a cell above are skipped."""
        self.number += 1
        self.cells, self.hidden = [], hidden
        if self.number <= self.limits.rows:
            self.rows.append(self.cells)
        self.taken = self.spans
        self.spans = {column: left - 1 for column, left in self.spans.items() if left > 1}

    def put(self, text: str, rowspan: int, colspan: int) -> None:
        """Add the next cell of the row, in the first free column."""
        column = len(self.cells)
        while column in self.taken:
            self.cells.append(None)
            column += 1
        if column + colspan > self.limits.columns or self.number > self.limits.rows:
            if text:
                raise TableRefused("too_wide", f"{letters(column)}{self.number}")
            return
        self.cells.extend([text or None, *[None] * (colspan - 1)])
        if rowspan > 1:
            self.spans.update(dict.fromkeys(range(column, column + colspan), rowspan - 1))
        if rowspan > 1 or colspan > 1:
            bottom = min(self.number + rowspan - 1, self.limits.rows)
            self.facts.merge(self.number, column + 1, bottom, column + colspan, self.limits)

    def end_row(self) -> None:
        if self.hidden and any(cell is not None for cell in self.cells):
            self.facts.hidden_rows.add(str(self.number))

    @property
    def filled(self) -> int:
        """How many cells hold anything."""
        return sum(len(cells) - cells.count(None) for cells in self.rows)


class PageReader(HTMLParser):
    """Collects the tables of a page. A table inside a cell is a table of its own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.tables: list[Grid] = []
        self.open: list[_Open] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens tables, rows and cells, closing the last one where its end tag is missing."""
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            grid = Grid(self.limits)
            self.tables.append(grid)
            self.open.append(_Open(grid))
        elif self.open and tag == "tr":
            self.open[-1].begin_row(bool(_HIDDEN.search(given.get("style", ""))))
        elif self.open and tag in ("td", "th"):
            self.open[-1].begin_cell(_span(given, "rowspan"), _span(given, "colspan"))
        elif self.open and tag in _BREAKS:
            self.open[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif self.open and tag == "table":
            self.open.pop().end_row()
        elif self.open and tag == "tr":
            self.open[-1].end_row()
        elif self.open and tag in ("td", "th"):
            self.open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent:
            self.open[-1].text.append(data)

    def close(self) -> None:
        """Notes a page that ends within a table, since rows may be missing."""
        super().close()
        if self.open:
            raise TableRefused("cut_off")


class _Open:
    """A table being read, with its open row and cell."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.text = grid, [""]
        self.in_row = self.in_cell = False
        self.spans = (1, 1)

    def begin_row(self, hidden: bool) -> None:
        self.end_row()
        self.in_row = True
        self.grid.begin_row(hidden)

    def begin_cell(self, rowspan: int, colspan: int) -> None:
        self.end_cell()
        if not self.in_row:
            self.begin_row(False)
        self.in_cell, self.spans, self.text = True, (rowspan, colspan), []

    def end_cell(self) -> None:
        if self.in_cell:
            self.grid.put(_SPACES.sub(" ", "".join(self.text)).strip(), *self.spans)
        self.in_cell, self.text = False, []

    def end_row(self) -> None:
        self.end_cell()
        if self.in_row:
            self.grid.end_row()
        self.in_row = False


def open_page(path: Path, encoding: str, limits: Limits) -> Table:
    """The table with the most cells; the others are reported. Raises TableRefused."""
    reading = PageReader(limits)
    with path.open(encoding=_encoding(path, encoding)) as file:
        while chunk := file.read(CHUNK):
            reading.feed(chunk)
    reading.close()
    filled = [grid for grid in reading.tables if grid.filled]
    if not filled:
        raise TableRefused("web_page")
    chosen = max(filled, key=lambda grid: grid.filled)
    chosen.facts.others = [
        f"网页中的第{position}个表格"
        for position, grid in enumerate(filled, start=1)
        if grid is not chosen
    ]
    numbered: Any = enumerate(chosen.rows, start=1)
    return Table("", numbered, chosen.facts)


def _encoding(path: Path, sniffed: str) -> str:
    """The sniffed encoding; where it is only a guess (GB18030), another one that the page names."""
    with path.open("rb") as file:
        said = _CHARSET.search(file.read(4096))
    if sniffed != "gb18030" or said is None:
        return sniffed
    name = said[1].decode().lower()
    return sniffed if name.startswith(("gb", "utf", "x-gb")) else name


def _span(given: dict[str, str], name: str) -> int:
    digits = given.get(name, "1").strip()
    return max(1, int(digits)) if digits.isdecimal() and len(digits) < 6 else 1
