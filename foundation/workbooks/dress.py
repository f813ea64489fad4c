"""What distinguishes the looks of our books: the looks of cells, the heights of rows, the paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from foundation.workbooks.page import CellLook

_PLAIN = CellLook()


class BookLook(StrEnum):
    """The kinds of cell in a table. The value is the kind's class on screen."""

    HEAD = "head"
    CITED = "cited"
    TEXT = "text"
    WORD = "word"
    COUNT = "count"
    RATE = "rate"
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    TOTAL = "total"
    TOTAL_COUNT = "total-count"
    TOTAL_RATE = "total-rate"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class TopLine:
    """A line above the table: the looks of its parts from left to right, its height in points."""

    looks: tuple[CellLook, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Dress:
    """The looks of a kind of book, and the heights of its rows in points.

    A row is ``room`` points high and ``line`` for each line of its longest text; ``lines`` counts
    the lines of a text in a width in digits. ``fits`` is how many half-width characters of a note
    fit into one digit. A kind of cell without a look is given the look of words. ``paper`` sets the
    print up, given the sheet, its page, its last row and the height below the table.
    """

    top: tuple[TopLine, ...]
    looks: Mapping[BookLook, CellLook]
    lines: Callable[[str, float], int]
    line: float
    room: float
    paper: Callable[[Any, Any, int, float], None]
    numbers: Mapping[BookLook, CellLook] = field(default_factory=dict)  # instead, for integers
    colours: Mapping[str, BookLook] = field(default_factory=dict)  # of the words of a LIGHT
    untold: str = ""  # in a row of totals, where there is no sum
    lowest: float = 0  # of a row of the head
    head_height: float | None = None  # of every row of the head, computed if omitted
    total_height: float | None = None
    empty_height: float | None = None
    block_title: CellLook = _PLAIN
    gap: int = 0  # empty rows above the signatures
    signature: CellLook = _PLAIN
    signature_height: float = 0
    note: CellLook = _PLAIN
    fits: float = 1

    def look_of(self, kind: BookLook, value: object) -> CellLook:
        """The look of a cell of the kind that holds the value."""
        if isinstance(value, int) and kind in self.numbers:
            return self.numbers[kind]
        return self.looks.get(kind) or self.looks[BookLook.WORD]

    def height_of(self, lines: int) -> float:
        """The height of a row with so many lines of text."""
        return self.room + self.line * lines
