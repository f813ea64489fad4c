"""The parts of a table's definition, which renders workbook, screen and print (forms 1.2).

A block is a header tree over leaf columns, with rows and totals.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NOTHING = "—"
SIGNATURES = ("单位负责人（签名）：", "审核人（签名）：", "填表人（签名）：", "联系电话：")
Row = Mapping[str, Any]


class ValueKind(StrEnum):
    """The kind of a column's values. Each has one style in the workbook and one class on screen."""

    TEXT = "text"  # left-aligned
    WORD = "word"  # short words, centred
    COUNT = "count"
    RATE = "rate"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column: the field of a row that it shows, its kind, its width in characters.

    A RATE names the leaves of its numerator and base, a COUNT with ``adds`` the leaves it sums;
    both are formulas in every row. ``total`` puts a formula into the rows of totals. ``full_field``
    is shown instead to readers who may see sensitive causes. ``span`` is how many columns of the
    sheet the leaf covers.
    """

    field: str
    label: str
    kind: ValueKind = ValueKind.WORD
    width: float = 6
    total: bool = False
    numerator: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    full_field: str = ""
    span: int = 1

    @property
    def is_number(self) -> bool:
        """Whether it holds figures. From the first such column on, columns are cited 1 2 3."""
        return self.kind in (ValueKind.COUNT, ValueKind.RATE)


@dataclass(frozen=True, slots=True)
class Branch:
    """A merged heading over leaves or further branches."""

    label: str
    children: "tuple[Node, ...]"

    @property
    def span(self) -> int:
        """How many columns of the sheet it covers."""
        return sum(child.span for child in self.children)


Node = Leaf | Branch


def leaves_of(nodes: Iterable[Node]) -> Iterator[Leaf]:
    """The leaves from left to right."""
    for node in nodes:
        yield from leaves_of(node.children) if isinstance(node, Branch) else (node,)


def depth_of(nodes: Iterable[Node]) -> int:
    """How many rows the head takes."""
    return max(1 + (depth_of(one.children) if isinstance(one, Branch) else 0) for one in nodes)


def count(field: str, label: str, width: float = 8) -> Leaf:
    """A column of numbers, with its sum in the rows of totals."""
    return Leaf(field, label, ValueKind.COUNT, width, total=True)


def columns(*shown: tuple[str, float] | tuple[str, float, bool]) -> tuple[Leaf, ...]:
    """Columns by label, width and whether left-aligned, for rows with values in their order."""
    leaves = []
    for number, (label, width, *left) in enumerate(shown):
        kind = ValueKind.TEXT if any(left) else ValueKind.WORD
        leaves.append(Leaf(str(number), label, kind, width))
    return tuple(leaves)


def row_of(thing: object, tree: Iterable[Node]) -> dict[str, Any]:
    """The row of a thing that has an attribute for each column of the tree."""
    return {leaf.field: getattr(thing, leaf.field) for leaf in leaves_of(tree)}


def keyed(tree: Iterable[Any], rows: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows from values in the order of the columns; raises ValueError for one too few or many."""
    fields = [leaf.field for leaf in leaves_of(tree)]
    return [dict(zip(fields, row, strict=True)) for row in rows]


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of totals over all rows, or over those whose ``field`` equals ``equals``.

    ``given`` names a record of the content's ``totals``, for values that are no sums.
    """

    label: str
    field: str = ""
    equals: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A table of a sheet. ``code`` names its rows in the content of the sheet.

    Totals that come last are left out where there are no rows.
    """

    code: str
    tree: tuple[Node, ...]
    title: str = ""
    totals: tuple[TotalRow, ...] = ()
    totals_last: bool = False
    label_columns: int = 0  # over so many first leaves the label of a total row is merged
    has_numbers: bool = False
    if_empty: str = "无"  # without it, no row is written

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The columns from left to right."""
        return tuple(leaves_of(self.tree))

    def leaf(self, field: str) -> Leaf:
        """The column of a field. Raises KeyError if there is none."""
        return {leaf.field: leaf for leaf in self.leaves}[field]

    @property
    def depth(self) -> int:
        """How many rows the header has."""
        return depth_of(self.tree)

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of the columns, where the block alone decides them."""
        return tuple(leaf.width for leaf in self.leaves)

    @property
    def citations(self) -> dict[str, str]:
        """How a form cites its columns: letters before the first figure, numbers from it on."""
        fields = [leaf.field for leaf in self.leaves]
        figures = [n for n, leaf in enumerate(self.leaves) if leaf.is_number]
        first = figures[0] if figures else len(fields)
        letters = {field: letter_of(n) for n, field in enumerate(fields[:first])}
        return letters | {field: str(n) for n, field in enumerate(fields[first:], start=1)}


def letter_of(number: int) -> str:
    """甲乙丙丁… for the text columns of a statistics sheet, counted from 0."""
    return "甲乙丙丁戊己庚辛壬癸"[number % 10]
