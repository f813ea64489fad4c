"""The parts of a sheet's definition, which renders workbook, screen and print (forms 1.2).

A sheet has a title, lines of information, one or more blocks (a header tree over leaf columns, with
rows and totals), a footer for signatures, and notes. Checks (勾稽关系) are data too.
"""

from dataclasses import dataclass
from enum import StrEnum

from foundation.workbooks.headings import Branch, depth_of, leaves_of


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


Node = Leaf | Branch


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
    """A table of a sheet. ``code`` names its rows in the content of the return."""

    code: str
    tree: tuple[Node, ...]
    title: str = ""
    totals: tuple[TotalRow, ...] = ()
    totals_last: bool = False
    label_columns: int = 0  # over so many first leaves the label of a total row is merged
    has_numbers: bool = False
    if_empty: str = ""

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


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """One sheet of a workbook. ``{place}`` and ``{period}`` in title and texts are filled in."""

    number: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    unit: str = "人"
    notes: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()  # if the blocks share columns by their spans
    freeze_columns: int = 0
    names_children: bool = False
    is_signed: bool = True
    fits_one_page: bool = False

    @property
    def columns(self) -> tuple[float, ...]:
        """The widths of the sheet's columns in characters."""
        return self.widths or tuple(leaf.width for leaf in self.blocks[0].leaves)


FOOTER = ("单位负责人（签名）：", "审核人（签名）：", "填表人（签名）：", "联系电话：")


@dataclass(frozen=True, slots=True)
class Check:
    """勾稽关系: the left side equals the right side, or does not exceed it.

    A term is ``block.field``, with a minus before it if it is subtracted. ``#block`` is the number
    of the block's rows. ``block.*`` stands for each field of ``over`` in turn. With ``each_row``
    the check holds in every row of its one block, otherwise between sums.
    """

    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    each_row: bool = False
    at_most: bool = False
    over: tuple[str, ...] = ("",)


def letter_of(number: int) -> str:
    """甲乙丙丁… for the text columns of a statistics sheet, counted from 0."""
    return "甲乙丙丁戊己庚辛壬癸"[number % 10]


def citations(block: Block) -> dict[str, str]:
    """How a form cites its columns: letters before the first figure, numbers from it on."""
    fields = [leaf.field for leaf in block.leaves]
    figures = [n for n, leaf in enumerate(block.leaves) if leaf.is_number]
    first = figures[0] if figures else len(fields)
    letters = {field: letter_of(n) for n, field in enumerate(fields[:first])}
    return letters | {field: str(n) for n, field in enumerate(fields[first:], start=1)}
